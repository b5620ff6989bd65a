"""A group room rests for a moment: nobody writes, help works as always, what was begun stays on the tablets.

"Dot is not alone" is said to the room only if who paused it chose so, and only once it is true: somebody has written to
her, rings her, or said *I am with them*.
"""

from sqlalchemy import select

from app.crisis.models import Incident
from app.crisis.worrying import Flag
from app.foundation import audit
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.people.models import Person
from app.problems import N_, NotFound
from app.rooms import entries
from app.rooms.finding import may_moderate, room_for, still_in
from app.rooms.models import Room

PAUSED = N_("{name} has paused the room for a moment. Your words stay with you. Help works as always.")
RESUMED = N_("{name} has opened the room again.")
NOT_ALONE = N_("{whom} is not alone. Somebody is with them.")


def pause(session: Session, actor: Actor, room_id: str, whom: str = "") -> None:
    """Twice is once. `whom`: for whose sake, if the room may hear of it; they must belong to the room."""
    room = _room(session, actor, room_id)
    if room.paused_at is not None:
        return
    whom = whom if whom and whom != actor.id and still_in(session, {(whom, room_id)}) else ""
    room.paused_at, room.paused_by = database_now(session), actor.id
    room.paused_for, room.comforted_at = whom, None
    _tell(session, room, actor, PAUSED, "paused", name=actor.name)
    audit.record(session, actor.id, "pause_room", whom=whom, place=room_id)
    _comfort(session, room)


def resume(session: Session, actor: Actor, room_id: str) -> None:
    room = _room(session, actor, room_id)
    if room.paused_at is None:
        return
    room.paused_at, room.paused_by, room.paused_for = None, "", ""
    _tell(session, room, actor, RESUMED, "resumed", name=actor.name)
    audit.record(session, actor.id, "resume_room", place=room_id)


def somebody_arrived(session: Session, person_id: str) -> None:
    """Tell the rooms that wait to hear it."""
    waiting = (Room.paused_for == person_id, Room.paused_at.is_not(None), Room.comforted_at.is_(None))
    room_ids = list(session.scalars(select(Room.id).where(*waiting)))
    entries.lock(session, room_ids)
    for room_id in sorted(room_ids):
        room = session.get_one(Room, room_id, populate_existing=True)
        if room.paused_for == person_id:
            _comfort(session, room)


def _room(session: Session, actor: Actor, room_id: str) -> Room:
    """A group room that the actor keeps, locked: who may speak changes only so."""
    entries.lock(session, [room_id])
    room = room_for(session, actor, room_id)
    if room.kind != "group" or not may_moderate(actor.roles, room):
        raise NotFound()
    session.refresh(room)
    return room


def _comfort(session: Session, room: Room) -> None:
    if room.paused_for and not room.comforted_at and _somebody_is_with(session, room):
        whom = session.get_one(Person, room.paused_for).name
        room.comforted_at = database_now(session)
        _tell(session, room, SYSTEM, NOT_ALONE, "accompanied", whom=whom)


def _somebody_is_with(session: Session, room: Room) -> bool:
    theirs = (Incident.person_id == room.paused_for, Incident.closed_at.is_(None), Incident.drill.is_(False))
    came = select(Incident.id).where(*theirs, Incident.owner_id != "", Incident.arrived_at.is_not(None))
    said = select(Flag.id).where(Flag.person_id == room.paused_for, Flag.room_id == room.id, Flag.judged == "with_them")
    return any(session.scalar(one.limit(1)) for one in (came, said))


def _tell(session: Session, room: Room, by: Actor, words: str, what: str, **facts: str) -> None:
    session.flush()
    notice = entries.NewEntry(
        room.id, by.id, by.name, words.format(**facts), kind="notice", data={"what": what, **facts}
    )
    entries.append_one(session, notice)
