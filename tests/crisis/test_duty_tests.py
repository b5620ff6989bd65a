"""Everybody whom a call may reach gets a test once a week, by every way, and the board shows who did not answer."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from app.crisis import duty_tests, replies
from app.crisis.duty_tests import next_morning
from app.crisis.duty_ways import is_failing
from app.crisis.lines import EVERY_LINE, Lines
from app.crisis.models import DutyTest
from app.crisis.on_call import OnCallPlan
from app.crisis.readiness import Ready, place_ready, readiness
from app.foundation import due
from app.foundation.due import Due
from app.people.actors import Actor
from app.people.tasks import open_tasks
from app.people.ways import Way
from app.problems import NotAllowed, NotFound
from tests.crisis.paging_story import has_ways
from tests.support.company import Company
from tests.support.databases import pass_time

CATCH_ALL = "+447700900999"


async def the_worker(company: Company) -> None:
    """Begins what is due of tests, and looks who is late."""
    while row := await company.do(due.claim, [duty_tests.ASK, duty_tests.LATE]):
        if row.what == duty_tests.ASK:
            await company.do(duty_tests.begin, row.id, row.whom, EVERY_LINE)
        else:
            await company.do(duty_tests.is_late, row.whom)
        await company.do(due.done, row)


async def a_week(company: Company, days: int = 7) -> None:
    for _ in range(days):
        await company.do(duty_tests.plan_week, EVERY_LINE)
        await pass_time(company.database, days=1)
        await the_worker(company)


async def the_office_has(company: Company, number: str) -> None:
    await company.do(lambda session: session.execute(update(OnCallPlan).values(catch_all_phone=number)).close())


async def answers_of(company: Company, who: Actor) -> list[DutyTest]:
    query = select(DutyTest).where(DutyTest.person_id == who.id).order_by(DutyTest.asked_at)
    return await company.read(lambda session: list(session.scalars(query)))


async def board(company: Company, who: Actor) -> Ready:
    return next(one for one in await company.read(readiness, company.at.vera, EVERY_LINE) if one.id == who.id)


@pytest.fixture
async def asked(company: Company) -> DutyTest:
    """Asha has a telephone and a tablet, and was sent her test just now."""
    await has_ways(company, company.at.asha, "text", "ring", "push", "paper")
    await company.do(duty_tests.ask_now, company.at.vera, company.at.asha.id)
    await the_worker(company)
    return (await answers_of(company, company.at.asha))[0]


async def test_each_is_asked_once_a_week_and_members_never(company: Company):
    await a_week(company, 15)
    assert [len(await answers_of(company, who)) for who in (company.at.asha, company.at.ben, company.at.rose)] == [
        2,
        2,
        0,
    ]


async def test_it_goes_by_every_checked_way_that_a_call_would_take(company: Company, asked: DutyTest):
    query = select(Due.details).where(Due.what == duty_tests.SEND)
    sent = [row["way"] for row in await company.read(lambda session: session.scalars(query).all())]
    ways = await company.read(lambda session: session.scalars(select(Way).where(Way.id.in_(sent))).all())
    assert sorted(way.kind for way in ways) == ["push", "ring", "text"]


async def test_the_code_by_text_answers_it_and_takes_no_call(company: Company, asked: DutyTest):
    said = await company.do(replies.reply, "+15550000", asked.code)
    assert (said.sentence, said.values["code"]) == (replies.TESTED, asked.code)
    assert (await answers_of(company, company.at.asha))[0].answered_by == "text"
    assert await company.read(duty_tests.waiting, company.at.asha.id) is None


async def test_a_tap_after_signing_in_answers_it(company: Company, asked: DutyTest):
    await company.do(duty_tests.answer, company.at.asha)
    [test] = await answers_of(company, company.at.asha)
    assert test.answered_at and test.answered_by == "screen"


async def test_who_did_not_answer_in_a_day_is_on_the_board_and_somebody_s_task(company: Company, asked: DutyTest):
    assert not (await board(company, company.at.asha)).missed
    await pass_time(company.database, days=1)
    await the_worker(company)
    assert (await board(company, company.at.asha)).missed
    assert "duty_test_late" in [task.kind for task in await company.read(open_tasks, company.at.vera)]
    await company.do(duty_tests.answer, company.at.asha)
    assert not (await board(company, company.at.asha)).missed


async def test_after_a_week_an_old_code_answers_nothing(company: Company, asked: DutyTest):
    await pass_time(company.database, days=7, seconds=1)
    assert (await company.do(replies.reply, "+15550000", asked.code)).sentence == replies.NO_SUCH


async def test_the_telephone_of_the_catch_all_is_tested_and_answers_by_text(company: Company):
    await the_office_has(company, CATCH_ALL)
    await a_week(company, 2)
    code = await company.read(lambda session: session.scalars(select(DutyTest.code).filter_by(person_id="")).one())
    assert (await company.do(replies.reply, CATCH_ALL, code)).sentence == replies.TESTED
    assert "" in await company.read(duty_tests.last_answered)


async def test_the_telephone_of_the_catch_all_is_rung_too_where_a_call_can_leave_the_house(company: Company):
    await the_office_has(company, CATCH_ALL)
    assert (await company.read(place_ready, company.at.vera, EVERY_LINE)).went == {}
    await company.do(duty_tests.ask_now, company.at.vera, duty_tests.CATCH_ALL)
    await the_worker(company)
    rows = select(Due.details).where(Due.what == duty_tests.SEND)
    sent = await company.read(lambda session: session.scalars(rows).all())
    assert sorted(row["way"] for row in sent) == ["ring", "text"]
    await company.do(duty_tests.went, sent[0]["test"], "text")
    await company.do(duty_tests.went, sent[0]["test"], "ring", "ConnectError")
    place = await company.read(place_ready, company.at.vera, EVERY_LINE)
    assert (place.kinds, place.went) == (["text", "ring"], {"text": "", "ring": "ConnectError"})
    no_phone = Lines(EVERY_LINE.zone, frozenset({"email"}))
    assert (await company.read(place_ready, company.at.vera, no_phone)).kinds == []


async def test_a_new_telephone_of_the_catch_all_is_tested_anew_and_what_the_old_one_answered_is_past(company: Company):
    await the_office_has(company, CATCH_ALL)
    await a_week(company, 2)
    code = await company.read(lambda session: session.scalars(select(DutyTest.code).filter_by(person_id="")).one())
    await company.do(replies.reply, CATCH_ALL, code)
    assert await company.read(duty_tests.catch_all_answered)
    await the_office_has(company, "+447700900998")
    assert await company.read(duty_tests.catch_all_answered) is None
    await a_week(company, 2)
    numbers = select(DutyTest.address).where(DutyTest.person_id == "").order_by(DutyTest.asked_at)
    assert await company.read(lambda session: session.scalars(numbers).all()) == [CATCH_ALL, "+447700900998"]


async def test_the_board_shows_ways_that_fail_and_a_single_battery(company: Company):
    await has_ways(company, company.at.asha, "text", "email")
    await has_ways(company, company.at.ben, "text", "push")
    asha, ben = await board(company, company.at.asha), await board(company, company.at.ben)
    assert (asha.reached_by, asha.by_one_only, ben.by_one_only) == (["text", "email"], True, False)
    way = await company.read(lambda session: session.scalars(select(Way.id).filter_by(kind="push")).one())
    await company.do(is_failing, way, "Gone")
    assert [one.kind for one in (await board(company, company.at.ben)).ways if one.trouble_at] == ["push"]


async def test_only_who_keeps_the_rota_sends_one_and_only_to_the_on_call_staff(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(duty_tests.ask_now, company.at.asha, company.at.ben.id)
    for nobody in (company.at.rose.id, "", "unheard-of"):
        with pytest.raises(NotFound):
            await company.do(duty_tests.ask_now, company.at.vera, nobody)
    with pytest.raises(NotFound):
        await company.read(readiness, company.at.rose, EVERY_LINE)


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        ("2026-10-24T22:00", "2026-10-25T10:00"),
        ("2026-10-25T08:00", "2026-10-25T10:00"),
        ("2026-06-01T10:00", "2026-06-02T09:00"),
    ],
)
def test_a_test_comes_at_ten_by_the_clock_on_the_wall(at: str, morning: str):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert next_morning(moment, ZoneInfo("Europe/London")) == datetime.fromisoformat(morning).replace(tzinfo=UTC)
