import pytest

from tests.support.client import new_ref
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.waiting import PROMISED

pytestmark = pytest.mark.faults

KILLED = -9


async def test_a_word_committed_by_a_process_that_died_before_telling_reaches_the_others(houses: Houses):
    house = await houses.build("grown")
    await house.serve(program="tests.support.faulty")
    await house.serve()
    circle = await house.circle()
    rose = await circle.rose.enter(circle.id, door=0)
    dot = await circle.dot.enter(circle.id, door=1)
    ref = new_ref()
    await rose.send("say", room=circle.id, ref=ref, text="Then silence")
    assert await house.door(0).process.ended() == KILLED
    entry = await dot.expect("entry", text="Then silence", within=PROMISED)
    rose = await circle.rose.enter(circle.id, door=1)
    said = await rose.say(circle.id, "Then silence", ref=ref)
    assert (said["type"], said["seq"], said["version"]) == ("said", entry["seq"], entry["version"])
    assert len(await circle.rose.history(circle.id, door=1)) == 1
    await end(house)


async def test_on_one_machine_the_word_is_there_when_it_comes_back_and_stays_one(houses: Houses):
    house = await houses.build("embedded")
    await house.serve(program="tests.support.faulty")
    circle = await house.circle()
    rose, dot = await circle.enter(circle.rose, circle.dot)
    ref, epoch = new_ref(), dot.frames[0]["epoch"]
    await rose.send("say", room=circle.id, ref=ref, text="Then silence")
    assert await house.door(0).process.ended() == KILLED
    await rose.closed()
    assert rose.heard("said") + dot.heard("entry") == []
    await house.door(0).start()
    dot = await circle.dot.connect()
    opened = await dot.open(circle.id, after=0, epoch=epoch)
    assert [entry["text"] for entry in opened["entries"]] == ["Then silence"]
    rose = await circle.rose.connect()
    assert (await rose.say(circle.id, "Then silence", ref=ref))["seq"] == 1
    assert len(await circle.rose.history(circle.id)) == 1
    await end(house)


async def end(house: House) -> None:
    await house.hang_up()
    await house.close()
