"""Holes of the rota: exactly those in which no call would reach anybody, and told a week and a day before, once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.crisis.holes import SOON, Hole, holes, tell
from app.crisis.lines import EVERY_LINE, Lines
from app.crisis.on_call import OnCallPlan, Shift
from app.crisis.rota import end_override, override
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.due import plan_today
from app.people import tasks
from app.people.actors import Actor
from app.people.tasks import Task
from app.settings import Settings
from app.worker import DAILY, do_one
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company
from tests.support.databases import pass_time

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONDON = Lines(ZoneInfo("Europe/London"), EVERY_LINE.kinds)


@pytest.fixture
async def kept(company: Company) -> Company:
    """Asha and Ben are on call at every hour, and calls reach them."""
    await on_the_rota(company, 1, company.at.asha)
    await on_the_rota(company, 2, company.at.ben)
    await has_ways(company, company.at.asha, "text")
    await has_ways(company, company.at.ben, "text")
    return company


async def leave_open(company: Company, begin: datetime, end: datetime, level: int = 1) -> str:
    away = company.at.asha.id if level == 1 else company.at.ben.id
    return (await company.do(override, company.at.vera, level, begin, end, instead_of=away)).id


async def open_soon(company: Company, lines: Lines = EVERY_LINE) -> list[Hole]:
    now = await company.read(database_now)
    return await company.read(holes, now, 7, lines)


async def waits(company: Company, who: Actor) -> list[str]:
    return [task.kind for task in await company.read(tasks.open_tasks, who)]


async def test_a_full_rota_has_no_hole(kept: Company):
    assert await open_soon(kept) == []


async def test_a_hole_is_told_to_the_minute_with_its_level(kept: Company):
    now = await kept.read(database_now)
    begin, end = now + DAY, now + DAY + timedelta(minutes=7)
    await leave_open(kept, begin, end, level=2)
    await leave_open(kept, begin + DAY, end + DAY)
    assert await open_soon(kept) == [Hole(2, begin, end, ()), Hole(1, begin + DAY, end + DAY, ())]


async def test_somebody_whom_no_call_reaches_fills_no_hole(kept: Company):
    now = await kept.read(database_now)
    in_place = {"person_id": kept.at.vera.id, "instead_of": kept.at.asha.id}
    await kept.do(override, kept.at.vera, 1, now + HOUR, now + 2 * HOUR, **in_place)
    assert await open_soon(kept) == [Hole(1, now + HOUR, now + 2 * HOUR, (kept.at.vera.id,))]
    await has_ways(kept, kept.at.vera, "ring")
    assert await open_soon(kept) == []
    by_mail_alone = await open_soon(kept, Lines(EVERY_LINE.zone, frozenset({"email"})))
    assert [hole.level for hole in by_mail_alone] == [1, 2, 1, 1]


async def test_between_shifts_that_leave_a_gap_by_the_wall_there_is_a_hole(company: Company):
    def write(session: Session) -> None:
        for day in range(7):
            session.add(Shift(id=f"a{day}", level=1, person_id=company.at.asha.id, weekday=day, starts="06:00",
                              ends="22:00"))  # fmt: skip
            session.add(Shift(id=f"b{day}", level=1, person_id=company.at.asha.id, weekday=day, starts="22:30",
                              ends="06:00"))  # fmt: skip

    await company.do(write)
    await on_the_rota(company, 2, company.at.ben)
    for one in (company.at.asha, company.at.ben):
        await has_ways(company, one, "text")
    before = datetime(2026, 10, 24, 12, tzinfo=LONDON.zone)
    found = await company.read(holes, before, 2, LONDON)
    walls = [(hole.from_at.astimezone(LONDON.zone), hole.until_at.astimezone(LONDON.zone)) for hole in found]
    assert [(begin.day, begin.time(), end.time()) for begin, end in walls] == [
        (24, time(22), time(22, 30)), (25, time(22), time(22, 30)),
    ]  # fmt: skip
    assert found[1].from_at - found[0].from_at == timedelta(hours=25)


async def test_only_hours_in_which_the_house_says_it_is_awake_count(kept: Company):
    def say(session: Session, hours: str) -> None:
        plan = session.get_one(OnCallPlan, 1)
        plan.hours, plan.set_hours = hours, [[day, "09:00", "17:00"] for day in range(7)]

    monday = datetime(2090, 1, 2, tzinfo=LONDON.zone)
    await leave_open(kept, monday, monday + DAY)
    await kept.do(say, "set")
    [hole] = await kept.read(holes, monday, 3, LONDON)
    assert (hole.from_at, hole.until_at) == (monday + 9 * HOUR, monday + 17 * HOUR)
    await kept.do(say, "meetings")
    assert await kept.read(holes, monday, 3, LONDON) == []


async def test_who_keeps_the_rota_is_told_a_week_and_a_day_before_once_each(kept: Company):
    at, now = kept.at, await kept.read(database_now)
    await leave_open(kept, now + 8 * DAY, now + 8 * DAY + HOUR)
    await leave_open(kept, now + 8 * DAY, now + 8 * DAY + HOUR, level=2)
    await kept.do(tell, EVERY_LINE)
    assert await waits(kept, at.vera) == []
    await pass_time(kept.database, days=1, minutes=1)
    for _ in range(3):
        await kept.do(tell, EVERY_LINE)
    for one in (at.vera, at.nora):
        assert await waits(kept, one) == ["rota_hole"]
    for one in (at.asha, at.fay, at.joan):
        assert await waits(kept, one) == []
    [task] = await kept.read(tasks.open_tasks, at.vera)
    await kept.do(tasks.finish, at.vera, task.id, "Ben is asked")
    await kept.do(tell, EVERY_LINE)
    assert await waits(kept, at.vera) == []
    await pass_time(kept.database, days=6)
    await kept.do(tell, EVERY_LINE)
    assert (await waits(kept, at.vera), await waits(kept, at.nora)) == ([SOON], ["rota_hole", SOON])


async def test_a_hole_that_begins_within_a_day_is_told_once(kept: Company):
    now = await kept.read(database_now)
    await leave_open(kept, now + 5 * HOUR, now + 6 * HOUR)
    await kept.do(tell, EVERY_LINE)
    assert await waits(kept, kept.at.vera) == [SOON]


async def test_what_is_told_late_waits_since_it_was_told(kept: Company):
    now = await kept.read(database_now)
    await leave_open(kept, now + 18 * HOUR, now + 20 * HOUR)
    await kept.do(tell, EVERY_LINE)
    [task] = await kept.read(tasks.open_tasks, kept.at.vera)
    assert task.due_at == now - 6 * HOUR and now <= task.waits_since < now + HOUR


async def test_a_hole_that_is_filled_or_over_asks_nothing_more(kept: Company):
    now = await kept.read(database_now)
    change = await leave_open(kept, now + 2 * DAY, now + 2 * DAY + HOUR)
    await leave_open(kept, now + HOUR, now + 2 * HOUR)
    await kept.do(tell, EVERY_LINE)
    assert sorted(await waits(kept, kept.at.vera)) == ["rota_hole", SOON]
    await kept.do(end_override, kept.at.vera, change)
    await kept.do(tell, EVERY_LINE)
    assert await waits(kept, kept.at.vera) == [SOON]
    await pass_time(kept.database, minutes=90)
    await kept.do(tell, EVERY_LINE)
    assert await waits(kept, kept.at.vera) == [SOON], "it has begun, and is still open"
    await pass_time(kept.database, hours=1)
    await kept.do(tell, EVERY_LINE)
    assert await kept.read(lambda session: list(session.scalars(select(Task)))) == []


async def test_the_worker_looks_each_day(kept: Company, tmp_path):
    now = await kept.read(database_now)
    await has_ways(kept, kept.at.asha, "push")
    await has_ways(kept, kept.at.ben, "push")
    await leave_open(kept, now + 5 * HOUR, now + 6 * HOUR)
    assert "look_for_holes" in await kept.do(plan_today, DAILY)
    settings = Settings(data_dir=tmp_path)
    while await do_one(kept.database, settings):
        pass
    assert await waits(kept, kept.at.nora) == [SOON]
