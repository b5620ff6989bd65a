"""5. Two workers never page twice."""

from collections import Counter

import pytest
from sqlalchemy import select

from app.crisis.lines import EVERY_LINE
from app.crisis.models import Page
from app.crisis.raising import raise_help
from app.crisis.sending_pages import LEASE_SECONDS
from app.foundation.database import Session
from app.paging_out import AT_ONCE
from app.people.actors import SYSTEM, Actor
from app.people.joining import add_person
from tests.scenarios import faults
from tests.scenarios.elm import Elm
from tests.scenarios.setting import all_is_over
from tests.support.company import actor_of, new_ref
from tests.support.waiting import until

pytestmark = pytest.mark.timeout(400)
MANY, TOGETHER = 200, 20
PATIENT = 150
"""Four workers and two hundred calls have two cores, and the rest of the tests beside them."""


def add_many(session: Session) -> list[Actor]:
    return [actor_of(session, add_person(session, SYSTEM, f"Guest {number}")) for number in range(MANY)]


def all_call(session: Session, people: list[Actor]) -> list[str]:
    return [raise_help(session, one, new_ref(), lines=EVERY_LINE).incident_id for one in people]


def texts(session: Session, calls: list[str]) -> dict[str, Page]:
    """Of each call the first text to the first person."""
    mine = (Page.incident_id.in_(calls), Page.kind == "text", Page.says == "page", Page.attempt == 1, Page.level == 1)
    return {page.id: page for page in session.scalars(select(Page).where(*mine))}


async def test_four_workers_send_each_page_once_and_the_one_that_was_stopped_sends_nothing_twice(elm: Elm):
    sleeper, *others = await elm.have_workers(4)
    for one in (sleeper, *others):
        await faults.freeze(elm.database, one)
    people = await elm.database.transaction(add_many)
    elm.providers.hangs |= {"text", "push"}
    calls: list[str] = []
    for first in range(0, MANY, TOGETHER):
        calls += await elm.database.transaction(all_call, people[first : first + TOGETHER])
    await elm.begins(calls[0])

    before = len(elm.providers.sent)
    sleeper.thaw()

    async def it_holds_some() -> bool:
        return len(elm.providers.sent) >= before + 2 * AT_ONCE

    await until(it_holds_some, within=PATIENT, what="the first worker has its hands full, and waits")
    await faults.freeze(elm.database, sleeper)
    elm.providers.let_go()
    on_the_wire = {one.page for one in elm.providers.sent[before:] if one.page}
    for one in others:
        one.thaw()

    async def the_rest_is_sent() -> bool:
        pages = await elm.database.read(texts, calls)
        return len(pages) == MANY and all(page.state == "sent" or page.token for page in pages.values())

    await until(the_rest_is_sent, within=PATIENT, what="the others send what is left")
    await elm.at(LEASE_SECONDS + 15)
    pages = await elm.database.read(texts, calls)
    assert {page.state for page in pages.values()} == {"sent"}
    held = {page.id for page in pages.values() if page.repeat}
    assert on_the_wire & set(pages) <= held
    sleeper.thaw()
    for one in others:
        one.kill()
    sent_so_far = elm.providers.times_sent()
    await elm.tap("Harold")
    await until(lambda: _woke(elm, sent_so_far), within=PATIENT, what="the one that was stopped works again")
    await elm.calm()
    sent = Counter(one.page for one in elm.providers.sent if one.page in pages)
    assert {page: count for page, count in sent.items() if count > 1 + (page in held)} == {}
    assert set(sent) == set(pages)
    for way in ("push", "text"):
        _first_and_perhaps_a_repeat(elm, before, way)
    await elm.database.transaction(all_is_over)
    await elm.calm()


def _first_and_perhaps_a_repeat(elm: Elm, before: int, way: str) -> None:
    """Of each call once to Asha, and a second time only as a repeat; few of them, and none is left out."""
    to_asha = [one for one in elm.providers.sent[before:] if (one.who, one.way) == ("Asha", way)]
    firsts = Counter(one.text.rsplit("/", 1)[-1] for one in to_asha if not one.text.startswith("REPEAT"))
    repeats = Counter(one.text.rsplit("/", 1)[-1] for one in to_asha if one.text.startswith("REPEAT"))
    if way == "push":
        assert set(firsts.values()) | set(repeats.values()) == {1}
    assert len(set(firsts) | set(repeats)) >= MANY and len(repeats) <= 2 * AT_ONCE


async def _woke(elm: Elm, before: Counter[str]) -> bool:
    return len(elm.providers.times_sent()) > len(before)
