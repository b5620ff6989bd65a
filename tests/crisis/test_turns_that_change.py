"""Also who was away when the turns were planned is asked, and whoever a change of the rota puts on duty now."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app.crisis import beginning_turns
from app.crisis import rota as the_rota
from app.crisis.lines import EVERY_LINE
from app.crisis.on_call import Override
from app.foundation.clock import database_now
from app.foundation.due import Due
from app.people.actors import Actor
from app.people.models import Person
from app.web.pages.staff.on_call_acts import then_look
from tests.crisis.test_beginning_turns import asked, goes_on, rota
from tests.support.company import Company

assert rota


async def puts_on(rota: Company, who: Actor, *, hours_ago: int) -> str:
    """Vera puts somebody on level 1, besides Asha, from then until five hours later."""

    def change(session) -> str:
        begin = database_now(session) - timedelta(hours=hours_ago)
        about = (1, begin, begin + timedelta(hours=5))
        then_look(session, rota.at.vera, EVERY_LINE, the_rota.override, about, {"person_id": who.id})
        return str(session.scalars(select(Override.id)).one())

    return await rota.do(change)


@pytest.mark.parametrize(("minutes", "then"), [(3, [("asha", "turn")]), (60, [])])
async def test_who_is_back_from_being_away_when_their_turn_begins_is_asked(rota: Company, minutes: int, then: list):
    def away(session) -> None:
        until = database_now(session) + timedelta(minutes=minutes)
        session.execute(delete(Due).where(Due.what == beginning_turns.ASK))
        gone = update(Person).where(Person.id == rota.at.asha.id)
        session.execute(gone.values(standing="away", standing_until=until))

    await rota.do(away)
    await rota.do(beginning_turns.plan, EVERY_LINE)
    await goes_on(rota, 6)
    assert await asked(rota) == then


async def test_who_is_put_on_for_from_now_is_asked_at_once_and_only_once(rota: Company):
    change = await puts_on(rota, rota.at.nora, hours_ago=1)
    assert await asked(rota) == [("nora", "turn")]
    taken_back = (rota.at.vera, EVERY_LINE, the_rota.end_override, (change,), {})
    await rota.do(then_look, *taken_back)
    await puts_on(rota, rota.at.nora, hours_ago=1)
    assert await asked(rota) == [("nora", "turn")]


async def test_who_is_on_duty_already_is_not_asked_by_a_change_and_nobody_is_in_the_night(rota: Company):
    await puts_on(rota, rota.at.ben, hours_ago=1)
    await goes_on(rota, 11 * 60)
    before = await asked(rota)
    await rota.do(lambda session: session.execute(delete(Override)).close())
    await puts_on(rota, rota.at.nora, hours_ago=1)
    assert await asked(rota) == before and ("nora", "turn") not in before and ("ben", "turn") not in before
