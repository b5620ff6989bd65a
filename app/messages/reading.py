"""Opening a room and reading back in its book."""

from dataclasses import dataclass
from typing import Any

from app.foundation.database import Session
from app.messages.read_marks import marks_in
from app.people.actors import Actor
from app.rooms import entries, presence
from app.rooms.finding import InRoom, may_moderate, membership_for, people_in, room_for
from app.rooms.models import Room


@dataclass(frozen=True, slots=True)
class Opened:
    """All that somebody who enters a room is told, as of one moment."""

    room: Room
    pages: entries.Pages
    people: list[InRoom]
    here: list[str]
    state_version: int
    seen: dict[str, int]
    can: list[str]


def open_room(session: Session, actor: Actor, room_id: str, after: int | None = None, fresh: bool = False) -> Opened:
    """The newest page, or what changed after a version; `fresh` when the client's epoch is over."""
    room, _ = membership_for(session, actor, room_id)
    if after is None:
        pages = entries.newest(session, room_id)
    elif fresh:
        pages = entries.start_afresh(session, room_id)
    else:
        pages = entries.changes_since(session, room_id, after)
    state_version, here = presence.here_in(session, [room_id])[room_id]
    return Opened(
        room,
        pages,
        people_in(session, room_id),
        here,
        state_version,
        marks_in(session, room_id),
        can(actor, room),
    )


def history(session: Session, actor: Actor, room_id: str, before: int | None, limit: int) -> entries.Pages:
    """A page of the book before a place, oldest first."""
    room_for(session, actor, room_id)
    return entries.newest(session, room_id, before=before, limit=limit)


def can(actor: Actor, room: Room) -> list[str]:
    """What this person may do in this room, as the page's buttons need it."""
    may = [] if room.closed_at else ["say", "react"]
    if may_moderate(actor.roles, room):
        may += ["remove", "put_back", "review", "hold", "mute", "remove_person"]
    return may


def changes(session: Session, room_id: str, after: int) -> dict[str, Any]:
    """What a process missed of a room: its version and every entry that changed, for the hub to mend with."""
    pages = entries.changes_since(session, room_id, after)
    return {"version": pages.version, "entries": pages.entries, "whole": not pages.reset}
