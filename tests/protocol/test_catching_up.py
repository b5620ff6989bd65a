import pytest

from tests.support.circle import Circle
from tests.support.client import new_ref
from tests.support.house import House


async def test_opened_brings_the_newest_fifty(house: House):
    circle = await house.circle(no_limits=True)
    [rose] = await circle.enter(circle.rose)
    for number in range(1, 56):
        await rose.say(circle.id, f"Line {number}")
    dot = await circle.dot.connect()
    opened = await dot.open(circle.id)
    assert [entry["text"] for entry in opened["entries"]] == [f"Line {number}" for number in range(6, 56)]
    assert opened["more"] is True


async def test_opening_after_a_version_brings_only_what_changed(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    first = await rose.say(circle.id, "One")
    two = await rose.say(circle.id, "Two")
    await rose.say(circle.id, "Three")
    await dot.react(circle.id, first["seq"], "thank_you")
    again = await circle.mei.connect()
    epoch = (await again.expect("welcome"))["epoch"]
    opened = await again.open(circle.id, after=two["version"], epoch=epoch)
    assert [entry["text"] for entry in opened["entries"]] == ["Three", "One"]
    assert [entry["version"] for entry in opened["entries"]] == [3, 4]
    assert opened["more"] is False and not opened.get("reset")


async def test_opening_after_the_newest_version_brings_nothing(circle: Circle):
    rose = await circle.rose.connect()
    epoch = (await rose.expect("welcome"))["epoch"]
    said = await rose.say(circle.id, "One")
    opened = await rose.open(circle.id, after=said["version"], epoch=epoch)
    assert opened["entries"] == [] and opened["version"] == said["version"] and not opened.get("reset")


@pytest.mark.parametrize("position", [{"epoch": "another-life"}, {"after": 4711}])
async def test_a_position_that_the_server_does_not_know_is_reset(circle: Circle, position: dict):
    rose = await circle.rose.connect()
    epoch = (await rose.expect("welcome"))["epoch"]
    await rose.say(circle.id, "One")
    opened = await rose.open(circle.id, **{"after": 0, "epoch": epoch, **position})
    assert opened["reset"] is True
    assert [entry["text"] for entry in opened["entries"]] == ["One"]


async def test_too_far_behind_is_reset_to_the_newest_fifty(house: House):
    circle = await house.circle(no_limits=True)
    [rose] = await circle.enter(circle.rose)
    epoch = (await rose.expect("welcome"))["epoch"]
    refs = [new_ref() for _ in range(502)]
    for ref in refs:
        await rose.send("say", room=circle.id, ref=ref, text="A line")
    for ref in refs:
        await rose.expect("said", ref=ref)
    dot = await circle.dot.connect()
    opened = await dot.open(circle.id, after=1, epoch=epoch)
    assert opened["reset"] is True and opened["more"] is True
    assert [entry["seq"] for entry in opened["entries"]] == list(range(453, 503))
    near = await circle.mei.connect()
    opened = await near.open(circle.id, after=2, epoch=epoch)
    assert not opened.get("reset") and len(opened["entries"]) == 500


async def test_many_long_changes_are_reset_to_what_fits(house: House):
    circle = await house.circle(no_limits=True)
    [rose] = await circle.enter(circle.rose)
    epoch = (await rose.expect("welcome"))["epoch"]
    for number in range(30):
        await rose.say(circle.id, f"{number} " + "🕯" * 3900)
    dot = await circle.dot.connect()
    opened = await dot.open(circle.id, after=0, epoch=epoch)
    assert opened["reset"] is True
    assert 4 <= len(opened["entries"]) <= 17, "as many as fit 256 KiB"
    assert opened["entries"][-1]["text"].startswith("29 ")
