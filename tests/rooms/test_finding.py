"""Finding is permission: Sybil, and whoever was removed, find nothing by any verb."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.foundation.database import Session
from app.messages import reacting, reading, removing, reviewing
from app.people.actors import Actor
from app.people.roles import Roles
from app.problems import NotFound
from app.rooms import finding, membership
from app.rooms.finding import all_rooms, any_room_for, may_moderate, people_in, room_for, rooms_for, still_in
from app.rooms.membership import remove_member
from app.rooms.models import Room
from tests.support.company import Company

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)
Verb = Callable[[Session, Actor, str, str], Any]

VERBS: dict[str, Verb] = {
    "find": lambda session, who, room, ken: room_for(session, who, room),
    "find my place": lambda session, who, room, ken: finding.membership_for(session, who, room),
    "find as staff": lambda session, who, room, ken: any_room_for(session, who, room),
    "open": lambda session, who, room, ken: reading.open_room(session, who, room),
    "catch up": lambda session, who, room, ken: reading.open_room(session, who, room, after=0),
    "start afresh": lambda session, who, room, ken: reading.open_room(session, who, room, after=0, fresh=True),
    "read back": lambda session, who, room, ken: reading.history(session, who, room, None, 50),
    "react": lambda session, who, room, ken: reacting.react(session, who, room, 1, "me_too", True),
    "take a reaction back": lambda session, who, room, ken: reacting.react(session, who, room, 1, "hear_you", False),
    "remove": lambda session, who, room, ken: removing.remove(session, who, room, 1),
    "put back": lambda session, who, room, ken: removing.put_back(session, who, room, 2),
    "read removed words": lambda session, who, room, ken: removing.removed_words(session, who, room, 2),
    "see what waits": lambda session, who, room, ken: reviewing.waiting_in(session, who, room),
    "mute": lambda session, who, room, ken: membership.mute(session, who, room, ken, UNTIL, "selling"),
    "unmute": lambda session, who, room, ken: membership.unmute(session, who, room, ken),
    "hold words": lambda session, who, room, ken: membership.hold_words(session, who, room, ken, True),
    "remove somebody": lambda session, who, room, ken: membership.remove_member(session, who, room, ken),
}


@pytest.fixture
async def talk(company: Company) -> Company:
    """Rose has spoken, Harold answered with a phrase, and Ken's words were taken out."""
    await company.say(company.at.rose, "Good morning")
    await company.say(company.at.ken, "Buy my boat")
    await company.do(reacting.react, company.at.harold, company.at.monday, 1, "hear_you", True)
    await company.do(removing.remove, company.at.fay, company.at.monday, 2, "selling")
    return company


async def finds_nothing(company: Company, who: Actor, verbs: Iterable[str] = VERBS) -> None:
    """By any verb the room might as well not be there: the same words as for one that is not."""
    for name in verbs:
        told = [await refused(company, VERBS[name], who, room) for room in (company.at.monday, "no-such-room")]
        assert told[0] == told[1] != "", name


async def refused(company: Company, verb: Verb, who: Actor, room: str) -> str:
    """The words of a NotFound, or nothing where something was found."""
    try:
        await company.do(verb, who, room, company.at.ken.id)
    except NotFound as trouble:
        return f"{trouble.code} {trouble.sentence} {trouble.values}"
    return ""


async def test_a_stranger_and_a_member_of_another_room_find_nothing_by_any_verb(talk: Company):
    await finds_nothing(talk, talk.at.sybil)
    await finds_nothing(talk, talk.at.mei)


async def test_those_who_belong_find_it(talk: Company):
    for name in ("find", "open", "read back", "react", "see what waits"):
        assert not await refused(talk, VERBS[name], talk.at.rose, talk.at.monday), name
    for name in ("read removed words", "mute", "hold words", "remove somebody"):
        assert not await refused(talk, VERBS[name], talk.at.fay, talk.at.monday), name


async def test_whoever_was_removed_finds_nothing_by_any_verb(talk: Company):
    await talk.do(remove_member, talk.at.fay, talk.at.monday, talk.at.rose.id, "for a rest")
    await finds_nothing(talk, talk.at.rose)


async def test_a_facilitator_who_was_removed_finds_nothing_in_spite_of_the_role(talk: Company):
    await talk.do(remove_member, talk.at.gil, talk.at.monday, talk.at.fay.id)
    await finds_nothing(talk, talk.at.fay)


async def test_sybil_says_nothing_into_a_room_and_cannot_tell_it_from_none(talk: Company):
    answers = [await talk.answer(talk.at.sybil, "Let me in", room) for room in (talk.at.monday, "no-such-room")]
    assert all(isinstance(answer, NotFound) for answer in answers)
    assert answers[0].sentence == answers[1].sentence


async def test_a_message_that_is_not_there_and_one_in_another_room_are_the_same(talk: Company):
    told = set()
    for room, seq in ((talk.at.thursday, 1), (talk.at.thursday, 999)):
        with pytest.raises(NotFound) as trouble:
            await talk.do(removing.remove, talk.at.gil, room, seq)
        told.add(trouble.value.sentence)
    assert len(told) == 1


def titles(rooms: list[Room]) -> list[str]:
    return [room.title for room in rooms]


@pytest.mark.parametrize(
    ("who", "mine"),
    [
        ("rose", ["Monday Circle", "Rose & Sam"]),
        ("sam", ["Rose & Sam"]),
        ("gil", ["Monday Circle", "Thursday Tea", "Back room"]),
        ("nora", []),
        ("vera", []),
        ("sybil", []),
    ],
)
async def test_everybody_sees_their_own_rooms_groups_first(company: Company, who: str, mine: list[str]):
    assert titles(await company.read(rooms_for, getattr(company.at, who))) == mine


@pytest.mark.parametrize("who", ["nora", "vera"])
async def test_who_looks_after_rooms_finds_them_all_but_opens_no_words(company: Company, who: str):
    actor = getattr(company.at, who)
    assert len(await company.read(all_rooms, actor)) == 4
    assert (await company.read(any_room_for, actor, company.at.monday)).title == "Monday Circle"
    for closed in (reading.open_room, room_for):
        with pytest.raises(NotFound):
            await company.read(closed, actor, company.at.monday)


async def test_for_others_all_rooms_are_their_own(company: Company):
    assert titles(await company.read(all_rooms, company.at.mei)) == ["Thursday Tea"]
    assert await company.read(all_rooms, company.at.sybil) == []


async def test_the_people_of_a_room_are_told_by_name_with_their_roles_there(company: Company):
    people = await company.read(people_in, company.at.monday)
    assert [one.name for one in people] == ["Dot", "Fay", "Gil", "Harold", "Ken", "Rose"]
    assert {one.name: one.roles for one in people}["Fay"] == ["facilitator"]
    await company.do(remove_member, company.at.fay, company.at.monday, company.at.ken.id)
    assert "Ken" not in [one.name for one in await company.read(people_in, company.at.monday)]


async def test_a_process_learns_who_is_still_in(company: Company):
    at = company.at
    pairs = {(at.rose.id, at.monday), (at.ken.id, at.monday), (at.sybil.id, at.monday), (at.rose.id, at.thursday)}
    assert await company.read(still_in, pairs) == {(at.rose.id, at.monday), (at.ken.id, at.monday)}
    await company.do(remove_member, at.fay, at.monday, at.ken.id)
    assert await company.read(still_in, pairs) == {(at.rose.id, at.monday)}


async def test_pairs_are_moderated_by_nobody(company: Company):
    everywhere = Roles(frozenset({("facilitator", "")}))
    pair, monday = await company.room(company.at.pair), await company.room(company.at.monday)
    assert may_moderate(everywhere, monday)
    assert not may_moderate(everywhere, pair)


async def test_a_facilitator_moderates_their_own_rooms_only(company: Company):
    monday, thursday = await company.room(company.at.monday), await company.room(company.at.thursday)
    assert may_moderate(company.at.fay.roles, monday)
    assert not may_moderate(company.at.fay.roles, thursday)
    assert not may_moderate(company.at.nora.roles, monday)
