import pytest

from tests.protocol.shapes import is_id, require_entry, require_problem
from tests.support.circle import Circle
from tests.support.client import new_ref
from tests.support.house import House

LATER = "2099-01-01T00:00:00.000Z"
DESCRIBED = {
    "/api/me": "get",
    "/api/rooms": "get",
    "/api/rooms/{id}/entries": "get",
    "/api/rooms/{id}/entries/{seq}/remove": "post",
    "/api/rooms/{id}/entries/{seq}/put-back": "post",
    "/api/rooms/{id}/waiting": "get",
    "/api/waiting/{id}/release": "post",
    "/api/waiting/{id}/decline": "post",
    "/api/waiting/{id}/withdraw": "post",
    "/api/rooms/{id}/people/{person}/mute": "post",
    "/api/rooms/{id}/people/{person}/remove": "post",
    "/api/help": "post",
    "/api/sign-in/card": "post",
}


async def test_me_is_who_i_am(circle: Circle):
    me = (await circle.rose.get("/api/me")).json()
    assert is_id(me["id"]) and me["name"] == circle.rose.name and me["roles"] == ["member"]


async def test_rooms_are_those_that_i_may_enter(circle: Circle):
    [room] = (await circle.rose.get("/api/rooms")).json()
    assert set(room) >= {"id", "slug", "title", "kind", "next_meeting"}
    assert (room["id"], room["slug"], room["kind"]) == (circle.id, circle.slug, "group")


@pytest.mark.parametrize("path", ["/api/me", "/api/rooms", "/api/rooms/x/entries", "/api/rooms/x/waiting"])
async def test_nobody_reads_without_signing_in(house: House, path: str):
    answer = await house.ask("GET", path)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_room_of_others_is_not_found(house: House):
    mine, theirs = await house.circle(), await house.circle()
    paths = [f"{theirs.path}/entries", "/api/rooms/nowhere/entries", f"{theirs.path}/waiting"]
    problems = [require_problem(await mine.rose.get(path), 404, "not_found") for path in paths]
    assert problems[0]["detail"] == problems[1]["detail"]
    said = await mine.rose.post(f"{theirs.path}/entries", {"ref": new_ref(), "text": "Hello"})
    require_problem(said, 404, "not_found")


async def test_history_comes_oldest_first_page_by_page(circle: Circle):
    for number in range(1, 6):
        answer = await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": f"Line {number}"})
        assert answer.status_code == 201
    newest = (await circle.dot.get(f"{circle.path}/entries", params={"limit": 2})).json()
    assert [entry["text"] for entry in newest["entries"]] == ["Line 4", "Line 5"]
    assert newest["more"] is True
    before = newest["entries"][0]["seq"]
    older = (await circle.dot.get(f"{circle.path}/entries", params={"limit": 50, "before": before})).json()
    assert [entry["text"] for entry in older["entries"]][-3:] == ["Line 1", "Line 2", "Line 3"]
    assert older["more"] is False
    for entry in newest["entries"] + older["entries"]:
        require_entry(entry)


@pytest.mark.parametrize("query", ["limit=201", "limit=0", "limit=-1", "limit=many", "before=soon"])
async def test_a_page_that_cannot_be_is_refused_with_the_field_named(circle: Circle, query: str):
    answer = await circle.rose.get(f"{circle.path}/entries?{query}")
    problem = require_problem(answer, 422, "invalid")
    assert [mistake["field"] for mistake in problem["errors"]] == [query.split("=")[0]]
    assert all(isinstance(mistake["message"], str) for mistake in problem["errors"])


async def test_words_sent_over_http_reach_the_sockets(circle: Circle):
    [dot] = await circle.enter(circle.dot)
    ref = new_ref()
    answer = await circle.rose.post(f"{circle.path}/entries", {"ref": ref, "text": "By post"})
    assert answer.status_code == 201
    entry = await dot.expect("entry", ref=ref)
    assert (entry["seq"], entry["version"]) == (answer.json()["seq"], answer.json()["version"])


async def test_the_author_takes_back_within_five_minutes_and_only_the_author(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    said = await rose.say(circle.id, "I wish I had not said this")
    await dot.expect("entry", seq=said["seq"])
    path = f"{circle.path}/entries/{said['seq']}/remove"
    require_problem(await circle.dot.post(path), 403, "not_allowed")
    assert (await circle.rose.post(path)).is_success
    removed = await dot.expect("entry", seq=said["seq"])
    assert removed["state"] == "removed" and removed["text"] is None
    assert removed["version"] == said["version"] + 1


async def test_who_may_moderate_removes_and_puts_back(circle: Circle):
    [dot] = await circle.enter(circle.dot)
    said = (await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "Kept"})).json()
    path = f"{circle.path}/entries/{said['seq']}"
    assert (await circle.fay.post(f"{path}/remove")).is_success
    await dot.expect("entry", seq=said["seq"], state="removed", text=None)
    assert (await circle.fay.post(f"{path}/put-back")).is_success
    back = await dot.expect("entry", seq=said["seq"], text="Kept", where=lambda entry: entry["version"] > 2)
    assert back.get("state") is None


async def test_removing_twice_takes_no_version(circle: Circle):
    [dot] = await circle.enter(circle.dot)
    said = (await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "Once"})).json()
    for _ in range(2):
        assert (await circle.fay.post(f"{circle.path}/entries/{said['seq']}/remove")).is_success
    after = (await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "After"})).json()
    assert after["version"] == said["version"] + 2
    await dot.expect("entry", seq=after["seq"])


async def test_an_entry_that_is_not_there_cannot_be_removed(circle: Circle):
    require_problem(await circle.fay.post(f"{circle.path}/entries/4711/remove"), 404, "not_found")


async def test_help_by_post_is_stored_and_answered(circle: Circle):
    answer = await circle.rose.post("/api/help", {"ref": new_ref(), "room": circle.id, "note": "I fell"})
    assert answer.status_code == 201
    assert is_id(answer.json()["incident"]) and answer.json()["message"]


@pytest.mark.parametrize("deed", ["mute", "remove", "hold"])
async def test_members_may_not_moderate_each_other(circle: Circle, deed: str):
    path = f"{circle.path}/people/{await circle.dot.id()}/{deed}"
    answer = await circle.rose.post(path, {"until": LATER, "reason": "Because", "on": True})
    require_problem(answer, 403, "not_allowed")


async def test_a_muted_member_reads_and_does_not_write(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    known = await rose.say(circle.id, "Before")
    await circle.act(circle.rose, "mute", until=LATER, reason="Please rest.")
    refused = await rose.say(circle.id, "After")
    assert refused["code"] == "muted" and "Please rest." in refused["message"]
    by_post = await circle.rose.post(f"{circle.path}/entries", {"ref": new_ref(), "text": "After"})
    require_problem(by_post, 403, "muted")
    assert (await rose.say(circle.id, "Before", ref=known["ref"]))["seq"] == known["seq"]
    await dot.say(circle.id, "Hello Rose")
    await rose.expect("entry", text="Hello Rose")


async def test_every_call_of_the_contract_is_described(house: House):
    described = (await house.ask("GET", "/api/openapi.json")).json()["paths"]
    shapes = {_nameless(path): set(methods) for path, methods in described.items()}
    missing = {path: method for path, method in DESCRIBED.items() if method not in shapes.get(_nameless(path), ())}
    assert missing == {}


async def test_health_tells_what_is_up(house: House):
    assert (await house.ask("GET", "/health/live")).status_code == 200
    ready = await house.ask("GET", "/health/ready", door=1)
    assert ready.status_code == 200
    assert set(ready.json()) >= {"database", "bus", "paging"}
    assert (await house.ask("GET", "/health/paging")).status_code in (200, 503)


async def test_metrics_are_prometheus_text(house: House):
    answer = await house.ask("GET", "/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain")
    assert "# TYPE " in answer.text


async def test_an_unknown_address_gets_a_problem_too(circle: Circle):
    require_problem(await circle.rose.get("/api/no-such-thing"), 404, "not_found")


def _nameless(path: str) -> str:
    """Two paths are one where they differ in the names of their parameters only."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
