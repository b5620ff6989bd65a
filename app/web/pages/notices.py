"""What the room tells, in the reader's language: made of the notice's facts; one not known here keeps its words."""

from typing import Any

from app.problems import N_
from app.wording import say

NOTICES = {
    "opened": N_("{name} opened the room."),
    "ended": N_("{name} has ended this talk. If you need somebody again, tap I need help now."),
    "paused": N_("{name} has paused the room for a moment. Your words stay with you. Help works as always."),
    "resumed": N_("{name} has opened the room again."),
    "accompanied": N_("{whom} is not alone. Somebody is with them."),
    "joined": N_("{name} joined the room."),
}


def notice_words(entry: dict[str, Any], language: str) -> str:
    what = (entry.get("data") or {}).get("what")
    return say(NOTICES[what], language, **_facts(entry)) if what in NOTICES else entry["text"] or ""


def _facts(entry: dict[str, Any]) -> dict[str, Any]:
    return {"name": entry["author"]["name"]} | entry["data"]
