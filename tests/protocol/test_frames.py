import pytest

from tests.protocol.shapes import REACTIONS, is_id, is_time, require_entry
from tests.support.circle import Circle
from tests.support.client import new_ref

LIMITS = {"text": 4000, "frame": 65536, "say_per_10s": 10, "rooms": 64, "sockets": 8}


async def test_welcome_is_first_and_tells_who_when_and_how_much(circle: Circle):
    rose = await circle.rose.connect()
    welcome = await rose.expect("welcome")
    assert rose.frames[0] is welcome
    assert welcome["you"] == {"id": await circle.rose.id(), "name": circle.rose.name, "roles": ["member"]}
    assert is_time(welcome["server_time"])
    assert isinstance(welcome["epoch"], str) and welcome["epoch"]
    assert welcome["limits"] == LIMITS


async def test_every_door_tells_the_same_epoch(circle: Circle):
    lives = [await circle.rose.connect(door=door) for door in (0, 1)]
    assert len({(await live.expect("welcome"))["epoch"] for live in lives}) == 1


async def test_opened_shows_the_room_its_people_and_what_i_can_do(circle: Circle):
    rose = await circle.rose.connect()
    opened = await rose.open(circle.id)
    assert (opened["room"], opened["kind"], opened["more"]) == (circle.id, "group", False)
    assert isinstance(opened["title"], str) and isinstance(opened["version"], int)
    assert {person["id"] for person in opened["people"]} == {await one.id() for one in circle.everyone}
    assert all({"id", "name", "roles", "here"} <= set(person) for person in opened["people"])
    assert {"say", "react"} <= set(opened["can"])
    assert "reset" not in opened or not opened["reset"]
    fay = await circle.fay.connect()
    assert "remove" in (await fay.open(circle.id))["can"]
    assert "remove" not in opened["can"]


async def test_a_saying_is_answered_and_everyone_gets_its_entry(circle: Circle):
    lives = await circle.enter()
    ref = new_ref()
    said = await lives[0].say(circle.id, "Good morning", ref=ref)
    assert (said["type"], said["room"], said["ref"]) == ("said", circle.id, ref)
    for live in lives:
        entry = await live.expect("entry", ref=ref)
        require_entry(entry)
        assert (entry["room"], entry["kind"], entry["text"]) == (circle.id, "message", "Good morning")
        assert (entry["seq"], entry["version"]) == (said["seq"], said["version"])
        assert entry["author"] == {"id": await circle.rose.id(), "name": circle.rose.name}
        assert entry["reactions"] == {} or not any(entry["reactions"].values())


async def test_an_answer_names_what_it_answers(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    said = await rose.say(circle.id, "Who has tea?")
    await dot.expect("entry", seq=said["seq"])
    await dot.say(circle.id, "I do", reply_to=said["seq"])
    assert (await rose.expect("entry", text="I do"))["reply_to"] == said["seq"]


async def test_saying_needs_no_opening(circle: Circle):
    rose = await circle.rose.connect()
    [dot] = await circle.enter(circle.dot)
    assert (await rose.say(circle.id, "From the doorstep"))["type"] == "said"
    await dot.expect("entry", text="From the doorstep")


async def test_every_open_socket_of_the_author_gets_the_entry(circle: Circle):
    kitchen, bedroom = [await circle.rose.enter(circle.id, door=door) for door in (0, 1)]
    said = await kitchen.say(circle.id, "On both tablets")
    for live in (kitchen, bedroom):
        await live.expect("entry", ref=said["ref"])
    assert bedroom.heard("said") == []


@pytest.mark.parametrize("reaction", sorted(REACTIONS))
async def test_a_reaction_is_answered_with_the_entrys_version(circle: Circle, reaction: str):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    said = await rose.say(circle.id, "My daughter called")
    await dot.expect("entry", seq=said["seq"])
    answer = await dot.react(circle.id, said["seq"], reaction)
    assert (answer["type"], answer["seq"], answer["version"]) == ("said", said["seq"], said["version"] + 1)
    changed = await rose.expect("entry", seq=said["seq"], version=answer["version"])
    assert changed["reactions"][reaction] == [await circle.dot.id()]
    back = await dot.react(circle.id, said["seq"], reaction, on=False)
    changed = await rose.expect("entry", seq=said["seq"], version=back["version"])
    assert not changed["reactions"].get(reaction)


async def test_a_reaction_that_changes_nothing_takes_no_version(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    said = await rose.say(circle.id, "Hello")
    first = await dot.react(circle.id, said["seq"], "me_too")
    again = await dot.react(circle.id, said["seq"], "me_too")
    assert again["version"] == first["version"]
    assert (await rose.say(circle.id, "Next"))["version"] == first["version"] + 1


async def test_an_unknown_reaction_is_refused(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    said = await rose.say(circle.id, "Hello")
    assert (await rose.react(circle.id, said["seq"], "angry"))["code"] == "invalid"
    assert (await rose.react(circle.id, 4711, "me_too"))["code"] == "not_found"


async def test_help_is_answered_by_helped(circle: Circle):
    rose = await circle.rose.connect()
    ref = new_ref()
    await rose.send("help", ref=ref, room=circle.id, note="I fell")
    helped = await rose.expect("helped", ref=ref)
    assert is_id(helped["incident"]) and helped["message"]


async def test_ping_is_answered_by_pong_with_the_same_at(circle: Circle):
    rose = await circle.rose.connect()
    await rose.send("ping", at="tea-time")
    assert (await rose.expect("pong"))["at"] == "tea-time"
    await rose.send("ping")
    await rose.expect("pong")


async def test_unknown_fields_are_ignored(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    assert (await rose.say(circle.id, "Hello", colour="red"))["type"] == "said"


async def test_no_compression_is_agreed(circle: Circle):
    rose = await circle.rose.connect(compression="deflate")
    assert rose.socket.protocol.extensions == []
