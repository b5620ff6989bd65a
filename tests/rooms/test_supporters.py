"""Supporters: "Mei, for Rose" in Rose's rooms, when both have said yes, and nowhere else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.messages.posting import LONGEST_TEXT
from app.people import supporting
from app.people.actors import Actor
from app.people.models import Person
from app.people.supporting import introduce, supports_of
from app.problems import Invalid, Muted, NotAllowed, NotFound
from app.rooms import supporters
from app.rooms.finding import people_in, rooms_for
from app.rooms.membership import add_member, hold_words, mute, remove_member, unmute
from app.rooms.models import Entry, Membership, Room
from app.rooms.standing import set_standing
from app.rooms.supporters import close_pairs, end, open_pairs, promise, want
from tests.support.company import Company


def named(session: Session, by: Actor, member: Actor, supporter: Actor) -> str:
    people = [session.get_one(Person, who.id) for who in (member, supporter)]
    return introduce(session, by, *people).id


async def begun(company: Company) -> str:
    """Mei is there for Rose."""
    at = company.at
    support = await company.do(named, at.joan, at.rose, at.mei)
    await company.do(want, at.rose, support)
    await company.do(promise, at.mei, support)
    return support


async def rooms_of(company: Company, who: Actor) -> set[str]:
    return {room.id for room in await company.read(rooms_for, who)}


async def test_nothing_begins_before_both_have_said_yes(company: Company):
    at = company.at
    before = await rooms_of(company, at.mei)
    support = await company.do(named, at.joan, at.rose, at.mei)
    await company.do(want, at.rose, support)
    assert await rooms_of(company, at.mei) == before
    await company.do(promise, at.mei, support)
    assert await rooms_of(company, at.mei) == before | {at.monday}


async def test_she_is_called_mei_for_rose_in_the_room_and_on_her_words(company: Company):
    at = company.at
    await begun(company)
    names = [one.name for one in await company.read(people_in, at.monday)]
    assert "Mei, for Rose" in names
    said = await company.say(at.mei, "Rose says hello.", at.monday)
    entry = await company.read(lambda session: session.get_one(Entry, (at.monday, said.seq)))
    assert entry.author_name == "Mei, for Rose"
    assert entry.data == {"for": {"id": at.rose.id, "name": "Rose"}}
    mine = await company.say(at.mei, "And I say hello myself.", at.thursday)
    entry = await company.read(lambda session: session.get_one(Entry, (at.thursday, mine.seq)))
    assert (entry.author_name, entry.data) == ("Mei", None), "in her own room she is herself"


async def test_chats_for_two_stay_closed_until_rose_opens_them(company: Company):
    at = company.at
    support = await begun(company)
    assert at.pair not in await rooms_of(company, at.mei)
    with pytest.raises(NotFound):
        await company.do(open_pairs, at.mei, support)
    await company.do(open_pairs, at.rose, support)
    assert at.pair in await rooms_of(company, at.mei)
    await company.do(close_pairs, at.rose, support)
    assert await rooms_of(company, at.mei) == {at.thursday, at.monday}


async def test_either_ends_it_and_she_is_out_at_once(company: Company):
    for who in ("rose", "mei", "joan"):
        support = await begun(company)
        await company.do(end, getattr(company.at, who), support)
        assert await rooms_of(company, company.at.mei) == {company.at.thursday}
        assert await company.read(supports_of, company.at.rose.id) == []


async def test_strangers_neither_see_nor_end_it(company: Company):
    support = await begun(company)
    for verb in (want, promise, open_pairs, end):
        with pytest.raises(NotFound):
            await company.do(verb, company.at.sybil, support)


async def test_only_staff_who_may_name_a_supporter_and_never_one_of_the_staff(company: Company):
    at = company.at
    with pytest.raises(NotAllowed):
        await company.do(named, at.fay, at.rose, at.mei)
    for nobody in (at.rose, at.gil):
        with pytest.raises(Invalid):
            await company.do(named, at.joan, at.rose, nobody)
    once = await company.do(named, at.joan, at.rose, at.mei)
    assert await company.do(named, at.nora, at.rose, at.mei) == once


async def test_she_comes_and_goes_with_rose(company: Company):
    at = company.at
    await begun(company)
    await company.do(let_in, at.nora, at.thursday, at.rose)
    await company.do(remove_member, at.nora, at.monday, at.rose.id)
    assert await rooms_of(company, at.mei) == {at.thursday}, "her own place stays, and the one for Rose is gone"
    await company.do(let_in, at.nora, at.monday, at.rose)
    assert at.monday in await rooms_of(company, at.mei)


async def test_her_own_place_is_never_taken_for_roses(company: Company):
    at = company.at
    await company.do(let_in, at.nora, at.monday, at.mei)
    support = await begun(company)
    assert "Mei" in [one.name for one in await company.read(people_in, at.monday)]
    await company.do(end, at.rose, support)
    assert at.monday in await rooms_of(company, at.mei)


async def test_what_limits_rose_limits_whoever_writes_for_her(company: Company):
    at = company.at
    await begun(company)
    until = await company.read(later_today)
    await company.do(mute, at.fay, at.monday, at.rose.id, until, "A rest")
    assert isinstance(await company.answer(at.mei, "Rose says…", at.monday), Muted)
    await company.do(unmute, at.fay, at.monday, at.rose.id)
    await company.say(at.mei, "x" * LONGEST_TEXT, at.monday)


async def test_a_facilitator_takes_her_out_and_she_stays_out(company: Company):
    at = company.at
    support = await begun(company)
    await company.do(remove_member, at.fay, at.monday, at.mei.id)
    assert await rooms_of(company, at.mei) == {at.thursday}
    await company.do(promise, at.mei, support)
    await company.do(want, at.rose, support)
    await company.do(open_pairs, at.rose, support)
    assert await rooms_of(company, at.mei) == {at.thursday, at.pair}, "neither of them undoes what staff did"
    await company.do(end, at.rose, support)
    await begun(company)
    assert await rooms_of(company, at.mei) == {at.thursday}


async def test_she_comes_under_the_limits_that_rose_has_and_keeps_her_own(company: Company):
    at = company.at
    until = await company.read(later_today)
    await company.do(mute, at.fay, at.monday, at.rose.id, until, "A rest")
    await company.do(hold_words, at.fay, at.monday, at.rose.id, True, "A rest")
    support = await begun(company)
    assert isinstance(await company.answer(at.mei, "Rose says…", at.monday), Muted)
    await company.do(unmute, at.fay, at.monday, at.rose.id)
    await company.do(hold_words, at.fay, at.monday, at.rose.id, False)
    await company.do(mute, at.fay, at.monday, at.mei.id, until, "A rest")
    await company.do(end, at.rose, support)
    await begun(company)
    assert isinstance(await company.answer(at.mei, "Rose says…", at.monday), Muted)


async def test_when_rose_takes_her_agreement_back_nobody_writes_for_her(company: Company):
    at = company.at
    await begun(company)
    await company.do(took_back, at.rose)
    assert isinstance(await company.answer(at.mei, "Rose says…", at.monday), NotAllowed)
    await company.say(at.mei, "And I say hello myself.", at.thursday)


async def test_every_step_of_staff_is_in_the_log(company: Company):
    support = await begun(company)
    await company.do(end, company.at.joan, support)
    did = [(link.who, link.did) for link in await company.read(links)]
    assert (company.at.joan.id, "introduce_supporter") in did
    assert (company.at.joan.id, "end_support") in did


async def test_an_ended_support_is_found_by_nobody(company: Company):
    support = await begun(company)
    await company.do(supporters.end, company.at.rose, support)
    with pytest.raises(NotFound):
        await company.do(supporting.promise, company.at.mei, support)


@pytest.mark.parametrize("who", ["rose", "mei"])
async def test_whoever_leaves_the_house_ends_it(company: Company, who: str):
    await begun(company)
    leaves = getattr(company.at, who)
    await company.do(has_died, company.at.nora, leaves)
    assert await company.read(supports_of, company.at.rose.id) == []
    assert "Mei, for Rose" not in [one.name for one in await company.read(people_in, company.at.monday)]


def took_back(session: Session, who: Actor) -> None:
    session.get_one(Person, who.id).withdrew_at = database_now(session)


def has_died(session: Session, actor: Actor, who: Actor) -> None:
    set_standing(session, actor, session.get_one(Person, who.id), "died")


def let_in(session: Session, actor: Actor, room_id: str, who: Actor) -> Membership:
    return add_member(session, actor, session.get_one(Room, room_id), session.get_one(Person, who.id))


def later_today(session: Session) -> datetime:
    return database_now(session) + timedelta(minutes=30)


def links(session: Session) -> list[AuditLink]:
    return list(session.scalars(select(AuditLink)))
