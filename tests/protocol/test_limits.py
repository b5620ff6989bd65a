import asyncio

from tests.cast import WALTER
from tests.protocol.shapes import require_problem
from tests.support.circle import Circle
from tests.support.client import new_ref
from tests.support.house import House
from tests.support.waiting import until

LONGEST = 4000


async def test_four_thousand_letters_pass_and_one_more_is_too_long(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    assert (await rose.say(circle.id, "a" * LONGEST))["type"] == "said"
    assert (await rose.say(circle.id, "a" * (LONGEST + 1)))["code"] == "too_long"
    by_post = await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "a" * (LONGEST + 1)})
    assert by_post.json()["code"] == "too_long"


async def test_length_is_counted_in_code_points_after_normalising_and_trimming(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    e_and_accent = "e\u0301"
    said = await rose.say(circle.id, "  " + e_and_accent * LONGEST + "\n ")
    assert said["type"] == "said"
    assert (await dot.expect("entry", seq=said["seq"]))["text"] == "\u00e9" * LONGEST


async def test_empty_words_are_refused(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    assert (await rose.say(circle.id, " \n\t "))["code"] == "invalid"
    by_post = await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "  "})
    require_problem(by_post, 422, "invalid")


async def test_the_eleventh_saying_in_ten_seconds_is_too_fast_and_may_be_repeated(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    quick = [new_ref() for _ in range(11)]
    for ref in quick:
        await rose.send("say", room=circle.id, ref=ref, text=ref)
    answers = {ref: await rose.expect("said", "refused", ref=ref) for ref in quick}
    assert [answers[ref]["type"] for ref in quick] == ["said"] * 10 + ["refused"]
    refused = answers[quick[10]]
    assert refused["code"] == "too_fast" and 0 < refused["retry_after_ms"] <= 10_000
    known = await rose.say(circle.id, quick[0], ref=quick[0])
    assert known["seq"] == answers[quick[0]]["seq"], "a known ref is looked up before any limit"
    assert (await dot.say(circle.id, "My turn"))["type"] == "said"
    await asyncio.sleep(refused["retry_after_ms"] / 1000)
    assert (await rose.say(circle.id, quick[10], ref=quick[10]))["type"] == "said"


async def test_the_limit_is_a_persons_not_a_sockets(circle: Circle):
    sockets = [await circle.rose.connect(door=0) for _ in range(3)]
    refs = [new_ref() for _ in range(12)]
    for number, ref in enumerate(refs):
        await sockets[number % 3].send("say", room=circle.id, ref=ref, text="Quick")
    answers = [await sockets[number % 3].expect("said", "refused", ref=ref) for number, ref in enumerate(refs)]
    assert sum(answer["type"] == "said" for answer in answers) == 10


async def test_too_fast_over_http_says_when_to_come_back(circle: Circle):
    answers = [await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "Quick"}) for _ in range(11)]
    assert [answer.status_code for answer in answers[:10]] == [201] * 10
    require_problem(answers[10], 429, "too_fast")


async def test_help_knows_no_rate_limit(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    for _ in range(11):
        await rose.send("say", room=circle.id, ref=new_ref(), text="Quick")
    refs = [new_ref() for _ in range(15)]
    for ref in refs:
        await rose.send("help", ref=ref)
    answers = [await rose.expect("helped", ref=ref) for ref in refs]
    assert len({answer["incident"] for answer in answers}) == 1


async def test_a_person_has_eight_sockets_and_no_more(circle: Circle):
    [dot] = await circle.enter(circle.dot)
    nine = [await circle.rose.connect(door=0) for _ in range(9)]

    async def one_is_closed() -> bool:
        return sum(live.is_open for live in nine) == 8

    await until(one_is_closed, what="one of nine is closed")
    for live in [live for live in nine if live.is_open] + [dot]:
        await live.pong()


async def test_a_socket_has_sixty_four_rooms_open_and_no_more(house: House):
    slugs = [f"room-of-many-{number}" for number in range(65)]
    walter = await house.sign_in(await house.invite(WALTER.name, rooms=slugs))
    *most, last = [room["id"] for room in (await walter.get("/api/rooms")).json()]
    live = await walter.connect()
    assert {(await live.open(room))["type"] for room in most} == {"opened"}
    assert (await live.open(last))["code"] == "not_allowed"
    await live.leave(most[0])
    assert (await live.open(last))["type"] == "opened"


async def test_a_frame_of_64_kib_is_read_and_a_larger_one_closes_its_socket_with_1009(circle: Circle):
    [dot] = await circle.enter(circle.dot)
    rose = await circle.rose.connect()
    await rose.send_words(f'{{"type":"ping","at":"{"a" * (65_536 - 23)}"}}')
    await rose.expect("pong")
    await rose.send_words(f'{{"type":"ping","at":"{"a" * (65_536 - 22)}"}}')
    assert await rose.closed() == 1009
    await dot.pong()


async def test_a_frame_of_a_megabyte_closes_its_socket_and_nobody_elses(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    await rose.send_words("x" * 1_000_000)
    assert await rose.closed() == 1009
    await dot.pong()
    back = await circle.rose.enter(circle.id)
    assert (await back.say(circle.id, "Here again"))["type"] == "said"
    await dot.expect("entry", text="Here again")


async def test_a_large_body_is_refused_over_http(circle: Circle):
    body = {"ref": new_ref(), "text": "a" * 1_000_000}
    answer = await circle.rose.post(f"{circle.path}/entries", body)
    assert answer.status_code in (413, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")
