"""That something waits is told by the ways each chose, in their order, not at night, and without a word of it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.foundation.due import Due
from app.people import reaching, tasks
from app.people.checking_ways import new_code, tick, type_code
from app.people.models import Person
from app.people.reaching import NOTICES, REACH, SOMETHING, Notice, awake_at, next_step, tell, title_for
from app.people.ways import Reach, Way, add_way, choose_hours
from tests.support.company import KEY, Company

BOSTON = ZoneInfo("America/New_York")
NEVER_QUIET = {"quiet_from": "00:00", "quiet_until": "00:00", "tells": "kind"}


@pytest.fixture
async def rose_awake(company: Company) -> Company:
    """Rose may be told at any hour."""
    rose = await company.person(company.at.rose)
    await company.do(choose_hours, company.at.rose, rose, **NEVER_QUIET)
    return company


async def with_way(company: Company, kind: str, address: str = "", **more: Any) -> Way:
    rose = await company.person(company.at.rose)
    way = await company.do(add_way, company.at.rose, rose, kind, address, **more)
    if kind in ("ring", "text", "paper"):
        await company.do(tick, company.at.joan, way.id)
    if kind == "email":
        _, code = await company.do(new_code, way.id, KEY)
        assert await company.do(type_code, company.at.rose, way.id, code, KEY)
    return way


async def told(company: Company) -> Notice:
    await company.do(tell, company.at.rose.id, "answer", "/ask")
    return await company.read(lambda session: session.scalars(select(Notice)).one())


async def dues(company: Company) -> list[tuple[str, dict[str, Any]]]:
    query = select(Due).where(Due.what.in_((REACH, "send_mail", "send_push"))).order_by(Due.due_at)
    return [(row.what, row.details) for row in await company.read(lambda session: list(session.scalars(query)))]


async def step(company: Company, notice: Notice, **more: int) -> None:
    await company.do(next_step, notice.id, BOSTON, **more)


async def joans_tasks(company: Company) -> list[tuple[str, dict[str, Any]]]:
    return [(task.kind, task.details) for task in await company.read(tasks.open_tasks, company.at.joan)]


async def test_what_is_told_is_stored_with_what_must_happen_and_the_same_twice_is_once(company: Company):
    assert await company.do(tell, company.at.rose.id, "answer", "/ask")
    assert not await company.do(tell, company.at.rose.id, "answer", "/ask")
    assert [what for what, _ in await dues(company)] == [REACH]


async def test_who_chose_no_way_finds_it_on_the_home_page_and_nobody_is_bothered(rose_awake: Company):
    await step(rose_awake, await told(rose_awake))
    assert [what for what, _ in await dues(rose_awake)] == [REACH]
    assert await joans_tasks(rose_awake) == []
    [notice] = await rose_awake.read(reaching.waiting_notices, rose_awake.at.rose)
    assert notice.what == "answer"


async def test_the_first_checked_way_is_taken(rose_awake: Company):
    rose = await rose_awake.person(rose_awake.at.rose)
    await rose_awake.do(add_way, rose_awake.at.rose, rose, "email", "unchecked@example.org")
    email = await with_way(rose_awake, "email", "rose@example.org")
    await with_way(rose_awake, "ring", "555 0123")
    await step(rose_awake, await told(rose_awake))
    [_, (what, details)] = await dues(rose_awake)
    assert (what, details["way"]) == ("send_mail", email.id)


async def test_after_one_that_failed_the_next_is_taken_and_joan_is_asked_to_ring(rose_awake: Company):
    email = await with_way(rose_awake, "email", "rose@example.org")
    await with_way(rose_awake, "ring", "555 0123")
    notice = await told(rose_awake)
    await rose_awake.do(reaching.did_not_arrive, notice.id, email.id, "CouldNotSend")
    await step(rose_awake, notice, after=email.place)
    assert await joans_tasks(rose_awake) == [("tell_by_hand", {"way": "ring"})]


async def test_when_no_way_worked_somebody_looks(rose_awake: Company):
    email = await with_way(rose_awake, "email", "rose@example.org")
    notice = await told(rose_awake)
    await rose_awake.do(reaching.did_not_arrive, notice.id, email.id, "CouldNotSend")
    await step(rose_awake, notice, after=email.place)
    assert await joans_tasks(rose_awake) == [("could_not_reach", {})]


async def test_a_browser_that_is_gone_is_no_way_any_more_and_somebody_looks(rose_awake: Company):
    pushed = await with_way(rose_awake, "push", "https://fcm.googleapis.com/x", keys={"p256dh": "a", "auth": "b"})
    notice = await told(rose_awake)
    await rose_awake.do(reaching.did_not_arrive, notice.id, pushed.id, "Gone", gone=True)
    assert (await rose_awake.read(lambda session: session.get_one(Way, pushed.id))).ended_at is not None
    await step(rose_awake, notice, after=pushed.place)
    assert await joans_tasks(rose_awake) == [("could_not_reach", {})]


async def test_what_was_seen_meanwhile_goes_no_further(rose_awake: Company):
    await with_way(rose_awake, "ring", "555 0123")
    notice = await told(rose_awake)
    await rose_awake.do(reaching.seen, rose_awake.at.rose, "answer")
    await step(rose_awake, notice)
    assert await joans_tasks(rose_awake) == []


async def test_somebody_who_is_away_is_left_in_peace(rose_awake: Company):
    await with_way(rose_awake, "ring", "555 0123")
    notice = await told(rose_awake)
    await rose_awake.do(lambda session: setattr(session.get_one(Person, rose_awake.at.rose.id), "standing", "paused"))
    await step(rose_awake, notice)
    assert await joans_tasks(rose_awake) == []


async def test_in_quiet_hours_it_sleeps_until_they_are_over(company: Company):
    rose = await company.person(company.at.rose)
    await company.do(choose_hours, company.at.rose, rose, quiet_from="00:00", quiet_until="23:59", tells="kind")
    await with_way(company, "ring", "555 0123")
    notice = await told(company)
    at = await company.read(lambda session: session.scalars(select(Due.due_at)).one())
    await step(company, notice, after=0)
    rows = await company.read(lambda session: list(session.scalars(select(Due).order_by(Due.due_at))))
    assert len(rows) == 2 and rows[1].due_at > at and rows[1].details == {"after": 0}
    assert rows[1].due_at.astimezone(BOSTON).strftime("%H:%M") == "23:59"
    assert await joans_tasks(company) == []


def quiet(start: str, end: str) -> Reach:
    return Reach(person_id="rose", quiet_from=start, quiet_until=end, tells="kind")


@pytest.mark.parametrize(
    ("start", "end", "now", "awake"),
    [
        ("21:00", "08:00", "2026-01-05 20:59", "2026-01-05 20:59"),
        ("21:00", "08:00", "2026-01-05 21:00", "2026-01-06 08:00"),
        ("21:00", "08:00", "2026-01-06 07:59", "2026-01-06 08:00"),
        ("21:00", "08:00", "2026-01-06 08:00", "2026-01-06 08:00"),
        ("13:00", "15:00", "2026-01-06 14:00", "2026-01-06 15:00"),
        ("13:00", "15:00", "2026-01-06 16:00", "2026-01-06 16:00"),
        ("00:00", "00:00", "2026-01-06 00:00", "2026-01-06 00:00"),
        ("21:00", "02:30", "2026-03-08 01:15", "2026-03-08 03:30"),
        ("21:00", "08:00", "2026-11-01 00:30", "2026-11-01 08:00"),
        ("21:00", "08:00", "2026-03-07 22:00", "2026-03-08 08:00"),
    ],
)
def test_quiet_hours_go_by_the_clock_on_the_wall_also_when_it_is_moved(start: str, end: str, now: str, awake: str):
    at = datetime.fromisoformat(now).replace(tzinfo=BOSTON).astimezone(UTC)
    expected = datetime.fromisoformat(awake).replace(tzinfo=BOSTON).astimezone(UTC)
    assert awake_at(quiet(start, end), at, BOSTON) == expected


def test_the_hour_that_comes_twice_is_quiet_twice():
    second = datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=BOSTON).astimezone(UTC)
    ends = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=BOSTON).astimezone(UTC)
    assert awake_at(quiet("21:00", "01:30"), second, BOSTON) == ends


def test_a_house_that_moves_to_another_zone_is_quiet_by_its_new_clock():
    at = datetime(2026, 1, 6, 4, 0, tzinfo=UTC)
    assert awake_at(quiet("21:00", "08:00"), at, BOSTON) > at
    assert awake_at(quiet("21:00", "08:00"), at, ZoneInfo("Pacific/Auckland")) == at


@pytest.mark.parametrize("what", NOTICES)
def test_a_title_says_what_kind_of_thing_waits_or_less_where_they_want_less(what: str):
    assert title_for(what, quiet("21:00", "08:00")) == NOTICES[what]
    assert title_for(what, Reach(person_id="rose", quiet_from="1", quiet_until="2", tells="nothing")) == SOMETHING


def test_no_title_has_a_place_for_a_name_a_room_or_words():
    assert not [title for title in (*NOTICES.values(), SOMETHING, reaching.BODY) if "{" in title]
