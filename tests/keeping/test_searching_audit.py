"""The log of staff acts is searched by who, whom and day, and each look is a link in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink, record
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.keeping import searching_audit
from app.keeping.searching_audit import Search, look_at_audit
from app.people.actors import Actor
from app.problems import NotAllowed
from tests.support.company import Company
from tests.support.databases import pass_time


async def numbers(company: Company, **search: object) -> list[tuple[str, str]]:
    found = await company.do(look_at_audit, company.at.nora, Search(**search))
    return [(found.names.get(link.who, ""), link.did) for link in found.links if link.did == "mute"]


@pytest.fixture
async def told(company: Company) -> Company:
    at = company.at

    def mute(session: Session, who: Actor, whom: Actor) -> None:
        record(session, who.id, "mute", whom=whom.id, place=at.monday, reason="a rest")

    await company.do(mute, at.fay, at.ken)
    await pass_time(company.database, days=2)
    await company.do(mute, at.gil, at.dot)
    return company


async def test_it_is_found_by_who_whom_and_day(told: Company):
    now = await told.read(database_now)
    assert await numbers(told) == [("Gil", "mute"), ("Fay", "mute")]
    assert await numbers(told, who="fa") == [("Fay", "mute")]
    assert await numbers(told, whom="DOT") == [("Gil", "mute")]
    assert await numbers(told, who="Fay", whom="Dot") == []
    assert await numbers(told, since=now - timedelta(days=1), until=now + timedelta(days=1)) == [("Gil", "mute")]
    assert await numbers(told, who="nobody of that name") == []


async def test_each_look_says_what_was_asked_by_ids_alone(told: Company):
    await numbers(told, whom="Ken")
    links = select(AuditLink).where(AuditLink.did == "look_at_audit")
    [link] = await told.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.details) == (told.at.nora.id, {"asked_whom": [told.at.ken.id]})


async def test_older_ones_are_on_the_next_page(told: Company, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searching_audit, "ON_A_PAGE", 1)
    first = await told.do(look_at_audit, told.at.nora, Search(whom="Ken"))
    assert len(first.links) == 1 and first.more
    second = await told.do(look_at_audit, told.at.nora, Search(whom="Ken", before=first.links[0].number))
    assert second.links[0].number < first.links[0].number


@pytest.mark.parametrize("who", ["rose", "fay", "joan", "vera", "asha"])
async def test_only_administrators_look(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(look_at_audit, getattr(company.at, who), Search())
