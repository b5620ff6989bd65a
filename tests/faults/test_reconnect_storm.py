import pytest

from tests.support.house import House
from tests.support.talking import talking

pytestmark = pytest.mark.faults

MEMBERS = 30


async def test_everybody_cut_at_once_comes_back_and_has_missed_nothing(house: House):
    [circle] = await house.seed(rooms=1, members=MEMBERS, no_limits=True)
    watcher = await circle.fay.enter(circle.id)
    async with talking(circle.members, circle.id, pause=2) as talk:
        for _ in range(3):
            await talk.goes_on(more=30)
            for device in talk.devices:
                device.cut()
            await watcher.pong()
        await talk.goes_on(more=30)
    assert all(device.comings >= 4 for device in talk.devices)
