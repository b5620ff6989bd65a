import pytest

from tests.protocol.shapes import is_id, is_time, require_problem
from tests.support.circle import Circle
from tests.support.client import Live, new_ref


async def post(circle: Circle, ref: str, text: str = "May I?"):
    return await circle.rose.post(f"{circle.path}/entries", {"ref": ref, "text": text})


@pytest.fixture
async def held(circle: Circle) -> tuple[Circle, Live, dict]:
    """Rose's words are held for review, and one of them waits."""
    await circle.act(circle.rose, "hold", on=True, reason="A hard week")
    [rose] = await circle.enter(circle.rose)
    frame = await rose.say(circle.id, "May I?")
    assert frame["type"] == "held"
    return circle, rose, frame


async def test_in_the_book_it_is_said_with_its_first_place_for_ever(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    first = await rose.say(circle.id, "Hello")
    await dot.react(circle.id, first["seq"], "hear_you")
    again = await rose.say(circle.id, "Hello", ref=first["ref"])
    assert (again["type"], again["seq"], again["version"]) == ("said", first["seq"], first["version"])
    by_post = await post(circle, first["ref"])
    assert by_post.status_code == 201
    assert (by_post.json()["seq"], by_post.json()["version"]) == (first["seq"], first["version"])


async def test_removed_it_is_still_said(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    first = await rose.say(circle.id, "Hello")
    await circle.rose.post(f"{circle.path}/entries/{first['seq']}/remove")
    again = await rose.say(circle.id, "Hello", ref=first["ref"])
    assert (again["type"], again["seq"], again["version"]) == ("said", first["seq"], first["version"])
    assert (await post(circle, first["ref"])).status_code == 201


async def test_a_ref_belongs_to_its_author_and_its_room(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    first = await rose.say(circle.id, "Mine")
    other = await dot.say(circle.id, "Mine too", ref=first["ref"])
    assert other["type"] == "said" and other["seq"] == first["seq"] + 1
    next_door = await circle.house.circle()
    elsewhere = await next_door.rose.post(f"{next_door.path}/entries", {"ref": first["ref"], "text": "There"})
    assert (elsewhere.status_code, elsewhere.json()["seq"]) == (201, 1)


async def test_waiting_it_is_held_the_same_again(held: tuple[Circle, Live, dict]):
    circle, rose, frame = held
    assert frame["room"] == circle.id and frame["why"] == "review"
    assert is_id(frame["waiting"]) and frame["message"]
    again = await rose.say(circle.id, "May I?", ref=frame["ref"])
    assert (again["type"], again["waiting"]) == ("held", frame["waiting"])
    answers = [await post(circle, frame["ref"]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["waiting"] == frame["waiting"]
    assert set(answers[0].json()) >= {"waiting", "why", "message"}


async def test_what_waits_is_shown_to_its_author_and_its_reviewer_only(held: tuple[Circle, Live, dict]):
    circle, _, frame = held
    waiting = {
        person.name: (await person.get(f"{circle.path}/waiting")).text
        for person in (circle.rose, circle.fay, circle.dot)
    }
    assert frame["waiting"] in waiting[circle.rose.name]
    assert frame["waiting"] in waiting[circle.fay.name] and "May I?" in waiting[circle.fay.name]
    assert frame["waiting"] not in waiting[circle.dot.name] and "May I?" not in waiting[circle.dot.name]


async def test_nobody_else_may_end_what_waits(held: tuple[Circle, Live, dict]):
    circle, _, frame = held
    for deed in ("release", "decline", "withdraw"):
        answer = await circle.dot.post(f"/api/waiting/{frame['waiting']}/{deed}")
        require_problem(answer, 404, "not_found")
    by_its_author = await circle.rose.post(f"/api/waiting/{frame['waiting']}/release")
    assert by_its_author.status_code in (403, 404)


async def test_released_it_takes_the_place_of_its_release(held: tuple[Circle, Live, dict]):
    circle, rose, frame = held
    [dot] = await circle.enter(circle.dot)
    between = await dot.say(circle.id, "Meanwhile")
    assert (await circle.fay.post(f"/api/waiting/{frame['waiting']}/release")).is_success
    entry = await dot.expect("entry", ref=frame["ref"])
    assert entry["seq"] == between["seq"] + 1 and entry["text"] == "May I?"
    assert is_time(entry["data"]["written_at"])
    await rose.expect("entry", ref=frame["ref"])
    again = await rose.say(circle.id, "May I?", ref=frame["ref"])
    assert (again["type"], again["seq"], again["version"]) == ("said", entry["seq"], entry["version"])
    assert (await post(circle, frame["ref"])).status_code == 201


async def test_released_twice_it_is_in_the_book_once(held: tuple[Circle, Live, dict]):
    circle, rose, frame = held
    for door in (0, 1):
        await circle.fay.post(f"/api/waiting/{frame['waiting']}/release", door=door)
    await rose.expect("entry", ref=frame["ref"])
    assert [entry["text"] for entry in await circle.rose.history(circle.id)] == ["May I?"]


async def test_declined_it_stays_declined(held: tuple[Circle, Live, dict]):
    circle, rose, frame = held
    assert (await circle.fay.post(f"/api/waiting/{frame['waiting']}/decline")).is_success
    declined = await rose.expect("declined", ref=frame["ref"])
    assert declined["room"] == circle.id and declined["message"]
    again = await rose.say(circle.id, "May I?", ref=frame["ref"])
    assert again["type"] == "declined"
    require_problem(await post(circle, frame["ref"]), 409, "declined")
    late = await circle.fay.post(f"/api/waiting/{frame['waiting']}/release")
    assert late.is_client_error


async def test_withdrawn_it_is_declined_too(held: tuple[Circle, Live, dict]):
    circle, rose, frame = held
    assert (await circle.rose.post(f"/api/waiting/{frame['waiting']}/withdraw")).is_success
    assert (await rose.say(circle.id, "May I?", ref=frame["ref"]))["type"] == "declined"
    require_problem(await post(circle, frame["ref"]), 409, "declined")


async def test_once_no_longer_held_new_words_go_straight_in(held: tuple[Circle, Live, dict]):
    circle, rose, _ = held
    await circle.act(circle.rose, "hold", on=False, reason="All is well")
    assert (await rose.say(circle.id, "Thank you"))["type"] == "said"


async def test_a_ref_that_is_no_uuid_is_refused(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    await rose.send("say", room=circle.id, ref="x" * 500, text="Hello")
    assert (await rose.expect("refused"))["code"] == "invalid"
    require_problem(await post(circle, "x" * 500), 422, "invalid")
    assert (await post(circle, new_ref())).json()["seq"] == 1
