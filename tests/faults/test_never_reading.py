import pytest

from tests.support.house import House
from tests.support.talking import talking
from tests.support.waiting import PROMISED

pytestmark = pytest.mark.faults

ROUNDS = 500


async def test_readers_that_never_read_are_cut_and_the_others_miss_nothing(house: House):
    [circle] = await house.seed(rooms=1, members=6, no_limits=True)
    stuck = [await member.connect_by_hand(receive_buffer=2048) for member in circle.members[4:]]
    for raw in stuck:
        await raw.send_json(type="open", room=circle.id)
    async with talking(circle.members[:3], circle.id):
        fay = await circle.fay.connect(door=0)
        for number in range(ROUNDS):
            await fay.say(circle.id, f"{number} " + "🧶" * 3500)
        for raw in stuck:
            await raw.cut(within=PROMISED)
