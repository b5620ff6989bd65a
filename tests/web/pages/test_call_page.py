"""The page of a call for help, through real doors: what is told of it, and the number to ring."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.crisis.models import Incident, IncidentEvent
from app.crisis.timeline import note
from app.foundation.database import Session
from tests.support.circle import Circle
from tests.support.inside import inside

PHONE = "555 0133, in the evening 555 0144"
SHOW = "show the number"


async def tap(circle: Circle, *refs: str) -> str:
    answers = [await circle.rose.post("/api/help", {"ref": ref, "room": circle.id}) for ref in refs]
    return f"/staff/calls/{answers[-1].json()['incident']}"


async def act(circle: Circle, path: str, **form: str) -> str:
    answer = await circle.fay.ask("POST", path, data=form)
    assert answer.status_code in (200, 303), answer.text
    return answer.text


async def page(circle: Circle, call: str, part: str = "main") -> str:
    """The words of a part of it."""
    end = "</main>" if part == "main" else "</section>"
    text = (await circle.fay.get(call)).text.split(f'id="{part}"')[1].split(end)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


async def test_taps_in_the_same_hands_are_one_line(circle: Circle):
    call = await tap(circle, *"abc")
    assert (await page(circle, call, "timeline")).count("tapped I need help now") == 1
    assert "tapped I need help now, 3 times" in await page(circle, call, "timeline")
    await act(circle, f"{call}/answer")
    await tap(circle, *"de")
    told = await page(circle, call, "timeline")
    assert (told.count("3 times"), told.count("2 times")) == (1, 1)
    assert told.index("2 times") < told.index("has this") < told.index("3 times")


def a_day_ago(session: Session, call: str, first: bool) -> None:
    """Of all lines, or of the first tap alone."""
    lines = select(IncidentEvent).where(IncidentEvent.incident_id == call).order_by(IncidentEvent.number)
    for line in session.scalars(lines):
        if not first or line.what == "tapped":
            line.at -= timedelta(days=1)
        if first and line.what == "tapped":
            return


async def test_what_was_not_today_says_its_day(circle: Circle):
    call = await tap(circle, *"ab")
    await inside(circle.house.settings, a_day_ago, call.rpartition("/")[2], first=True)
    assert re.search(r"2 times from yesterday, \S+ \S+ until \d", await page(circle, call, "timeline"))
    await inside(circle.house.settings, a_day_ago, call.rpartition("/")[2], first=False)
    assert "yesterday, " in (await page(circle, call, "timeline")).partition("Opened")[0][-30:]


async def test_who_looks_after_the_call_rings_by_an_opening_that_its_person_sees(circle: Circle):
    await circle.rose.ask(
        "POST", "/if-i-need-help", data={"phone": PHONE, "hears": "sometimes", "whom": "Ana, 555 0177"}
    )
    call = await tap(circle, "a")
    await circle.rose.post("/api/help/told", {"what": "wants", "answer": "ring"})
    assert SHOW not in await page(circle, call)
    await act(circle, f"{call}/answer")
    told = await page(circle, call, "now")
    assert (
        told.index(f"{circle.rose.name} asks to be rung.")
        < told.index(SHOW)
        < told.index(f"Write to {circle.rose.name}")
    )
    assert "555" not in await page(circle, call)
    assert "Nobody has opened it." in (await circle.rose.get("/if-i-need-help")).text
    opened = await act(circle, f"{call}/sheet")
    numbers = re.findall(r'href="tel:(\d+)"', opened)
    assert numbers[:2] == ["5550133", "5550144"] and "5550177" in numbers
    assert opened.index("tel:5550133") < opened.index("Sometimes") < opened.index("I am on the phone about this")
    assert "Nobody has opened it." not in (seen := (await circle.rose.get("/if-i-need-help")).text)
    assert circle.fay.name in seen.split("Who has opened it")[1]
    assert re.findall(r'name="back" value="(.*?)"', opened) == [call, call]


@pytest.mark.parametrize("what", ["sheet", "plan"])
async def test_by_its_address_alone_nothing_is_opened(circle: Circle, what: str):
    await circle.rose.ask("POST", "/if-i-need-help", data={"phone": PHONE})
    await circle.rose.ask("POST", "/plan", data={"signs": PHONE, "shared": "yes"})
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    answer = await circle.fay.get(f"{call}/{what}")
    assert (answer.status_code, answer.headers["location"], answer.text) == (303, call, "")
    assert "Nobody has opened it." in (await circle.rose.get("/if-i-need-help")).text
    assert "Who has opened it" not in (await circle.rose.get("/plan")).text


async def test_who_has_it_reads_what_is_due_first(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    told = await page(circle, call, "now")
    assert "Write to them, or ring them and say so here, before" in told and "add a note" not in told
    await act(circle, f"{call}/phone")
    assert "ring them or add a note before" in await page(circle, call, "now")


async def test_where_she_did_not_ask_to_be_rung_writing_comes_first(circle: Circle):
    await circle.rose.ask("POST", "/if-i-need-help", data={"phone": PHONE})
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    told = await page(circle, call, "now")
    assert told.index(f"Write to {circle.rose.name}") < told.index(SHOW)


@pytest.mark.parametrize("phone", ["", "It is on the fridge"])
async def test_where_no_number_is_found_the_opened_sheet_says_so_and_the_way_to_it_is_the_same(
    circle: Circle, phone: str
):
    await circle.rose.ask("POST", "/if-i-need-help", data={"phone": phone, "where": "In the kitchen"})
    call = await tap(circle, "a")
    await circle.rose.post("/api/help/told", {"what": "wants", "answer": "ring"})
    await act(circle, f"{call}/answer")
    told = await page(circle, call, "now")
    assert SHOW in told and "no telephone number" not in told.lower()
    opened = await act(circle, f"{call}/sheet")
    assert "tel:5" not in opened and "We found no telephone number here." in opened


def no_catch_all(session: Session, call: str) -> None:
    note(session, session.get_one(Incident, call, with_for_update=True), "catch_all", pages=0)


async def test_a_catch_all_that_is_none_is_not_said_to_have_been_told(circle: Circle):
    call = await tap(circle, "a")
    await inside(circle.house.settings, no_catch_all, call.rpartition("/")[2])
    assert "There is nobody behind them to tell" in await page(circle, call, "timeline")


@pytest.mark.parametrize(
    ("hours", "said"),
    [("4", "Somebody looks in again in 4 hours."), ("24", "again tomorrow."), ("72", "again in 3 days.")],
)
async def test_after_closing_the_staff_page_says_when_somebody_looks_in(circle: Circle, hours: str, said: str):
    call = await tap(circle, "a")
    code = re.search(r">\d{4}, ", (await circle.fay.get(call)).text)
    form = {"ended_as": "safe_with_plan", "outcome": "Rang her daughter", "follow_up_hours": hours}
    answer = await circle.fay.ask("POST", f"{call}/close", data=form)
    assert answer.headers["location"] == f"/staff?closed={hours}"
    assert said in await page(circle, answer.headers["location"])
    over = await page(circle, call)
    assert f"This call is over. {circle.fay.name} closed it at " in over and "daughter" not in over
    assert code and code[0] in (await circle.fay.get(call)).text
    again = await circle.fay.ask("POST", f"{call}/close", data=form | {"follow_up_hours": "4"})
    assert again.headers["location"] == f"/staff?closed={hours}"


async def test_a_tap_by_mistake_ends_with_nobody_to_look_in(circle: Circle):
    call = await tap(circle, "a")
    await circle.rose.post("/api/help/lower", {"why": "mistake"})
    form = {"ended_as": "by_mistake", "outcome": "Rang her"}
    answer = await circle.fay.ask("POST", f"{call}/close", data=form)
    assert answer.headers["location"] == "/staff?closed=0"
    told = await page(circle, "/staff?closed=0")
    assert "The call is closed." in told and "looks in again" not in told
    assert "closed" not in (await page(circle, "/staff?closed=<b>5")).partition("Calls for help")[0]


def closed_days_ago(session: Session, call: str) -> None:
    session.get_one(Incident, call).closed_at -= timedelta(days=2)


async def test_of_a_call_that_ended_before_today_the_day_is_said(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/close", ended_as="by_mistake", outcome="Rang her")
    await inside(circle.house.settings, closed_days_ago, call.rpartition("/")[2])
    assert re.search(rf"{circle.fay.name} closed it on \w+day at \d", await page(circle, call))


async def test_from_the_room_where_she_is_helped_who_has_the_call_goes_back_to_it(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    room = re.search(r"/rooms/\w+", (await circle.fay.get(call)).text.split('id="now"')[1])
    assert room
    assert f'href="{call}"' in (await circle.fay.get(room[0])).text
    assert call not in (await circle.rose.get(room[0])).text


@pytest.mark.parametrize(("hours_ago", "is_believed"), [(20, True), (30, False)])
async def test_a_tablet_whose_clock_is_more_than_a_day_off_is_not_asked_when_it_was(
    circle: Circle, hours_ago: int, is_believed: bool
):
    pressed_at = datetime.now(UTC) - timedelta(hours=hours_ago)
    answer = await circle.rose.post("/api/help", {"ref": "late", "pressed_at": pressed_at.isoformat()})
    raised_at = await inside(circle.house.settings, when_raised, answer.json()["incident"])
    assert (raised_at - pressed_at < timedelta(seconds=1)) == is_believed


def when_raised(session: Session, call: str) -> datetime:
    return session.get_one(Incident, call).raised_at


async def test_what_is_written_with_a_tap_goes_past_whom_it_names(circle: Circle):
    await circle.fay.ask("POST", "/settings", data={"name": "Fay"})
    words = {"ref": "n", "note": "Fay takes my money and I am afraid of her"}
    call = (await circle.rose.post("/api/help", words)).json()["incident"]
    assert (await circle.fay.get(f"/staff/calls/{call}")).status_code == 404
    other = await circle.house.welcome("Asha", "responder")
    assert words["note"] in (await other.get(f"/staff/calls/{call}")).text
