"""The timeline of a call in words."""

import re
from pathlib import Path

from app.web.pages.staff.call_words import EVENTS
from tests.support.circle import Circle
from tests.support.house import House

NOTED = re.compile(r"\b(?:note|tell_timeline)\(\s*session,\s*incident,\s*\"(\w+)\"")
CRISIS = Path(__file__).parents[3] / "app" / "crisis"


def test_every_line_that_the_house_notes_has_its_sentence():
    noted = {what for file in CRISIS.glob("*.py") for what in NOTED.findall(file.read_text(encoding="utf-8"))}
    assert {"opened", "answered", "closed"} <= noted
    assert noted | {"tapped", "wrote"} <= set(EVENTS)


async def test_where_no_call_reaches_anybody_no_next_people_are_promised(house: House, circle: Circle):
    asha = await house.welcome("Asha", "responder")
    await circle.rose.post("/api/help", {"ref": "nobody-next"})
    [mine] = re.findall(
        rf'href="(/staff/calls/\w+)" aria-label="[^"]*{circle.rose.name}"', (await asha.get("/staff")).text
    )
    told = (await asha.get(mine)).text
    assert "No call reaches anybody on the on-call staff just now." in told and "the next people are told" not in told
