import pytest

from tests.support.house import House
from tests.support.locking import nothing_can_be_written
from tests.support.talking import talking
from tests.support.waiting import until

pytestmark = pytest.mark.faults


async def test_a_database_locked_by_another_process_delays_words_and_loses_none(house: House):
    circle = await house.circle(no_limits=True)
    async with talking(circle.everyone, circle.id) as talk:
        for _ in range(3):
            await talk.goes_on(more=20)
            async with nothing_can_be_written(house):
                await until(lambda: words_pile_up(talk.devices), within=60, what="words pile up")


async def words_pile_up(devices: list) -> bool:
    return all(len(device.outbox) >= 8 for device in devices)
