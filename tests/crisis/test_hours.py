"""Outside the stated hours nothing offers a person now: the numbers first, and when people are here again."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.crisis.hours import away_until
from app.crisis.lines import Lines
from app.crisis.on_call import OnCallPlan
from app.crisis.raising import raise_help
from app.crisis.telling import truth
from app.foundation.clock import Clock, database_now
from app.resources.helplines import helplines_for
from app.web.calling import sentence
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref

LONDON = ZoneInfo("Europe/London")
LINES = Lines(LONDON, frozenset({"text"}))
MORNINGS = [[day, "09:00", "12:00"] for day in (1, 3)]


async def it_is(company: Company, when: str, hours: str = "set") -> None:
    """By the clock of the house, which is awake on Tuesday and Thursday mornings."""
    moment = datetime.fromisoformat(when).replace(tzinfo=LONDON).astimezone(UTC)

    def move(session) -> None:
        by = (moment - database_now(session)).total_seconds() * 1000
        session.execute(update(Clock).values(shift_ms=Clock.shift_ms + int(by)))
        session.execute(update(OnCallPlan).values(hours=hours, set_hours=MORNINGS))

    await company.do(move)


async def told(company: Company, language: str = "en") -> str:
    raised = await company.do(raise_help, company.at.rose, new_ref(), lines=LINES)
    found = await company.read(truth, raised.incident, LONDON)
    return sentence(found, helplines_for("US"), language)


@pytest.mark.parametrize(
    ("now", "away", "again"),
    [
        ("2026-11-24T10:00", False, None),
        ("2026-11-24T12:00", True, "2026-11-26T09:00"),
        ("2026-11-24T08:59", True, "2026-11-24T09:00"),
        ("2026-11-27T10:00", True, "2026-12-01T09:00"),
        ("2026-10-24T23:30", True, "2026-10-27T09:00"),
    ],
)
async def test_when_people_are_here_again_by_the_clock_on_the_wall(company: Company, now: str, away: bool, again):
    await it_is(company, now)
    found = await company.read(away_until, LONDON)
    assert found == (away, datetime.fromisoformat(again).replace(tzinfo=LONDON) if again else None)


@pytest.mark.parametrize(("hours", "away"), [("always", False), ("meetings", True)])
async def test_always_is_never_away_and_meetings_are_not_known_yet(company: Company, hours: str, away: bool):
    await it_is(company, "2026-11-22T03:00", hours)
    assert await company.read(away_until, LONDON) == (away, None)


async def test_a_call_outside_the_hours_is_told_the_numbers_first_and_when(company: Company):
    await it_is(company, "2026-11-23T22:00")
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text")
    said = await told(company)
    assert said == (
        "If you are in danger, ring 911. To talk, ring 988. Our people are here again at 9:00 AM on Tuesday. "
        "We are telling the people who stand in for them. They may be slow."
    )
    assert (await told(company, "es")).endswith("Estamos avisando a quienes la sustituyen. Pueden tardar.")


async def test_within_the_hours_it_says_who_is_told(company: Company):
    await it_is(company, "2026-11-24T10:00")
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text")
    assert (await told(company)).startswith("We are telling Asha.")


async def test_where_nobody_could_be_told_it_says_so_at_any_hour(company: Company):
    await it_is(company, "2026-11-23T22:00")
    assert "we could not tell anyone" in await told(company)


async def test_the_hours_of_meetings_are_said_without_a_time(company: Company):
    await it_is(company, "2026-11-23T22:00", "meetings")
    await has_ways(company, company.at.asha, "text")
    assert "Our people are not here now." in await told(company)
