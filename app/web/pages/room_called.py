"""What a room is called before its reader: its title, the line beneath it, and the label of the field."""

from app.messages import reading
from app.problems import N_
from app.rooms.models import Room
from app.rooms.practising import TITLE
from app.web.pages.names import talked_here
from app.web.pages.page import Page

FOR_TWO = ("pair", "help")
"""Kinds of rooms in which somebody writes to one other person."""


def title_of(page: Page, opened: reading.Opened) -> str:
    """A room for two is called by the other's name."""
    others = [person.name for person in opened.people if person.id != page.me.id]
    if opened.room.kind == "practice":
        return page.say(TITLE)
    return others[0] if opened.room.kind in FOR_TWO and others else opened.room.title


def subtitle_of(page: Page, room: Room, *, paused: bool) -> str:
    if room.kind == "practice":
        return page.say(N_("Only to try things out"))
    state = page.say(N_("Closed now") if room.closed_at else N_("Paused for a moment") if paused else N_("Open now"))
    languages = talked_here(room.languages, page.language) if room.kind == "group" else ""
    return f"{state} · {languages}" if languages else state


def label_of(page: Page, opened: reading.Opened) -> str:
    if opened.room.kind in FOR_TWO:
        return page.say(N_("Write to {name}"), name=title_of(page, opened))
    return page.say(N_("Write to the room"))
