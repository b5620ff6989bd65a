"""Pages for staff and an outside watcher hear when calls are late, the engine is silent, or nobody can be reached."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.crisis import engine
from app.crisis.lines import EVERY_LINE, Lines
from app.crisis.models import DutyTest
from app.crisis.on_call import OnCallPlan
from app.crisis.raising import raise_help
from app.foundation.clock import database_now
from app.foundation.tokens import new_id
from app.keeping import test_page
from app.keeping.watching import Watch, watch
from app.people.models import Site
from app.web.pages.staff.watch_words import HOLE, LATE, NO_PLACE, NOBODY, SILENT, UNTESTED, watch_words
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

NOTHING_SET = Lines(EVERY_LINE.zone, frozenset({"push"}))


@pytest.fixture
async def well(company: Company) -> Company:
    """Asha is on call at every hour, with a telephone; an engine has looked just now."""
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text")
    await company.do(engine.lives)
    return company


async def seen(company: Company, lines: Lines = EVERY_LINE) -> Watch:
    return await company.read(watch, lines)


async def answers_a_test(company: Company, ago: timedelta, *, by: str) -> None:
    def write(session) -> None:
        at = database_now(session) - ago
        session.get_one(Site, 1).catch_all = "office@example.org"
        session.get_one(OnCallPlan, 1).catch_all_phone = "+447700900999"
        if by == "mail":
            session.add(test_page.TestPage(id=new_id(), address="office@example.org", asked_at=at, answered_at=at))
        else:
            session.add(DutyTest(id=new_id(), person_id="", code="4821", asked_at=at, answered_at=at))

    await company.do(write)


async def test_where_somebody_is_on_call_and_the_engine_lives_all_is_well(well: Company):
    found = await seen(well)
    assert (found.paging, found.late, found.reach, found.holes) == ("well", 0, "well", ())


async def test_a_call_that_no_worker_looks_at_is_late(well: Company):
    await well.do(raise_help, well.at.rose, new_ref())
    await pass_time(well.database, seconds=31)
    found = await seen(well)
    assert found.paging == "late" and found.late >= 1
    assert watch_words(found, well.at.asha, "en")[0] == LATE


async def test_an_engine_that_was_seen_and_is_gone_is_told_also_while_nothing_is_due(well: Company):
    await pass_time(well.database, seconds=61)
    found = await seen(well)
    assert (found.paging, found.late) == ("silent", 0)
    assert watch_words(found, well.at.asha, "en")[0] == SILENT
    await well.do(engine.lives)
    assert (await seen(well)).paging == "well"


async def test_nobody_counts_whom_this_house_cannot_reach(well: Company):
    found = await seen(well, NOTHING_SET)
    assert (found.reach, found.holes) == ("nobody", (1,))
    assert NOBODY in watch_words(found, well.at.asha, "en")


async def test_a_hole_now_is_told_while_others_can_be_reached(company: Company):
    await has_ways(company, company.at.asha, "text")
    await company.do(engine.lives)
    found = await seen(company)
    assert (found.reach, found.holes) == ("hole", (1,))
    assert watch_words(found, company.at.asha, "en") == [HOLE]


async def test_outside_the_hours_of_the_house_an_empty_rota_is_no_hole(company: Company):
    await has_ways(company, company.at.asha, "text")
    await company.do(lambda session: session.execute(update(OnCallPlan).values(hours="meetings")).close())
    assert (await seen(company)).reach == "well"


async def test_where_no_place_is_set_that_is_said_and_not_that_it_missed_a_test(well: Company):
    told = watch_words(await seen(well), well.at.vera, "en")
    assert told == [NO_PLACE]


@pytest.mark.parametrize("by", ["mail", "text"])
async def test_the_catch_all_is_tested_for_a_week_from_its_answer(well: Company, by: str):
    assert not (await seen(well)).tested
    await answers_a_test(well, timedelta(days=6), by=by)
    assert (await seen(well)).tested
    await pass_time(well.database, days=2)
    found = await seen(well)
    assert not found.tested
    assert UNTESTED in watch_words(found, well.at.vera, "en") and UNTESTED not in watch_words(found, well.at.fay, "en")


async def test_a_house_that_is_not_open_yet_shows_no_banner(company: Company):
    await company.do(lambda session: session.execute(update(Site).values(opened_at=None)).close())
    assert watch_words(await seen(company), company.at.vera, "en") == []
