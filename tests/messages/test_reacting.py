"""Four phrases by which one answers another's words without writing."""

import asyncio
from datetime import UTC, datetime

import pytest

from app.foundation.database import Session
from app.messages.reacting import REACTIONS, react
from app.messages.reading import history
from app.messages.refs import Said
from app.messages.removing import put_back, remove
from app.people.actors import Actor
from app.problems import Invalid, Muted, NotFound, RoomClosed
from app.rooms.entries import NewEntry, append_one
from app.rooms.membership import mute
from app.rooms.models import Room
from app.rooms.opening import close_room
from tests.support.company import Company


@pytest.fixture(autouse=True)
async def said(company: Company) -> Said:
    return await company.say(company.at.rose, "Ellen would have been 80 today")


async def answer(company: Company, who: Actor, reaction: str = "hear_you", on: bool = True, seq: int = 1) -> Said:
    return await company.do(react, who, company.at.monday, seq, reaction, on)


async def reactions(company: Company) -> dict[str, list[str]]:
    return (await company.read(history, company.at.rose, company.at.monday, None, 1)).entries[0]["reactions"]


async def test_a_phrase_takes_a_version_and_no_place(company: Company):
    assert await answer(company, company.at.harold) == Said(1, 2)
    assert await reactions(company) == {"hear_you": [company.at.harold.id]}
    assert company.heard[-1].body["reactions"] == {"hear_you": [company.at.harold.id]}


async def test_the_same_again_changes_nothing_and_takes_no_version(company: Company):
    first = await answer(company, company.at.harold)
    company.heard.clear()
    assert await answer(company, company.at.harold) == first
    assert await answer(company, company.at.dot, on=False) == first
    assert (company.heard, (await company.room(company.at.monday)).version) == ([], 2)


async def test_a_phrase_taken_back_leaves_nothing(company: Company):
    await answer(company, company.at.harold)
    assert await answer(company, company.at.harold, on=False) == Said(1, 3)
    assert await reactions(company) == {}


async def test_people_are_told_in_the_order_in_which_they_answered(company: Company):
    for who in (company.at.harold, company.at.dot):
        await answer(company, who)
    await answer(company, company.at.harold, "me_too")
    assert await reactions(company) == {
        "hear_you": [company.at.harold.id, company.at.dot.id],
        "me_too": [company.at.harold.id],
    }


async def test_many_who_answer_at_once_are_all_kept(company: Company):
    everyone = [company.at.harold, company.at.dot, company.at.ken, company.at.fay, company.at.gil]
    await asyncio.gather(*(answer(company, who, reaction) for who in everyone for reaction in REACTIONS))
    kept = await reactions(company)
    assert {reaction: len(people) for reaction, people in kept.items()} == dict.fromkeys(REACTIONS, 5)
    assert (await company.room(company.at.monday)).version == 21


@pytest.mark.parametrize("reaction", ["", "like", "HEAR_YOU", "__class__", "🏡"])
async def test_other_phrases_are_refused(company: Company, reaction: str):
    with pytest.raises(Invalid):
        await answer(company, company.at.harold, reaction)


async def test_what_is_not_there_or_no_message_cannot_be_answered(company: Company):
    notice = NewEntry(company.at.monday, company.at.fay.id, "Fay", "Fay opened the room.", kind="notice")
    await company.do(append_one, notice)
    for seq in (0, 2, 3, -1):
        with pytest.raises(NotFound):
            await answer(company, company.at.harold, seq=seq)


async def test_removed_words_cannot_be_answered_and_keep_their_phrases_for_when_they_are_put_back(company: Company):
    await answer(company, company.at.harold)
    await company.do(remove, company.at.fay, company.at.monday, 1)
    with pytest.raises(NotFound):
        await answer(company, company.at.dot)
    assert await reactions(company) == {}
    await company.do(put_back, company.at.fay, company.at.monday, 1)
    assert await reactions(company) == {"hear_you": [company.at.harold.id]}


async def test_who_is_muted_answers_nothing(company: Company):
    until = datetime(2030, 1, 1, tzinfo=UTC)
    await company.do(mute, company.at.fay, company.at.monday, company.at.ken.id, until, "Selling boats")
    with pytest.raises(Muted) as trouble:
        await answer(company, company.at.ken)
    assert trouble.value.values["reason"] == "Selling boats"


async def test_in_a_closed_room_nothing_is_answered(company: Company):
    def close(session: Session) -> None:
        close_room(session, company.at.nora, session.get_one(Room, company.at.monday))

    await company.do(close)
    with pytest.raises(RoomClosed):
        await answer(company, company.at.harold)


async def test_a_repeated_phrase_is_known_before_any_limit(company: Company):
    first = await answer(company, company.at.ken)
    until = datetime(2030, 1, 1, tzinfo=UTC)
    await company.do(mute, company.at.fay, company.at.monday, company.at.ken.id, until, "Selling boats")
    assert await answer(company, company.at.ken) == first
