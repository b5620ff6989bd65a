"""A call that is passed on: what its person sees, and what who passed it on is asked and told."""

import re

from tests.support.circle import Circle
from tests.web.pages.test_call_page import act, page, tap

ALONE = "Nobody else can be reached now. Stay, if you can."
WAY, WRITE = "come-here", "write-here"


async def hidden_on_the_card(circle: Circle) -> list[str]:
    text = (await circle.rose.get("/help")).text.split("<main", 1)[1]
    tags = [re.findall(rf'<\w+ [^>]*class="[^"]*{one}"[^>]*>', text)[0] for one in (WAY, WRITE)]
    return [one for one, tag in zip((WAY, WRITE), tags, strict=True) if " hidden" in tag]


async def test_one_is_shown_to_somebody_only_while_somebody_has_the_call(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    assert await hidden_on_the_card(circle) == [WRITE]
    assert (await circle.rose.get("/api/help")).json()["room"]
    await act(circle, f"{call}/pass-on", sure="yes")
    assert await hidden_on_the_card(circle) == [WAY]
    assert (await circle.rose.get("/api/help")).json()["room"] is None


async def test_where_nobody_else_can_be_reached_it_is_asked_once(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    asked = await circle.fay.ask("POST", f"{call}/pass-on")
    assert asked.headers["location"] == f"{call}?alone=yes"
    assert "You have this." in (told := await page(circle, f"{call}?alone=yes", "now")) and ALONE in told
    assert ALONE not in await page(circle, call, "now")
    done = await circle.fay.ask("POST", f"{call}/pass-on", data={"sure": "yes"})
    told = await page(circle, done.headers["location"])
    assert f"You passed it on. Nobody could be told. If you can, go back to {circle.rose.name}." in told
    assert "Nobody answered" not in await page(circle, call, "timeline")


async def test_what_is_said_after_passing_on_is_of_that_call_alone(circle: Circle):
    call = (await tap(circle, "a")).rpartition("/")[2]
    await act(circle, f"/staff/calls/{call}/answer")
    assert "You passed it on" not in await page(circle, f"/staff?passed={call}")
    assert "You passed it on" not in await page(circle, "/staff?passed=<b>nothing")
