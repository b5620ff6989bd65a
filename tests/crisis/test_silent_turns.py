"""Who is asked at a turn and stays silent: a page that went out is no answer, and neither is somebody as silent."""

import pytest
from sqlalchemy import func, select

from app.crisis import beginning_turns, duty_tests, sending_pages
from app.crisis.lines import EVERY_LINE
from app.crisis.models import DutyTest
from app.crisis.raising import raise_help
from app.crisis.readiness import readiness
from tests.crisis.test_beginning_turns import asked, goes_on, rota, tasks_of, turns
from tests.support.company import Company, new_ref

assert rota


async def on_the_board(rota: Company) -> dict[str, str]:
    ready = await rota.read(readiness, rota.at.vera, EVERY_LINE)
    return {one.name: one.turn_at.strftime("%H:%M") for one in ready if one.turn_at}


@pytest.mark.parametrize("how", ["sent", "failed"])
async def test_a_page_to_somebody_who_sleeps_is_no_answer(rota: Company, how: str):
    await goes_on(rota, 6)
    await rota.do(raise_help, rota.at.rose, new_ref(), lines=EVERY_LINE)
    while page := await rota.do(sending_pages.claim):
        if how == "sent":
            await rota.do(sending_pages.went, page.id, page.token)
        else:
            await rota.do(sending_pages.failed, page.id, page.token, "Gone", for_good=True)
    await goes_on(rota, 16)
    assert await asked(rota) == [("asha", "turn"), ("ben", "next")]
    assert await tasks_of(rota, rota.at.vera) == [("turn_unanswered", rota.at.asha.id, "Ben")]


async def test_where_two_come_on_together_and_both_sleep_the_level_after_them_is_asked(rota: Company):
    await turns(rota, rota.at.nora, 1, "12:00", "20:00")
    await rota.do(beginning_turns.plan, EVERY_LINE)
    await goes_on(rota, 6)
    await goes_on(rota, 16)
    assert sorted(await asked(rota)) == [("asha", "turn"), ("ben", "next"), ("nora", "turn")]
    told = sorted(("turn_unanswered", one.id, "Ben") for one in (rota.at.asha, rota.at.nora))
    assert sorted(await tasks_of(rota, rota.at.vera)) == told


async def test_who_answers_at_a_later_turn_is_not_on_the_board_for_the_one_before(rota: Company):
    await turns(rota, rota.at.asha, 1, "21:00", "23:00")
    await rota.do(beginning_turns.plan, EVERY_LINE)
    await goes_on(rota, 6)
    await goes_on(rota, 16)
    assert (await on_the_board(rota))["Asha"] == "12:00"
    await goes_on(rota, 9 * 60 - 15)
    assert (await on_the_board(rota))["Asha"] == "12:00", "asked again, and not yet late"
    await rota.do(duty_tests.answer, rota.at.asha)
    assert "Asha" not in await on_the_board(rota)


async def test_after_a_crash_it_is_the_same_task(rota: Company):
    await goes_on(rota, 6)
    await goes_on(rota, 16)
    before = await tasks_of(rota, rota.at.vera)
    asked_at_noon = select(DutyTest.id).where(DutyTest.person_id == rota.at.asha.id)
    test_id = await rota.read(lambda session: session.scalars(asked_at_noon).one())
    await rota.do(beginning_turns.nobody_answered, test_id, EVERY_LINE)
    assert len(before) == 1 and await tasks_of(rota, rota.at.vera) == before
    assert await rota.read(lambda session: session.scalar(select(func.count(DutyTest.id)))) == 2
