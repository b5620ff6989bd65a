"""Belonging to a room, and what limits somebody's voice in it for a time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.foundation.announcements import AccessChanged
from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.granting import give_role
from app.people.models import Person
from app.problems import Invalid, NotAllowed, NotFound
from app.rooms.finding import membership_for, rooms_for
from app.rooms.membership import add_member, hold_words, mute, remove_member, unmute
from app.rooms.models import Membership, Room
from tests.support.company import Company

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)

LIMITS: dict[str, Callable[[Session, Actor, str, str], Any]] = {
    "mute": lambda session, by, room, whom: mute(session, by, room, whom, UNTIL, "Selling boats"),
    "unmute": unmute,
    "hold_words": lambda session, by, room, whom: hold_words(session, by, room, whom, True, "Selling boats"),
    "stop_holding_words": lambda session, by, room, whom: hold_words(session, by, room, whom, False),
    "remove_member": lambda session, by, room, whom: remove_member(session, by, room, whom, "Selling boats"),
}
each_limit = pytest.mark.parametrize("did", LIMITS)


def let_in(session: Session, by: Actor, room_id: str, who: Actor) -> Membership:
    return add_member(session, by, session.get_one(Room, room_id), session.get_one(Person, who.id))


async def place_of(company: Company, who: Actor) -> Membership:
    return await company.read(lambda session: session.get_one(Membership, (company.at.monday, who.id)))


@each_limit
async def test_a_facilitator_limits_a_member_and_it_is_recorded(company: Company, did: str):
    await company.do(LIMITS[did], company.at.fay, company.at.monday, company.at.ken.id)
    links = select(AuditLink).where(AuditLink.who == company.at.fay.id)
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.did, link.whom, link.place) == (did, company.at.ken.id, company.at.monday)


@each_limit
@pytest.mark.parametrize("who", ["rose", "ken"])
async def test_a_member_limits_nobody(company: Company, did: str, who: str):
    with pytest.raises(NotAllowed):
        await company.do(LIMITS[did], getattr(company.at, who), company.at.monday, company.at.dot.id)


@each_limit
async def test_nobody_limits_themselves(company: Company, did: str):
    with pytest.raises(NotAllowed):
        await company.do(LIMITS[did], company.at.fay, company.at.monday, company.at.fay.id)


@each_limit
@pytest.mark.parametrize("who", ["sybil", "mei", "asha", "joan", "vera"])
async def test_who_does_not_belong_to_the_room_finds_it_not(company: Company, did: str, who: str):
    with pytest.raises(NotFound):
        await company.do(LIMITS[did], getattr(company.at, who), company.at.monday, company.at.ken.id)


@each_limit
async def test_who_is_not_in_the_room_cannot_be_limited_in_it(company: Company, did: str):
    for whom in (company.at.mei.id, company.at.sybil.id, "nobody"):
        with pytest.raises(NotFound):
            await company.do(LIMITS[did], company.at.fay, company.at.monday, whom)


@each_limit
async def test_pairs_are_moderated_by_nobody(company: Company, did: str):
    def make_sam_a_facilitator(session: Session) -> None:
        give_role(session, company.at.nora, session.get_one(Person, company.at.sam.id), "facilitator")

    await company.do(make_sam_a_facilitator)
    sam = await company.again(company.at.sam)
    with pytest.raises(NotAllowed):
        await company.do(LIMITS[did], sam, company.at.pair, company.at.rose.id)


async def test_a_mute_has_an_end_and_a_reason_that_is_seen(company: Company):
    await company.do(mute, company.at.fay, company.at.monday, company.at.ken.id, UNTIL, " Selling\nboats\u202e ")
    _, place = await company.read(membership_for, company.at.ken, company.at.monday)
    assert (place.muted_until, place.muted_why) == (UNTIL, "Selling boats")


@pytest.mark.parametrize("reason", ["", "  \n ", "\u202e"])
async def test_nobody_is_muted_without_a_reason(company: Company, reason: str):
    with pytest.raises(Invalid) as trouble:
        await company.do(mute, company.at.fay, company.at.monday, company.at.ken.id, UNTIL, reason)
    assert trouble.value.fields[0][0] == "reason"
    assert (await place_of(company, company.at.ken)).muted_until is None


async def test_a_reason_of_any_length_is_cut(company: Company):
    await company.do(mute, company.at.fay, company.at.monday, company.at.ken.id, UNTIL, "boats " * 1000)
    assert len((await place_of(company, company.at.ken)).muted_why) == 200


async def test_removing_somebody_tells_every_process(company: Company):
    company.heard.clear()
    await company.do(remove_member, company.at.fay, company.at.monday, company.at.ken.id)
    assert company.heard == [AccessChanged()]
    assert await company.read(rooms_for, company.at.ken) == []


async def test_removing_somebody_twice_finds_them_gone(company: Company):
    await company.do(remove_member, company.at.fay, company.at.monday, company.at.ken.id)
    with pytest.raises(NotFound):
        await company.do(remove_member, company.at.fay, company.at.monday, company.at.ken.id)


async def test_an_administrator_removes_people_from_rooms_without_belonging_to_them(company: Company):
    await company.do(remove_member, company.at.nora, company.at.monday, company.at.ken.id)
    await company.do(remove_member, company.at.nora, company.at.pair, company.at.sam.id)
    assert await company.read(rooms_for, company.at.ken) == []


@pytest.mark.parametrize("did", ["mute", "unmute", "hold_words", "stop_holding_words"])
async def test_an_administrator_moderates_nothing_else(company: Company, did: str):
    with pytest.raises(NotFound):
        await company.do(LIMITS[did], company.at.nora, company.at.monday, company.at.ken.id)


async def test_somebody_let_in_again_comes_with_a_clean_slate(company: Company):
    ken = company.at.ken
    for did in ("mute", "hold_words", "remove_member"):
        await company.do(LIMITS[did], company.at.fay, company.at.monday, ken.id)
    await company.do(let_in, company.at.nora, company.at.monday, ken)
    place = await place_of(company, ken)
    assert (place.removed_at, place.muted_until, place.held) == (None, None, False)
    await company.say(ken, "Good to be back")


async def test_letting_somebody_in_twice_takes_nothing_off_them(company: Company):
    await company.do(LIMITS["hold_words"], company.at.fay, company.at.monday, company.at.ken.id)
    company.heard.clear()
    await company.do(let_in, company.at.nora, company.at.monday, company.at.ken)
    assert (await place_of(company, company.at.ken)).held
    assert company.heard == []


@pytest.mark.parametrize("who", ["rose", "fay", "gil", "joan", "asha", "vera", "sybil"])
async def test_only_an_administrator_lets_people_in(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(let_in, getattr(company.at, who), company.at.monday, company.at.sybil)


async def test_nobody_lets_themselves_in(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(let_in, company.at.nora, company.at.monday, company.at.nora)
    assert await company.read(rooms_for, company.at.nora) == []


async def test_a_mute_in_one_room_is_none_in_another(company: Company):
    await company.do(let_in, company.at.nora, company.at.thursday, company.at.ken)
    await company.do(LIMITS["mute"], company.at.fay, company.at.monday, company.at.ken.id)
    await company.say(company.at.ken, "Hello", company.at.thursday)
