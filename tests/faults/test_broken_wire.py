import pytest

from tests.support.devices import Device
from tests.support.house import House
from tests.support.proxy import Proxy
from tests.support.talking import Talk, coming, nothing_was_lost

pytestmark = pytest.mark.faults


async def test_a_wire_that_is_reset_or_swallows_everything_loses_nothing(house: House):
    circle = await house.circle(no_limits=True)
    wire = await Proxy.to(house.door(0).port)
    far_away = Device(circle.rose, circle.id, doors=[0], url=f"http://127.0.0.1:{wire.port}")
    await far_away.is_in()
    devices = [far_away, *await coming([circle.dot, circle.mei], circle.id)]
    talk = Talk(devices)
    try:
        await talk.goes_on()
        wire.reset()
        await talk.goes_on(more=40)
        wire.mode = "blackhole"
        await far_away.comes_again(since=far_away.comings)
        wire.mode = "pass"
        await talk.goes_on(more=40)
        await talk.stops()
        await nothing_was_lost(devices)
    finally:
        await talk.stops()
        for device in devices:
            await device.close()
        await wire.close()
