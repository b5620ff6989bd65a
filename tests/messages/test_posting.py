"""Saying something: what is decided, in which order, for many at once."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from app.foundation.announcements import Change
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.messages.pace import MOST, Pace
from app.messages.posting import Alone, Answer, Words, post_alone, post_batch
from app.messages.reading import history
from app.messages.refs import Held, Said, SentBack
from app.messages.removing import remove
from app.messages.reviewing import decline
from app.people.actors import Actor
from app.people.joining import rename
from app.people.models import Person
from app.problems import Muted, NotFound, RoomClosed, TooFast
from app.rooms.membership import hold_words, mute, remove_member
from app.rooms.models import Room
from app.rooms.opening import close_room
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

UNTIL = datetime(2030, 1, 1, 12, tzinfo=UTC)


def words(company: Company, who: Actor, text: str = "Good morning", room: str = "", ref: str = "") -> Words:
    return Words(room or company.at.monday, who.id, ref or new_ref(), text)


async def batch(company: Company, *all_words: Words) -> list[Answer]:
    """One batch alone, as the first half of the line writes it."""
    return await company.do(post_batch, list(all_words), company.pace)


async def texts(company: Company, room: str = "") -> list[str | None]:
    room = room or company.at.monday
    reader = company.at.mei if room == company.at.thursday else company.at.fay
    return [entry["text"] for entry in (await company.read(history, reader, room, None, 200)).entries]


async def close(company: Company) -> None:
    await company.do(lambda session: close_room(session, company.at.nora, session.get_one(Room, company.at.monday)))


async def mute_ken(company: Company) -> None:
    await company.do(mute, company.at.fay, company.at.monday, company.at.ken.id, UNTIL, "Selling boats")


async def hold_ken(company: Company) -> None:
    await company.do(hold_words, company.at.fay, company.at.monday, company.at.ken.id, True)


async def test_a_batch_is_let_in_in_its_order_room_by_room(company: Company):
    at = company.at
    answers = await batch(
        company,
        words(company, at.rose, "one"),
        words(company, at.mei, "tea", at.thursday),
        words(company, at.harold, "two"),
        words(company, at.rose, "three"),
    )
    assert answers == [Said(1, 1), Said(1, 1), Said(2, 2), Said(3, 3)]
    assert await texts(company) == ["one", "two", "three"]
    assert await texts(company, at.thursday) == ["tea"]


async def test_each_is_announced_with_its_ref_author_and_time(company: Company):
    said = words(company, company.at.rose)
    await batch(company, said)
    [change] = company.heard
    assert isinstance(change, Change)
    assert (change.channel, change.version, change.hides) == (company.at.monday, 1, False)
    now = await company.read(database_now)
    assert change.body == {
        "type": "entry", "room": company.at.monday, "seq": 1, "version": 1, "kind": "message",
        "author": {"id": company.at.rose.id, "name": "Rose"}, "text": "Good morning", "at": change.body["at"],
        "reactions": {}, "ref": said.ref,
    }  # fmt: skip
    assert abs((datetime.fromisoformat(change.body["at"]) - now).total_seconds()) < 60


async def test_an_empty_batch_is_nothing(company: Company):
    assert await batch(company) == []


async def test_one_who_may_not_speak_takes_no_place_from_those_who_may(company: Company):
    await mute_ken(company)
    at = company.at
    answers = await batch(
        company, words(company, at.rose), words(company, at.ken), words(company, at.sybil), words(company, at.dot)
    )
    assert [type(answer) for answer in answers] == [Said, Muted, NotFound, Said]
    assert answers[3] == Said(2, 2)


async def test_the_same_ref_is_answered_with_its_first_place_for_ever(company: Company):
    ref = new_ref()
    first = await company.say(company.at.rose, "Good morning", ref=ref)
    await company.say(company.at.harold, "Good morning Rose")
    await pass_time(company.database, days=3650)
    assert await company.answer(company.at.rose, "Good morning", ref=ref) == first
    assert await company.answer(company.at.rose, "Other words this time", ref=ref) == first
    assert await texts(company) == ["Good morning", "Good morning Rose"]


async def test_also_when_the_words_were_removed_or_answered_with_a_phrase(company: Company):
    ref = new_ref()
    first = await company.say(company.at.rose, "My address is 5 Elm Road", ref=ref)
    await company.do(remove, company.at.fay, company.at.monday, first.seq)
    assert await company.answer(company.at.rose, "My address is 5 Elm Road", ref=ref) == first
    assert await texts(company) == [None]


async def test_twins_of_one_ref_in_one_batch_are_one_entry(company: Company):
    ref = new_ref()
    one, twin = words(company, company.at.rose, ref=ref), words(company, company.at.rose, "changed", ref=ref)
    answers = await batch(company, one, words(company, company.at.dot), twin)
    assert answers == [Said(1, 1), Said(2, 2), Said(1, 1)]
    assert len(await texts(company)) == 2


async def test_one_ref_of_two_people_or_in_two_rooms_is_two_entries(company: Company):
    ref, at = new_ref(), company.at
    answers = await batch(
        company,
        words(company, at.rose, ref=ref),
        words(company, at.harold, ref=ref),
        words(company, at.rose, room=at.pair, ref=ref),
    )
    assert answers == [Said(1, 1), Said(2, 2), Said(1, 1)]


async def test_a_known_ref_is_looked_up_before_any_limit(company: Company):
    ref, ken = new_ref(), company.at.ken
    first = await company.say(ken, "Good morning", ref=ref)
    for n in range(MOST + 2):
        await company.answer(ken, f"{n}")
    await mute_ken(company)
    await hold_ken(company)
    await close(company)
    assert await company.answer(ken, "Good morning", ref=ref) == first


async def test_but_not_before_belonging_to_the_room(company: Company):
    ref, ken = new_ref(), company.at.ken
    await company.say(ken, "Good morning", ref=ref)
    await company.do(remove_member, company.at.fay, company.at.monday, ken.id)
    assert isinstance(await company.answer(ken, "Good morning", ref=ref), NotFound)


async def test_a_mute_is_told_before_a_closed_room_and_that_before_haste(company: Company):
    ken = company.at.ken
    for n in range(MOST):
        await company.answer(ken, f"{n}")
    assert isinstance(await company.answer(ken, "too fast"), TooFast)
    await close(company)
    assert isinstance(await company.answer(ken, "closed"), RoomClosed)
    await mute_ken(company)
    assert isinstance(await company.answer(ken, "muted"), Muted)


async def test_who_is_muted_is_told_until_when_and_why(company: Company):
    await mute_ken(company)
    answer = await company.answer(company.at.ken, "Buy my boat")
    assert isinstance(answer, Muted)
    assert answer.values == {"until": UNTIL, "reason": "Selling boats"}


async def test_a_mute_ends_by_the_databases_clock(company: Company):
    at = company.at

    def for_ten_minutes(session: Session) -> None:
        now = database_now(session)
        mute(session, at.fay, at.monday, at.ken.id, now.replace(year=now.year + 1), "Selling boats")

    await company.do(for_ten_minutes)
    assert isinstance(await company.answer(at.ken, "Hello"), Muted)
    await pass_time(company.database, days=367)
    await company.say(at.ken, "Hello")


async def test_held_words_are_left_for_a_transaction_of_their_own(company: Company):
    await hold_ken(company)
    held = words(company, company.at.ken, "Buy my boat")
    answers = await batch(company, words(company, company.at.rose), held, words(company, company.at.dot))
    assert answers == [Said(1, 1), Alone(), Said(2, 2)]
    answer = await company.do(post_alone, held, company.pace)
    assert isinstance(answer, Held) and answer.why == "review"
    assert len(await texts(company)) == 2


async def test_twins_that_wait_wait_once(company: Company):
    await hold_ken(company)
    ref = new_ref()
    first, twin = await company.post(*(words(company, company.at.ken, ref=ref) for _ in range(2)))
    assert isinstance(first, Held) and first == twin


async def test_words_written_alone_that_may_be_said_after_all_are_said(company: Company):
    """The hold ended between the batch and the transaction of their own."""
    assert await company.do(post_alone, words(company, company.at.ken), company.pace) == Said(1, 1)


async def test_what_was_sent_back_stays_sent_back_whatever_is_tried(company: Company):
    await hold_ken(company)
    ref = new_ref()
    held = await company.answer(company.at.ken, "Buy my boat", ref=ref)
    await company.do(decline, company.at.fay, held.waiting)
    await company.do(hold_words, company.at.fay, company.at.monday, company.at.ken.id, False)
    assert await company.answer(company.at.ken, "Buy my boat", ref=ref) == SentBack()
    assert await texts(company) == []


async def test_an_answer_points_at_what_is_there_or_at_nothing(company: Company):
    first = await company.say(company.at.rose, "Good morning")
    for reply_to in (first.seq, 2, 0, -1, 999):
        await company.say(company.at.harold, "Good morning Rose", reply_to=reply_to)
    entries = (await company.read(history, company.at.rose, company.at.monday, None, 50)).entries
    assert [entry.get("reply_to") for entry in entries] == [None, 1, 2, None, None, None]


async def test_words_bear_the_name_of_now(company: Company):
    rose = company.at.rose
    await company.do(lambda session: rename(session, rose, session.get_one(Person, rose.id), "Rosie"))
    await company.say(rose, "It is me")
    [entry] = (await company.read(history, rose, company.at.monday, None, 50)).entries
    assert entry["author"] == {"id": rose.id, "name": "Rosie"}


NASTY = ["<script>alert(1)</script>", "שלום \u202eabc", "🏡" * 4000, "a\n\n\nb", "' OR 1=1 --", "{until} %s {{ x }}"]


async def test_words_come_back_as_they_were_written(company: Company):
    for text in NASTY:
        await company.say(company.at.harold, text)
    assert await texts(company) == NASTY


async def test_one_batch_costs_the_same_few_statements_however_many_speak(company: Company):
    def count(session: Session, size: int) -> int:
        statements: list[str] = []

        @event.listens_for(session.connection(), "before_cursor_execute")
        def see(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            statements.append(statement)

        speakers = [company.at.rose, company.at.harold, company.at.dot]
        post_batch(session, [words(company, speakers[n % 3]) for n in range(size)], Pace())
        return len(statements)

    assert await company.do(count, 1) == await company.do(count, 24) == 5
