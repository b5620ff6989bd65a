import asyncio

import pytest

from tests.support.house import House
from tests.support.talking import talking
from tests.support.waiting import PROMISED

pytestmark = pytest.mark.faults

FROZEN_SECONDS = 20


async def test_a_valkey_killed_and_emptied_under_traffic_loses_nothing(grown_house: House):
    circle = await grown_house.circle(no_limits=True)
    async with talking(circle.everyone, circle.id) as talk:
        await talk.goes_on()
        grown_house.valkey.kill()
        await talk.goes_on(more=100)
        assert (await grown_house.ask("GET", "/health/ready")).status_code == 200
        await grown_house.valkey.restart()
        await talk.goes_on(more=100)


async def test_a_valkey_that_stops_without_closing_for_twenty_seconds_delays_nobody_beyond_the_promise(
    grown_house: House,
):
    circle = await grown_house.circle(no_limits=True)
    async with talking(circle.everyone, circle.id) as talk:
        await talk.goes_on()
        grown_house.valkey.freeze()
        thaw = asyncio.create_task(asyncio.sleep(FROZEN_SECONDS))
        while not thaw.done():
            await talk.goes_on(more=40)
            await everybody_hears_the_latest(talk.devices)
        grown_house.valkey.thaw()
        await talk.goes_on(more=40)


async def everybody_hears_the_latest(devices: list) -> None:
    latest = [device.texts[next(reversed(device.said))] for device in devices]
    await asyncio.gather(*(device.knows(latest, within=PROMISED) for device in devices))


async def test_words_said_while_the_bus_is_back_travel_by_it_again(grown_house: House):
    circle = await grown_house.circle()
    rose = await circle.rose.enter(circle.id, door=0)
    dot = await circle.dot.enter(circle.id, door=1)
    grown_house.valkey.kill()
    first = await rose.say(circle.id, "Without the bus")
    await dot.expect("entry", seq=first["seq"], within=PROMISED)
    await grown_house.valkey.restart()
    second = await rose.say(circle.id, "With the bus")
    await dot.expect("entry", seq=second["seq"], within=PROMISED)
