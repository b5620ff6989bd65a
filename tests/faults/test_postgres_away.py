import pytest

from tests.support.client import new_ref
from tests.support.house import House
from tests.support.postgres import Postgres
from tests.support.talking import talking
from tests.support.waiting import until

pytestmark = pytest.mark.faults


async def test_a_postgres_that_crashes_and_comes_back_under_traffic_loses_nothing(
    postgres: Postgres, house_on_it: House
):
    circle = await house_on_it.circle(no_limits=True)
    async with talking(circle.everyone, circle.id) as talk:
        for _ in range(2):
            await talk.goes_on(more=40)
            postgres.crash()
            await postgres.restart()
        await talk.goes_on(more=40)


async def test_without_a_database_words_and_calls_for_help_are_asked_to_try_again_and_then_kept(
    postgres: Postgres, house_on_it: House
):
    circle = await house_on_it.circle()
    [rose] = await circle.enter(circle.rose)
    postgres.crash()
    refused = await rose.say(circle.id, "Anybody?")
    assert refused["code"] == "try_again" and refused["retry_after_ms"] > 0
    call = new_ref()
    await rose.send("help", ref=call)
    assert (await rose.expect("refused", ref=call))["code"] == "try_again"
    await until(lambda: answers(house_on_it, 503), what="the server says that it cannot serve")
    assert (await house_on_it.ask("GET", "/health/live")).status_code == 200
    await postgres.restart()
    await until(lambda: answers(house_on_it, 200), what="the server is ready again")
    rose = await circle.rose.enter(circle.id)
    assert (await rose.say(circle.id, "Anybody?", ref=refused["ref"]))["type"] == "said"
    await rose.send("help", ref=call)
    await rose.expect("helped", ref=call)


async def answers(house: House, status: int) -> bool:
    return (await house.ask("GET", "/health/ready")).status_code == status
