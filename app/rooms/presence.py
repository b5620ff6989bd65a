"""Who is here: rows per process, room and person, refreshed every ten seconds, void after thirty."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from app.foundation.announcements import StateChanged
from app.foundation.clock import later, now
from app.foundation.database import Session
from app.rooms.models import Presence, Room

VOID_AFTER_SECONDS = 30


def note(session: Session, process_id: str, came: set[tuple[str, str]], went: set[tuple[str, str]]) -> None:
    """Store who opened and who left rooms at this process: pairs of (room, person)."""
    for room_id, person_id in sorted(came | went):
        here = (
            Presence.process_id == process_id,
            Presence.room_id == room_id,
            Presence.person_id == person_id,
        )
        session.execute(delete(Presence).where(*here))
    if came:
        rows = [{"process_id": process_id, "room_id": room, "person_id": who} for room, who in sorted(came)]
        session.execute(insert(Presence).values(came_at=now(), seen_at=now()), rows)
    _renew_state(session, {room_id for room_id, _ in came | went})


def refresh(session: Session, process_id: str, here: set[tuple[str, str]]) -> None:
    """Every ten seconds: this process is alive and these are its people. Rows of dead processes go."""
    mine = select(Presence.room_id, Presence.person_id).where(Presence.process_id == process_id)
    known = {(room_id, person_id) for room_id, person_id in session.execute(mine)}
    session.execute(update(Presence).where(Presence.process_id == process_id).values(seen_at=now()))
    if known != here:
        note(session, process_id, here - known, known - here)
    void = delete(Presence).where(Presence.seen_at < later(-VOID_AFTER_SECONDS)).returning(Presence.room_id)
    _renew_state(session, set(session.scalars(void)))


def forget(session: Session, process_id: str) -> None:
    """This process is stopping: nobody is here through it any more."""
    gone = delete(Presence).where(Presence.process_id == process_id).returning(Presence.room_id)
    _renew_state(session, set(session.scalars(gone)))


def here_in(session: Session, room_ids: Iterable[str]) -> dict[str, tuple[int, list[str]]]:
    """For each room its state's version and the people here, by id."""
    rooms = select(Room.id, Room.state_version).where(Room.id.in_(list(room_ids)))
    found: dict[str, tuple[int, list[str]]] = {room: (version, []) for room, version in session.execute(rooms)}
    people = (
        select(Presence.room_id, Presence.person_id)
        .where(Presence.room_id.in_(found), Presence.seen_at >= later(-VOID_AFTER_SECONDS))
        .distinct()
        .order_by(Presence.person_id)
    )
    for room_id, person_id in session.execute(people):
        found[room_id][1].append(person_id)
    return found


def _renew_state(session: Session, room_ids: set[str]) -> None:
    for room_id in sorted(room_ids):
        renewed = (
            update(Room)
            .where(Room.id == room_id)
            .values(state_version=Room.state_version + 1)
            .returning(Room.state_version)
        )
        version = session.scalar(renewed)
        if version is not None:
            session.announce(StateChanged(room_id, version))
