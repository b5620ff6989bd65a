import asyncio
import contextlib

import websockets

from tests.support.circle import Circle
from tests.support.client import Live
from tests.support.house import House
from tests.support.waiting import PROMISED


async def test_a_stopping_server_says_bye_and_closes_with_1012(house: House):
    circle = await house.circle()
    rose, dot = await circle.rose.enter(circle.id, door=0), await circle.dot.enter(circle.id, door=0)
    said = await rose.say(circle.id, "Before the end")
    await dot.expect("entry", seq=said["seq"])
    status = await house.door(0).stop()
    for live in (rose, dot):
        bye = await live.expect("bye")
        assert isinstance(bye["reason"], str) and bye["reconnect_after_ms"] >= 0
        assert await live.closed() == 1012
    assert status in (0, -15)
    await house.door(0).start()
    assert [entry["text"] for entry in await circle.rose.history(circle.id, door=0)] == ["Before the end"]


async def test_no_word_is_lost_while_a_server_stops(house: House):
    circle = await house.circle(no_limits=True)
    rose = await circle.rose.enter(circle.id, door=0)
    saying = asyncio.create_task(_say_until_closed(rose, circle))
    await rose.expect("said")
    await house.door(0).stop()
    await saying
    await house.door(0).start()
    history = {entry["text"]: entry["seq"] for entry in await circle.dot.history(circle.id, door=0)}
    acknowledged = {frame["ref"]: frame["seq"] for frame in rose.heard("said")}
    assert acknowledged and acknowledged.items() <= history.items()


async def _say_until_closed(live: Live, circle: Circle) -> None:
    for number in range(2_000):
        if not live.is_open:
            return
        ref = f"00000000-0000-4000-8000-{number:012d}"
        with contextlib.suppress(websockets.ConnectionClosed):
            await live.send("say", room=circle.id, ref=ref, text=ref)


async def test_signing_out_closes_the_sockets_of_that_sign_in(circle: Circle):
    [rose, dot] = await circle.enter(circle.rose, circle.dot)
    answer = await circle.rose.post("/api/sign-out")
    assert answer.is_success
    assert await rose.closed(within=PROMISED) in (4401, 4409)
    assert (await circle.rose.get("/api/me")).status_code == 401
    await dot.pong()


async def test_somebody_removed_is_told_closed_and_the_socket_lives(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    await circle.act(circle.rose, "remove", reason="A rest is needed")
    closed = await rose.expect("closed", room=circle.id, within=PROMISED)
    assert closed["code"] and closed["message"]
    assert (await rose.say(circle.id, "Hello?"))["code"] == "not_found"
    await rose.pong()
    said = await dot.say(circle.id, "Rose has left us for a while")
    await rose.pong()
    assert rose.heard("entry", ref=said["ref"]) == []
