"""Whoever comes on duty is asked if they are there. Where they do not answer, a lead hears of it, and the next do."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.crisis import beginning_turns, duty_tests, replies
from app.crisis.answering import answer
from app.crisis.lines import EVERY_LINE
from app.crisis.models import DutyTest
from app.crisis.on_call import Override, Shift
from app.crisis.raising import raise_help
from app.crisis.readiness import readiness
from app.foundation import due
from app.foundation.clock import Clock, database_now
from app.foundation.database import Session
from app.foundation.due import Due
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.tasks import open_tasks
from app.people.ways import Way
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

KINDS = [beginning_turns.ASK, beginning_turns.LATE]
Moved = Callable[[int, int], Awaitable[None]]


async def the_worker(company: Company) -> None:
    while row := await company.do(due.claim, KINDS):
        if row.what == beginning_turns.ASK:
            turn_at = datetime.fromisoformat(row.details["turn_at"])
            await company.do(beginning_turns.ask, row.id, row.whom, turn_at, EVERY_LINE)
        else:
            await company.do(beginning_turns.nobody_answered, row.whom, EVERY_LINE)
        await company.do(due.done, row)


@pytest.fixture
async def rota(company: Company) -> Company:
    """It is nearly noon in a house by UTC. Asha comes on at noon every day, behind Ben, who always is; Vera leads."""
    await company.do(near_noon)
    await turns(company, company.at.asha, 1, "12:00", "20:00")
    await on_the_rota(company, 2, company.at.ben)
    for one in (company.at.asha, company.at.ben):
        await has_ways(company, one, "text", "push", "ring")
    await company.do(beginning_turns.plan, EVERY_LINE)
    return company


def near_noon(session: Session) -> None:
    at = database_now(session)
    then = at.replace(hour=11, minute=55, second=0, microsecond=0)
    then = then if then > at else then + timedelta(days=1)
    session.execute(update(Clock).values(shift_ms=Clock.shift_ms + (then - at) // timedelta(milliseconds=1)))


async def turns(company: Company, who: Actor, level: int, starts: str, ends: str) -> None:
    shifts = [
        Shift(id=new_id(), level=level, person_id=who.id, weekday=day, starts=starts, ends=ends) for day in range(7)
    ]
    await company.do(lambda session: session.add_all(shifts))


async def goes_on(company: Company, minutes: int) -> None:
    await pass_time(company.database, minutes=minutes)
    await the_worker(company)


async def asked(company: Company) -> list[tuple[str, str]]:
    names = {getattr(company.at, name).id: name for name in ("asha", "ben", "vera", "nora")}
    query = select(DutyTest.person_id, DutyTest.why).order_by(DutyTest.asked_at, DutyTest.person_id)
    return [(names[one], why) for one, why in await company.read(lambda session: session.execute(query).all())]


async def tasks_of(company: Company, who: Actor) -> list[tuple[str, str, str]]:
    tasks = await company.read(open_tasks, who)
    return [(one.kind, one.about_id, one.details["who"]) for one in tasks if one.kind in duty_tests.UNANSWERED]


async def test_who_comes_on_is_asked_once_when_the_turn_begins_and_nobody_is_rung(rota: Company):
    await goes_on(rota, 4)
    assert await asked(rota) == []
    await goes_on(rota, 2)
    assert await asked(rota) == [("asha", "turn")]
    sent = await rota.read(lambda session: session.scalars(select(Due.details).filter_by(what="send_duty_test")).all())
    ways = select(Way.kind).where(Way.id.in_([row["way"] for row in sent]))
    assert sorted(await rota.read(lambda session: session.scalars(ways).all())) == ["push", "text"]
    await rota.do(beginning_turns.plan, EVERY_LINE)
    await goes_on(rota, 60)
    assert [one for one in await asked(rota) if one[0] == "asha"] == [("asha", "turn")]


async def test_whom_only_a_ring_reaches_is_rung(rota: Company):
    others = update(Way).where(Way.kind != "ring").values(ended_at=datetime(2026, 1, 1, tzinfo=UTC))
    await rota.do(lambda session: session.execute(others).close())
    await goes_on(rota, 6)
    [sent] = await rota.read(lambda session: session.scalars(select(Due).filter_by(what="send_duty_test")).all())
    assert (await rota.read(lambda session: session.get_one(Way, sent.details["way"]))).kind == "ring"


@pytest.mark.parametrize("by", ["text", "screen", "a call"])
async def test_who_answers_is_there_and_nobody_else_hears_of_it(rota: Company, by: str):
    await goes_on(rota, 6)
    test = await rota.read(duty_tests.waiting, rota.at.asha.id)
    if by == "text":
        assert (await rota.do(replies.reply, "+15550000", f"OK {test.code}")).sentence == replies.TESTED
    elif by == "screen":
        await rota.do(duty_tests.answer, rota.at.asha)
    else:
        call = (await rota.do(raise_help, rota.at.rose, new_ref())).incident_id
        await rota.do(answer, rota.at.asha, call)
    await goes_on(rota, 20)
    assert await asked(rota) == [("asha", "turn")]
    assert await tasks_of(rota, rota.at.vera) == []


async def test_without_an_answer_who_leads_is_to_ring_them_and_the_next_are_asked(rota: Company):
    await goes_on(rota, 6)
    await goes_on(rota, 16)
    assert await asked(rota) == [("asha", "turn"), ("ben", "next")]
    assert await tasks_of(rota, rota.at.vera) == [("turn_unanswered", rota.at.asha.id, "Ben")]
    board = {one.name: one.turn_at for one in await rota.read(readiness, rota.at.vera, EVERY_LINE)}
    assert board["Asha"].strftime("%H:%M") == "12:00" and board["Ben"] is None
    shifts = await rota.read(lambda session: session.scalars(select(Shift.person_id)).all())
    assert rota.at.asha.id in shifts, "nobody is taken off"
    await rota.do(duty_tests.answer, rota.at.asha)
    assert await tasks_of(rota, rota.at.vera) == [], "who answers late is there, too"
    assert [one.turn_at for one in await rota.read(readiness, rota.at.vera, EVERY_LINE) if one.turn_at] == []


async def test_where_the_next_do_not_answer_either_that_is_a_task_and_it_ends_there(rota: Company):
    for minutes in (6, 16, 16, 16, 60):
        await goes_on(rota, minutes)
    assert await asked(rota) == [("asha", "turn"), ("ben", "next")]
    told = [("turn_unanswered", rota.at.asha.id, "Ben"), ("turn_unanswered_alone", rota.at.ben.id, "")]
    assert await tasks_of(rota, rota.at.vera) == told


async def test_others_of_the_same_level_are_the_next(rota: Company):
    await turns(rota, rota.at.nora, 1, "00:00", "00:00")
    await goes_on(rota, 6)
    await goes_on(rota, 16)
    assert await asked(rota) == [("asha", "turn"), ("nora", "next")]


async def test_where_the_lead_does_not_answer_somebody_else_who_leads_hears_of_it(rota: Company):
    await turns(rota, rota.at.vera, 1, "12:00", "20:00")
    await rota.do(beginning_turns.plan, EVERY_LINE)
    await goes_on(rota, 6)
    await rota.do(duty_tests.answer, rota.at.asha)
    await goes_on(rota, 16)
    assert [(kind, about) for kind, about, _ in await tasks_of(rota, rota.at.nora)] == [
        ("turn_unanswered", rota.at.vera.id)
    ]
    assert await tasks_of(rota, rota.at.vera) == []


async def test_a_turn_that_goes_on_begins_once(rota: Company):
    """Under another level, and for once instead of somebody, from the minute that their own turn ends."""
    await turns(rota, rota.at.asha, 2, "20:00", "22:00")
    at = await rota.read(database_now)
    until = at.replace(hour=12, minute=0)
    instead = Override(
        id=new_id(), level=1, person_id=rota.at.asha.id, from_at=at - timedelta(hours=1), until_at=until, made_by="x"
    )
    await rota.do(lambda session: session.add(instead))
    await rota.do(beginning_turns.plan, EVERY_LINE)
    for _ in range(40):
        await goes_on(rota, 15)
    assert await asked(rota) == []


@pytest.mark.parametrize("change", ["taken off", "too late"])
async def test_what_is_planned_is_looked_at_again_when_it_is_due(rota: Company, change: str):
    if change == "taken off":
        await rota.do(lambda session: session.execute(update(Shift).values(starts="13:00")).close())
        await goes_on(rota, 6)
    else:
        await goes_on(rota, 21)
    assert await asked(rota) == []


async def test_the_week_s_test_comes_all_the_same(rota: Company):
    await goes_on(rota, 6)
    await rota.do(duty_tests.answer, rota.at.asha)
    await rota.do(duty_tests.plan_week, EVERY_LINE)
    planned = select(Due.whom).where(Due.what == duty_tests.ASK)
    assert rota.at.asha.id in await rota.read(lambda session: session.scalars(planned).all())
