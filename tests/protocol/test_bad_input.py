import json
from collections.abc import AsyncIterator

import pytest

from tests.protocol.shapes import require_problem
from tests.support.circle import Circle
from tests.support.client import Live, new_ref
from tests.support.house import House

NOT_JSON = ["hello", "", "{", "nul", "\ufeff{}", "{'type': 'ping'}", '{"type": "ping"', "[" * 5000]
NOT_FRAMES = [
    "[]",
    "42",
    '"ping"',
    "null",
    "true",
    "{}",
    '{"type": 7}',
    '{"type": null}',
    '{"type": ["ping"]}',
]
REF = "b6c0f6a2-7e0e-4d61-9a53-0c8f4a4d7e11"
WRONG_TYPES = [
    {"type": "say", "room": 7, "ref": REF, "text": "Hello"},
    {"type": "say", "ref": REF, "text": "Hello"},
    {"type": "say", "room": "{room}", "ref": 7, "text": "Hello"},
    {"type": "say", "room": "{room}", "text": "Hello"},
    {"type": "say", "room": "{room}", "ref": REF},
    {"type": "say", "room": "{room}", "ref": REF, "text": None},
    {"type": "say", "room": "{room}", "ref": REF, "text": ["Hello"]},
    {"type": "say", "room": "{room}", "ref": REF, "text": "Hello", "reply_to": "one"},
    {"type": "say", "room": "{room}", "ref": REF, "text": "Hello", "reply_to": 10**30},
    {"type": "open"},
    {"type": "open", "room": ["{room}"]},
    {"type": "open", "room": "{room}", "after": "x"},
    {"type": "open", "room": "{room}", "after": -1},
    {"type": "open", "room": "{room}", "after": 10**30},
    {"type": "open", "room": "{room}", "after": 1, "epoch": 7},
    {"type": "leave"},
    {"type": "react", "room": "{room}", "ref": REF, "seq": "1", "reaction": "me_too", "on": True},
    {"type": "react", "room": "{room}", "ref": REF, "seq": 1, "reaction": 7, "on": True},
    {"type": "react", "room": "{room}", "ref": REF, "seq": 1, "reaction": "me_too", "on": "maybe"},
    {"type": "seen", "room": "{room}", "seq": "one"},
    {"type": "seen", "room": "{room}", "seq": -5},
    {"type": "typing"},
]
TRICKY = {
    "markup": '<script>alert(1)</script><img src=x onerror=alert(1)> & "quotes" \'',
    "right to left": "\u202egnidaer\u202c \u2066inside\u2069",
    "emoji families": "👩‍👩‍👧‍👦" * 200,
    "zalgo": "h" + "\u0335" * 100 + "\u0321" * 100,
    "sql": "'); DROP TABLE entries; --",
    "templates": "{{ 7 * 7 }} ${7*7} %(name)s {name} %s \\u0000",
    "null in words": "\\x00 &#0; \\0",
    "line breaks": "one\ntwo\n\n\nthree\tfour",
}


@pytest.fixture
async def dot(circle: Circle) -> AsyncIterator[Live]:
    """Dot is in the room all the while; at the end she still hears what is said there, and no log is upset."""
    [dot] = await circle.enter(circle.dot)
    upsets = circle.house.log.count("Traceback")
    yield dot
    assert circle.house.log.count("Traceback") == upsets
    by_post = await circle.mei.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "All well?"})
    assert by_post.status_code == 201
    await dot.expect("entry", text="All well?")


@pytest.fixture
async def rose(circle: Circle, dot: Live) -> AsyncIterator[Live]:
    """Rose's socket takes it all, and still works at the end."""
    [rose] = await circle.enter(circle.rose)
    yield rose
    assert (await rose.say(circle.id, "Still here"))["type"] == "said"
    await dot.expect("entry", text="Still here")


@pytest.mark.parametrize("words", NOT_JSON, ids=range(len(NOT_JSON)))
async def test_what_is_not_json_is_refused_as_bad_json(rose: Live, words: str):
    await rose.send_words(words)
    assert (await rose.expect("refused"))["code"] == "bad_json"


@pytest.mark.parametrize("words", NOT_FRAMES)
async def test_json_that_is_no_frame_is_refused(rose: Live, words: str):
    await rose.send_words(words)
    assert (await rose.expect("refused"))["code"] in ("bad_json", "invalid", "unknown_type")


async def test_an_unknown_type_is_refused_as_such(rose: Live):
    await rose.send("dance", ref="1", room="x")
    refused = await rose.expect("refused")
    assert refused["code"] == "unknown_type" and refused["message"]


@pytest.mark.parametrize("frame", WRONG_TYPES, ids=range(len(WRONG_TYPES)))
async def test_wrong_types_are_refused_as_invalid(circle: Circle, rose: Live, frame: dict):
    await rose.send_words(json.dumps(frame).replace("{room}", circle.id))
    refused = await rose.expect("refused")
    assert refused["code"] in ("invalid", "not_found")
    assert "Traceback" not in refused["message"] and len(refused["message"]) < 300
    assert rose.heard("said") == []


@pytest.mark.parametrize("fields", [{}, {"ref": {"a": 1}}, {"room": 7}, {"note": ["fell"]}], ids=range(4))
async def test_a_call_for_help_is_heard_in_whatever_form(rose: Live, fields: dict):
    await rose.send("help", **fields)
    assert (await rose.expect("helped"))["incident"]


async def test_binary_frames_are_refused_or_closed_and_harm_nobody(circle: Circle, dot: Live):
    rose = await circle.rose.connect()
    await rose.expect("welcome")
    await rose.send_words(b'{"type": "ping"}')
    answered = await rose.expect("refused", "pong") if rose.is_open else {"code": "bad_json"}
    assert answered.get("code") == "bad_json"


@pytest.mark.parametrize("type", ["open", "say", "react", "typing", "seen"])
async def test_an_unknown_room_and_a_strangers_room_are_refused_alike(house: House, rose: Live, type: str):
    theirs = await house.circle()
    fields = {"ref": REF, "text": "Hello", "seq": 1, "reaction": "me_too", "on": True}
    refusals = []
    for room in ("nowhere", theirs.id):
        await rose.send(type, room=room, **fields)
        refusals.append(await rose.expect("refused", room=room))
    assert {refused["code"] for refused in refusals} == {"not_found"}
    assert len({refused["message"] for refused in refusals}) == 1
    assert await theirs.rose.history(theirs.id) == []


@pytest.mark.parametrize("words", TRICKY.values(), ids=TRICKY)
async def test_tricky_words_come_through_as_they_are(rose: Live, dot: Live, circle: Circle, words: str):
    said = await rose.say(circle.id, words)
    assert (await dot.expect("entry", ref=said["ref"]))["text"] == words
    assert (await circle.mei.history(circle.id))[-1]["text"] == words


async def test_control_characters_are_dropped_and_line_ends_are_one_kind(rose: Live, dot: Live, circle: Circle):
    said = await rose.say(circle.id, "a\x00b\x07c\x1b[31md\x7fe\x85f\r\ng\th")
    assert (await dot.expect("entry", ref=said["ref"]))["text"] == "abc[31mdef\ng\th"


async def test_half_a_character_is_replaced(rose: Live, dot: Live, circle: Circle):
    ref = new_ref()
    await rose.send_words(json.dumps({"type": "say", "room": circle.id, "ref": ref, "text": "Tea \ud83d time"}))
    assert (await dot.expect("entry", ref=ref))["text"] == "Tea \ufffd time"


async def test_ten_thousand_emoji_are_too_long(rose: Live, circle: Circle):
    assert (await rose.say(circle.id, "🫖" * 10_000))["code"] == "too_long"
    by_post = await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "🫖" * 10_000})
    assert by_post.json()["code"] == "too_long"


async def test_markup_in_a_name_stays_words(house: House):
    name = "<b>Rose</b>\u202e<script>alert(1)</script>"
    person = await house.welcome(name, room="thursday-tea")
    assert "<b>Rose</b>" in (await person.get("/api/me")).json()["name"]
    page = await person.get("/", follow_redirects=True)
    assert "<script>alert(1)" not in page.text and "<b>Rose</b>" not in page.text


BROKEN_FRAMES = {
    "unmasked": (0x81, b'{"type":"ping"}', False, 1002),
    "reserved opcode": (0x83, b"", True, 1002),
    "reserved bit": (0xC1, b'{"type":"ping"}', True, 1002),
    "long control frame": (0x89, b"x" * 126, True, 1002),
    "stray continuation": (0x80, b"x", True, 1002),
    "bad utf-8": (0x81, b"\xff\xfe\xfd", True, 1007),
}


@pytest.mark.parametrize("broken", BROKEN_FRAMES.values(), ids=BROKEN_FRAMES)
async def test_a_broken_frame_closes_its_own_socket(circle: Circle, dot: Live, broken: tuple):
    first_byte, payload, masked, code = broken
    raw = await circle.rose.connect_by_hand()
    await raw.send_frame(first_byte, payload, masked=masked)
    assert await raw.close_code() == code


async def test_a_flood_of_frames_harms_nobody(circle: Circle, dot: Live):
    [rose] = await circle.enter(circle.rose)
    for number in range(300):
        await rose.send("ping", at=str(number))
        await rose.send_words("x")
    await dot.pong()
    await rose.expect("pong", at="299")
    assert len(rose.heard("refused", code="bad_json")) >= 299


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"ref": 1, "text": 2}', '{"text": "a"}'])
async def test_a_bad_body_is_refused_with_a_problem(circle: Circle, body: str):
    headers = {"Content-Type": "application/json"}
    answer = await circle.rose.ask("POST", f"{circle.path}/entries", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    problem = require_problem(answer, answer.status_code, answer.json()["code"])
    assert problem["code"] in ("invalid", "bad_json")
