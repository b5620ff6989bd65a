"""Is she here, since when, on what kind of page: for who helps on the telephone, and no word more."""

from typing import Any

import pytest
from sqlalchemy import select, update

from app.foundation.audit import AuditLink
from app.foundation.clock import now
from app.people.models import SignIn
from app.people.signing_in import begin
from app.problems import NotAllowed
from app.rooms import presence
from app.rooms.connection import LATELY_SECONDS, Connection, connection_of
from app.rooms.presence import VOID_AFTER_SECONDS
from tests.support.company import KEY, Company
from tests.support.databases import pass_time


async def seen_by_joan(company: Company) -> Connection:
    return await company.do(connection_of, company.at.joan, await company.person(company.at.rose))


async def opens_a_page(company: Company, kind: str) -> None:
    signed = await company.do(begin, await company.person(company.at.rose), KEY)
    at_page: dict[str, Any] = {"page": kind, "page_at": now()}
    mine = update(SignIn).where(SignIn.id == signed.actor.sign_in_id)
    await company.do(lambda session: session.execute(mine.values(**at_page)).close())


async def test_nothing_is_known_of_somebody_who_was_never_here(company: Company):
    assert await seen_by_joan(company) == Connection(None, "", None, lately=False)


async def test_an_open_room_is_seen_with_its_beginning_but_not_which_room(company: Company):
    here = {(company.at.monday, company.at.rose.id)}
    await company.do(presence.note, "process", here, set())
    first = (await seen_by_joan(company)).in_room_since
    await pass_time(company.database, seconds=VOID_AFTER_SECONDS - 5)
    await company.do(presence.refresh, "process", here)
    found = await seen_by_joan(company)
    assert first is not None and found.in_room_since == first
    assert company.at.monday not in repr(found)
    await pass_time(company.database, seconds=VOID_AFTER_SECONDS + 1)
    assert (await seen_by_joan(company)).in_room_since is None


async def test_the_kind_of_page_opened_last_is_seen(company: Company):
    await opens_a_page(company, "settings")
    found = await seen_by_joan(company)
    assert (found.page, found.lately) == ("settings", True)
    await pass_time(company.database, seconds=LATELY_SECONDS + 1)
    assert not (await seen_by_joan(company)).lately


@pytest.mark.parametrize("who", ["rose", "harold", "fay", "asha", "nora", "sybil"])
async def test_nobody_else_looks(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(connection_of, getattr(company.at, who), await company.person(company.at.rose))


async def test_each_look_is_recorded(company: Company):
    await seen_by_joan(company)
    link = await company.read(lambda s: s.scalars(select(AuditLink).order_by(AuditLink.number.desc())).first())
    assert (link.who, link.did, link.whom) == (company.at.joan.id, "look_at_connection", company.at.rose.id)
