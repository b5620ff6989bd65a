"""Nobody is woken to be asked whether they are there: of a turn of the night they are asked in the evening."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.crisis import beginning_turns, duty_tests
from app.crisis.lines import EVERY_LINE
from tests.crisis.test_beginning_turns import asked, goes_on, rota, tasks_of, turns
from tests.support.company import Company

assert rota


@pytest.mark.parametrize(
    ("turn", "then"),
    [
        ("2026-10-24T08:00", "2026-10-24T08:00"),
        ("2026-10-24T22:00", "2026-10-24T22:00"),
        ("2026-10-24T22:30", "2026-10-24T21:00"),
        ("2026-10-25T00:00", "2026-10-24T21:00"),
        ("2026-10-25T07:59", "2026-10-24T21:00"),
    ],
)
def test_nobody_is_woken_to_be_asked(turn: str, then: str):
    """The night of the 24th is the one in which clocks go back."""
    london = ZoneInfo("Europe/London")
    begins, asked_at = (datetime.fromisoformat(one).replace(tzinfo=london) for one in (turn, then))
    assert beginning_turns.asked_at(begins, london) == asked_at


async def test_of_a_turn_of_the_night_a_lead_hears_in_the_evening_who_is_next(rota: Company):
    await turns(rota, rota.at.vera, 1, "00:00", "06:00")
    await rota.do(beginning_turns.plan, EVERY_LINE)
    await goes_on(rota, 6)
    await rota.do(duty_tests.answer, rota.at.asha)
    await goes_on(rota, 9 * 60)
    assert ("vera", "turn") in await asked(rota)
    await goes_on(rota, 16)
    assert ("ben", "next") in await asked(rota)
    assert await tasks_of(rota, rota.at.nora) == [("turn_unanswered", rota.at.vera.id, "Ben")]
