"""Opening a room and reading back in its book."""

import pytest

from app.foundation.database import Session
from app.messages.read_marks import store
from app.messages.reading import changes, history, open_room
from app.messages.reviewing import waiting_in
from app.problems import NotFound
from app.rooms import presence
from app.rooms.membership import hold_words
from app.rooms.models import Room
from app.rooms.opening import close_room
from tests.support.company import Company


async def test_who_enters_is_told_all_as_of_one_moment(company: Company):
    at = company.at
    await company.say(at.harold, "Good morning")
    await company.do(presence.note, "one", {(at.monday, at.harold.id)}, set())
    await company.do(store, {(at.monday, at.harold.id): 1})
    opened = await company.read(open_room, at.rose, at.monday)
    assert (opened.room.title, opened.pages.version) == ("Monday Circle", 1)
    assert [entry["text"] for entry in opened.pages.entries] == ["Good morning"]
    assert [one.name for one in opened.people] == ["Dot", "Fay", "Gil", "Harold", "Ken", "Rose"]
    assert (opened.here, opened.state_version, opened.seen) == ([at.harold.id], 1, {at.harold.id: 1})


async def test_what_one_can_do_follows_role_and_room(company: Company):
    at = company.at
    moderating = ["remove", "put_back", "review", "hold", "mute", "remove_person"]

    async def can(who, room: str) -> list[str]:
        return (await company.read(open_room, who, room)).can

    assert await can(at.rose, at.monday) == ["say", "react"]
    assert await can(at.fay, at.monday) == ["say", "react", *moderating]
    assert await can(at.sam, at.pair) == ["say", "react"]
    await company.do(lambda session: close_room(session, at.nora, session.get_one(Room, at.monday)))
    assert await can(at.rose, at.monday) == []
    assert await can(at.fay, at.monday) == moderating


async def test_with_a_version_only_what_changed_since_is_told(company: Company):
    for text in ("one", "two", "three"):
        await company.say(company.at.harold, text)
    pages = (await company.read(open_room, company.at.rose, company.at.monday, after=2)).pages
    assert ([entry["text"] for entry in pages.entries], pages.more, pages.reset) == (["three"], False, False)


async def test_another_epoch_starts_afresh_whatever_the_version(company: Company):
    for text in ("one", "two"):
        await company.say(company.at.harold, text)
    pages = (await company.read(open_room, company.at.rose, company.at.monday, after=2, fresh=True)).pages
    assert ([entry["text"] for entry in pages.entries], pages.more, pages.reset) == (["one", "two"], True, True)


async def test_held_words_are_in_no_book(company: Company):
    at = company.at
    await company.do(hold_words, at.fay, at.monday, at.ken.id, True)
    await company.answer(at.ken, "Buy my boat")
    for who in (at.rose, at.ken, at.fay):
        assert (await company.read(open_room, who, at.monday)).pages.entries == []
        assert (await company.read(history, who, at.monday, None, 50)).entries == []
    assert len(await company.do(waiting_in, at.fay, at.monday)) == 1


async def test_a_process_is_told_what_it_missed(company: Company):
    for text in ("one", "two"):
        await company.say(company.at.harold, text)
    missed = await company.read(changes, company.at.monday, 1)
    assert (missed["version"], missed["whole"], [one["text"] for one in missed["entries"]]) == (2, True, ["two"])
    assert (await company.read(changes, company.at.monday, 99))["whole"] is False


async def test_reading_leaves_no_trace(company: Company):
    at = company.at
    await company.say(at.harold, "Good morning")
    company.heard.clear()

    def counters(session: Session) -> tuple[int, int, int]:
        room = session.get_one(Room, at.monday)
        return room.last_seq, room.version, room.state_version

    before = await company.read(counters)
    await company.read(open_room, at.rose, at.monday)
    await company.read(history, at.rose, at.monday, 1, 50)
    with pytest.raises(NotFound):
        await company.read(open_room, at.sybil, at.monday)
    assert (await company.read(counters), company.heard) == (before, [])
