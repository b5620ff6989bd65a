"""The seven promises of protocol.md, each by name, on both stacks."""

import asyncio

from tests.support.circle import Circle
from tests.support.client import new_ref
from tests.support.house import House
from tests.support.locking import nothing_can_be_written
from tests.support.reader import shown
from tests.support.talking import talking
from tests.support.waiting import PROMISED, until

REACTIONS = ["hear_you", "thank_you", "me_too", "well_done"]


async def test_promise_1_durable_before_seen_nobody_hears_what_cannot_be_committed(house: House):
    circle = await house.circle()
    rose, harold, dot = await circle.enter(circle.rose, circle.harold, circle.dot)
    ref = new_ref()
    async with nothing_can_be_written(house):
        await rose.send("say", room=circle.id, ref=ref, text="Not yet")
        for _ in range(100):
            await harold.pong()
            await dot.pong()
        assert rose.heard("said") + dot.heard("entry") + harold.heard("entry") == []
    said = await rose.expect("said", ref=ref)
    for live in (harold, dot):
        assert (await live.expect("entry", ref=ref))["seq"] == said["seq"]


async def test_promise_1_durable_before_seen_what_was_said_survives_kill_9(house: House):
    circle = await house.circle()
    for number in range(3):
        rose = await circle.rose.enter(circle.id, door=0)
        await rose.say(circle.id, f"Kept {number}")
        house.door(0).kill()
        await house.door(0).start()
    entries = await circle.rose.history(circle.id, door=0)
    assert [entry["text"] for entry in entries] == ["Kept 0", "Kept 1", "Kept 2"]


async def test_promise_2_one_order_for_everybody(house: House):
    circle = await house.circle(no_limits=True)
    lives = await circle.enter()
    refs = [[new_ref() for _ in range(25)] for _ in lives]

    async def talk(number: int) -> None:
        for ref in refs[number]:
            await lives[number].send("say", room=circle.id, ref=ref, text=ref)
            said = await lives[number].expect("said", ref=ref)
            if said["seq"] % 5 == 0:
                await lives[number].react(circle.id, said["seq"], REACTIONS[number % 4])

    await asyncio.gather(*(talk(number) for number in range(len(lives))))
    everything = {ref for line in refs for ref in line}
    for live in lives:
        for ref in everything:
            await live.expect("entry", ref=ref, where=lambda entry: not any(entry["reactions"].values()))
    fresh = await (await circle.rose.connect()).open(circle.id)
    arrivals = [live.reader.books[circle.id].arrivals for live in lives]
    assert arrivals == [list(range(1, 126))] * len(lives)
    for live in lives:
        book = live.reader.books[circle.id]
        await until(lambda book=book: _has_reached(book, fresh["version"]), what="every version has come")
        assert book.shown()[-50:] == [shown(entry) for entry in fresh["entries"]]


async def _has_reached(book, version: int) -> bool:
    return book.version == version


async def test_promise_3_once_on_screen_however_often_and_wherever_it_is_repeated(circle: Circle):
    sockets = [await circle.rose.connect(door=door) for door in (0, 1, 0, 1)]
    [dot] = await circle.enter(circle.dot)
    refs = [new_ref() for _ in range(5)]
    for ref in refs:
        for live in sockets:
            await live.send("say", room=circle.id, ref=ref, text=ref)
        by_post = circle.rose.post(f"{circle.path}/entries", {"ref": ref, "text": ref}, door=1)
        answers = [await live.expect("said", ref=ref) for live in sockets] + [(await by_post).json()]
        assert len({(answer["seq"], answer["version"]) for answer in answers}) == 1
    for ref in refs:
        await dot.expect("entry", ref=ref)
    assert [entry["text"] for entry in await circle.dot.history(circle.id)] == refs
    assert len(dot.heard("entry")) == 5


async def test_promise_3_once_on_screen_also_after_a_restart(house: House):
    circle = await house.circle()
    rose = await circle.rose.enter(circle.id, door=0)
    said = await rose.say(circle.id, "Once")
    house.door(0).kill()
    await house.door(0).start()
    rose = await circle.rose.enter(circle.id, door=0)
    again = await rose.say(circle.id, "Once", ref=said["ref"])
    assert (again["seq"], again["version"]) == (said["seq"], said["version"])
    assert len(await circle.rose.history(circle.id, door=0)) == 1


async def test_promise_4_nothing_missed_after_any_cut(house: House):
    circle = await house.circle(no_limits=True)
    async with talking(circle.everyone, circle.id) as talk:
        for _ in range(5):
            await talk.goes_on(more=10)
            for device in talk.devices[:3]:
                device.cut()
    assert all(device.comings >= 4 for device in talk.devices[:3])


async def test_promise_4_nothing_missed_from_any_version(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    epoch = rose.frames[0]["epoch"]
    for text in ("One", "Two", "Three"):
        await rose.say(circle.id, text)
    await dot.react(circle.id, 2, "me_too")
    await circle.rose.post(f"{circle.path}/entries/1/remove")
    await dot.react(circle.id, 2, "me_too", on=False)
    latest = await (await circle.mei.connect()).open(circle.id)
    for after in range(latest["version"] + 1):
        late = await circle.mei.connect()
        opened = await late.open(circle.id, after=after, epoch=epoch)
        changed = [entry for entry in latest["entries"] if entry["version"] > after]
        expected = sorted(map(shown, changed), key=lambda entry: entry["version"])
        assert [shown(entry) for entry in opened["entries"]] == expected
        await late.close()


async def test_promise_4_nothing_missed_when_the_bus_loses_the_last_word_of_the_day(grown_house: House):
    circle = await grown_house.circle()
    rose, dot = [await person.enter(circle.id, door=door) for door, person in enumerate((circle.rose, circle.dot))]
    grown_house.valkey.freeze()
    said = await rose.say(circle.id, "Good night")
    await dot.expect("entry", seq=said["seq"], within=PROMISED)
    grown_house.valkey.thaw()


async def test_promise_5_no_private_thing_leaks_when_words_are_removed(circle: Circle):
    secret = f"secret-{new_ref()}"
    rose, dot = await circle.enter(circle.rose, circle.dot)
    epoch = rose.frames[0]["epoch"]
    said = await rose.say(circle.id, secret)
    await dot.react(circle.id, said["seq"], "hear_you")
    await circle.fay.post(f"{circle.path}/entries/{said['seq']}/remove")
    assert secret not in str(await circle.dot.history(circle.id, door=circle.fay.door))
    await dot.expect("entry", seq=said["seq"], state="removed", within=PROMISED)
    for door in (0, 1):
        late = await circle.mei.connect(door=door)
        assert secret not in str(await late.open(circle.id))
        assert secret not in str(await late.open(circle.id, after=0, epoch=epoch))
        assert secret not in str(await circle.dot.history(circle.id, door=door))
        page = await circle.dot.get(f"/rooms/{circle.slug}", door=door, follow_redirects=True)
        assert secret not in page.text
    await rose.say(circle.id, "And on", reply_to=said["seq"])
    assert secret not in str(await dot.expect("entry", text="And on"))


async def test_promise_5_no_private_thing_leaks_while_words_wait(circle: Circle):
    secret = f"secret-{new_ref()}"
    await circle.act(circle.rose, "hold", on=True, reason="A hard week")
    rose, dot, fay = await circle.enter(circle.rose, circle.dot, circle.fay)
    held = await rose.say(circle.id, secret)
    assert held["type"] == "held"
    await circle.fay.post(f"/api/waiting/{held['waiting']}/decline")
    second = await rose.say(circle.id, f"{secret} again")
    await circle.rose.post(f"/api/waiting/{second['waiting']}/withdraw")
    third = await rose.say(circle.id, f"{secret} and again")
    assert third["type"] == "held"
    await fay.say(circle.id, "Good evening")
    await dot.expect("entry", text="Good evening")
    assert secret not in str(dot.frames)
    for path in ("entries", "waiting"):
        assert secret not in (await circle.dot.get(f"{circle.path}/{path}")).text
    for waiting in (held, second, third):
        answer = await circle.dot.post(f"/api/waiting/{waiting['waiting']}/release")
        assert answer.status_code == 404 and secret not in answer.text


async def test_promise_5_no_private_thing_leaks_into_logs_and_metrics(circle: Circle):
    secret = f"secret-{new_ref()}"
    [rose] = await circle.enter(circle.rose)
    await rose.say(circle.id, secret)
    await rose.send("help", ref=new_ref(), room=circle.id, note=secret)
    await rose.expect("helped")
    await rose.send_words(f'{{"type": "say", "text": "{secret}"')
    await rose.send("say", room=circle.id, ref=secret * 20, text=[secret])
    assert secret not in str([await rose.expect("refused") for _ in range(2)])
    bad = await circle.rose.post(f"{circle.path}/entries", {"ref": 7, "text": secret * 500})
    assert secret not in bad.text
    for door in (0, 1):
        assert secret not in (await circle.house.ask("GET", "/metrics", door=door)).text
    assert secret not in circle.house.log
    assert circle.rose.token not in circle.house.log


async def test_promise_5_no_private_thing_leaks_to_a_stranger(house: House):
    circle, elsewhere = await house.circle(), await house.circle()
    sybil = await elsewhere.rose.connect()
    await sybil.expect("welcome")
    refused = await sybil.open(circle.id)
    assert refused["code"] == "not_found"
    rose, dot = await circle.enter(circle.rose, circle.dot)
    await rose.say(circle.id, "Among ourselves")
    await rose.send("typing", room=circle.id)
    await dot.expect("typing")
    await dot.expect("entry", text="Among ourselves")
    await sybil.pong()
    assert {frame["type"] for frame in sybil.frames} == {"welcome", "refused", "pong"}


async def test_promise_6_a_slow_reader_harms_nobody_else(house: House):
    circle = await house.circle(no_limits=True)
    stuck = await circle.mei.connect_by_hand(receive_buffer=2048)
    await stuck.send_json(type="open", room=circle.id)
    rose, dot = [await person.enter(circle.id, door=0) for person in (circle.rose, circle.dot)]
    for number in range(700):
        said = await rose.say(circle.id, f"{number} " + "🧶" * 3000)
        await dot.expect("entry", seq=said["seq"], within=PROMISED)
    await stuck.cut(within=PROMISED)


async def test_promise_7_help_is_never_refused(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    await circle.act(circle.rose, "mute", until="2099-01-01T00:00:00.000Z", reason="Shouting")
    for _ in range(12):
        await rose.send("say", room=circle.id, ref=new_ref(), text="Quick")
    await rose.send("help", ref=new_ref(), room=circle.id, note="n" * 20_000)
    first = await rose.expect("helped")
    await circle.act(circle.rose, "remove", reason="A rest is needed")
    again = {}
    for place in ({"room": circle.id}, {"room": "nowhere"}, {}):
        ref = new_ref()
        await rose.send("help", ref=ref, **place)
        again[ref] = await rose.expect("helped", ref=ref)
    assert {answer["incident"] for answer in again.values()} == {first["incident"]}
    assert all(answer["message"] for answer in again.values())
    await dot.pong()


async def test_promise_7_help_is_stored_before_it_is_answered(house: House):
    circle = await house.circle()
    rose = await circle.rose.enter(circle.id, door=0)
    ref = new_ref()
    await rose.send("help", ref=ref, room=circle.id, note="I fell")
    helped = await rose.expect("helped", ref=ref)
    house.door(0).kill()
    await house.door(0).start()
    rose = await circle.rose.connect(door=0)
    await rose.send("help", ref=ref)
    assert (await rose.expect("helped", ref=ref))["incident"] == helped["incident"]
    await rose.send("help", ref=new_ref())
    assert (await rose.expect("helped"))["incident"] == helped["incident"]


async def test_promise_7_staff_who_are_signed_in_are_told_of_a_call_for_help(house: House):
    circle = await house.circle()
    asha = await (await house.welcome("Asha", "responder", door=1)).connect()
    await asha.expect("welcome")
    rose = await circle.rose.connect()
    await rose.send("help", ref=new_ref(), room=circle.id)
    helped = await rose.expect("helped")
    alert = await asha.expect("alert", incident=helped["incident"])
    assert isinstance(alert["kind"], str)
    dot = await circle.dot.connect()
    await dot.pong()
    assert dot.heard("alert") == []
