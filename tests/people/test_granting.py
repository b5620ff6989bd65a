"""Giving and taking roles: by administrators alone, who never lock themselves all out."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.foundation.announcements import AccessChanged
from app.foundation.audit import AuditLink
from app.foundation.beat import Beat
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.people.granting import give_role, take_role
from app.people.models import Person
from app.people.roles import newest_end
from app.problems import Invalid, NotAllowed, ProveAgain
from tests.support.company import Company
from tests.support.databases import pass_time


def give(session: Session, by: Actor, who: Actor, role: str, room_id: str = "") -> None:
    give_role(session, by, session.get_one(Person, who.id), role, room_id)


def give_until(session: Session, by: Actor, who: Actor, role: str, until: datetime) -> None:
    give_role(session, by, session.get_one(Person, who.id), role, until=until)


def take(session: Session, by: Actor, who: Actor, role: str, room_id: str = "") -> None:
    take_role(session, by, session.get_one(Person, who.id), role, room_id)


def access_version(session: Session) -> int:
    return session.scalars(select(Beat.access_version)).one()


async def test_an_administrator_gives_and_takes_a_role(company: Company):
    await company.do(give, company.at.nora, company.at.mei, "helper")
    assert (await company.again(company.at.mei)).roles.names() == ["helper", "member"]
    await company.do(take, company.at.nora, company.at.mei, "helper")
    assert (await company.again(company.at.mei)).roles.names() == ["member"]


async def test_a_role_in_a_room_is_not_taken_with_the_same_role_in_another(company: Company):
    await company.do(take, company.at.nora, company.at.gil, "facilitator", company.at.monday)
    assert (await company.again(company.at.gil)).roles.pairs == {("facilitator", company.at.thursday)}


async def test_giving_a_role_twice_changes_nothing(company: Company):
    await company.do(give, SYSTEM, company.at.mei, "helper")
    before = await company.read(access_version)
    company.heard.clear()
    await company.do(give, SYSTEM, company.at.mei, "helper")
    assert (await company.read(access_version), company.heard) == (before, [])


@pytest.mark.parametrize("change", [give, take])
async def test_a_change_of_roles_is_told_to_every_process_and_recorded(company: Company, change):
    before = await company.read(access_version)
    await company.do(change, company.at.nora, company.at.asha, "responder" if change is take else "supervisor")
    assert await company.read(access_version) == before + 1
    assert company.heard == [AccessChanged()]
    links = select(AuditLink).where(AuditLink.who == company.at.nora.id)
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.did, link.whom) == (f"{change.__name__}_role", company.at.asha.id)


@pytest.mark.parametrize("who", ["rose", "sam", "joan", "fay", "asha", "vera", "sybil"])
@pytest.mark.parametrize("change", [give, take])
async def test_nobody_else_gives_or_takes_roles(company: Company, who: str, change):
    actor = getattr(company.at, who)
    with pytest.raises(NotAllowed):
        await company.do(change, actor, actor, "admin")


async def test_nobody_gives_a_role_to_themselves(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(give, company.at.nora, company.at.nora, "facilitator", company.at.monday)
    assert (await company.again(company.at.nora)).roles.names() == ["admin"]


async def test_a_role_that_is_not_there_is_refused_with_those_that_are(company: Company):
    with pytest.raises(Invalid) as trouble:
        await company.do(give, company.at.nora, company.at.mei, "queen")
    assert trouble.value.values["role"] == "queen"
    assert "facilitator" in trouble.value.values["roles"]


async def test_the_last_administrator_keeps_theirs(company: Company):
    with pytest.raises(Invalid) as trouble:
        await company.do(take, company.at.nora, company.at.nora, "admin")
    assert trouble.value.values["name"] == "Nora"
    await company.do(give, company.at.nora, company.at.vera, "admin")
    vera = await company.again(company.at.vera)
    await company.do(take, vera, company.at.nora, "admin")
    with pytest.raises(Invalid):
        await company.do(take, vera, vera, "admin")


async def test_two_administrators_who_take_each_others_role_at_once_leave_one(company: Company):
    await company.do(give, SYSTEM, company.at.vera, "admin")
    vera, nora = await company.again(company.at.vera), company.at.nora
    ends = await asyncio.gather(
        company.do(take, vera, nora, "admin"), company.do(take, nora, vera, "admin"), return_exceptions=True
    )
    left = [one for one in (nora, vera) if "admin" in (await company.again(one)).roles.names()]
    assert len(left) == 1, ends


async def test_nobody_shuts_themselves_out_as_administrator(company: Company):
    await company.do(give, SYSTEM, company.at.vera, "admin")
    with pytest.raises(NotAllowed):
        await company.do(take, company.at.nora, company.at.nora, "admin")


async def test_an_administrator_may_take_their_own_other_roles(company: Company):
    await company.do(give, SYSTEM, company.at.nora, "helper")
    await company.do(take, company.at.nora, company.at.nora, "helper")
    assert (await company.again(company.at.nora)).roles.names() == ["admin"]


async def test_a_role_ends_on_its_day_by_the_databases_clock(company: Company):
    ends = await company.read(database_now) + timedelta(days=1)
    await company.do(give_until, company.at.nora, company.at.mei, "helper", ends)
    assert (await company.again(company.at.mei)).roles.names() == ["helper", "member"]
    await pass_time(company.database, days=1)
    assert (await company.again(company.at.mei)).roles.names() == ["member"]
    assert await company.read(newest_end) == ends


async def test_a_role_that_ended_is_given_again(company: Company):
    ends = await company.read(database_now) + timedelta(days=1)
    await company.do(give_until, company.at.nora, company.at.mei, "helper", ends)
    await pass_time(company.database, days=2)
    await company.do(give, company.at.nora, company.at.mei, "helper")
    assert (await company.again(company.at.mei)).roles.names() == ["helper", "member"]


async def test_giving_a_role_again_changes_its_end(company: Company):
    soon = await company.read(database_now) + timedelta(days=1)
    await company.do(give_until, company.at.nora, company.at.mei, "helper", soon)
    await company.do(give, company.at.nora, company.at.mei, "helper")
    await pass_time(company.database, days=2)
    assert (await company.again(company.at.mei)).roles.names() == ["helper", "member"]


async def test_a_role_does_not_end_before_it_begins(company: Company):
    with pytest.raises(Invalid):
        await company.do(give_until, company.at.nora, company.at.mei, "helper", await company.read(database_now))


async def test_the_last_administrators_role_gets_no_end_and_one_that_ends_does_not_keep_the_house(company: Company):
    ends = await company.read(database_now) + timedelta(days=30)
    await company.do(give_until, SYSTEM, company.at.vera, "admin", ends)
    for change in (lambda session: give_until(session, SYSTEM, company.at.nora, "admin", ends),
                   lambda session: take(session, SYSTEM, company.at.nora, "admin")):  # fmt: skip
        with pytest.raises(Invalid) as trouble:
            await company.do(change)
        assert trouble.value.values["name"] == "Nora"
    await company.do(take, company.at.nora, company.at.vera, "admin")


async def test_who_is_administrator_no_more_cannot_answer_in_kind(company: Company):
    for who in (company.at.vera, company.at.joan):
        await company.do(give, SYSTEM, who, "admin")
    vera = await company.again(company.at.vera)
    await company.do(take, company.at.nora, vera, "admin")
    with pytest.raises(NotAllowed):
        await company.do(take, vera, company.at.nora, "admin")
    with pytest.raises(NotAllowed):
        await company.do(give, vera, company.at.mei, "admin")


async def test_making_staff_asks_for_a_fresh_proof_and_making_a_member_does_not(company: Company):
    old = replace(company.at.nora, proved_at=await company.read(database_now) - timedelta(minutes=11))
    for change in (give, take):
        with pytest.raises(ProveAgain):
            await company.do(change, old, company.at.joan, "helper" if change is take else "mentor")
    await company.do(give, old, company.at.sybil, "member")
    assert (await company.again(company.at.sybil)).roles.names() == ["member"]
