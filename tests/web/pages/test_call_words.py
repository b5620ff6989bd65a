"""The timeline of a call in words."""

import re
from pathlib import Path

from app.web.pages.staff.call_words import EVENTS

NOTED = re.compile(r"\b(?:note|tell_timeline)\(\s*session,\s*incident,\s*\"(\w+)\"")
CRISIS = Path(__file__).parents[3] / "app" / "crisis"


def test_every_line_that_the_house_notes_has_its_sentence():
    noted = {what for file in CRISIS.glob("*.py") for what in NOTED.findall(file.read_text(encoding="utf-8"))}
    assert {"opened", "tapped", "answered", "closed"} <= noted
    assert noted - set(EVENTS) == set()
