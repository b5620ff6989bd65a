import asyncio

import pytest

from tests.support.house import House
from tests.support.raw import RawSocket
from tests.support.talking import talking

pytestmark = pytest.mark.faults

ROUNDS = 500


async def test_readers_that_never_read_are_cut_and_the_others_miss_nothing(house: House):
    [circle] = await house.seed(rooms=1, members=6, no_limits=True)
    stuck = [
        await RawSocket.connect(house.door(door).port, member.token, receive_buffer=2048)
        for door, member in enumerate(circle.members[4:])
    ]
    for raw in stuck:
        await raw.send_json(type="open", room=circle.id)
    cuts = [asyncio.create_task(raw.cut(within=90)) for raw in stuck]
    async with talking(circle.members[:3], circle.id):
        fay = await circle.fay.connect(door=0)
        for number in range(ROUNDS):
            await fay.say(circle.id, f"{number} " + "🧶" * 3500)
        await asyncio.gather(*cuts)
    for raw in stuck:
        raw.close()
