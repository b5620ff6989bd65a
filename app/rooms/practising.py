"""The practice room: one for each member, with nobody in it but them and a helper who comes in on purpose."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.people.consent import require_consent
from app.people.models import Person
from app.people.roles import require
from app.problems import N_, Invalid
from app.rooms.membership import add_member
from app.rooms.models import Entry, Room
from app.rooms.opening import make_of_kind

TITLE = N_("Practice room")


@dataclass(frozen=True, slots=True)
class Practised:
    wrote: bool
    took_back: bool


def room_of(session: Session, person_id: str) -> Room | None:
    return session.scalar(select(Room).where(Room.slug == _slug(person_id), Room.kind == "practice"))


def go_in(session: Session, actor: Actor) -> Room:
    """One's own practice room, made at the first time."""
    require_consent(session, actor)
    return _with(session, session.get_one(Person, actor.id))


def come_beside(session: Session, actor: Actor, person: Person) -> Room:
    """A helper comes into somebody's practice room; that person sees them there by name."""
    require(actor.roles, "enrol")
    if actor.id == person.id:
        raise Invalid(N_("This is about yourself. Please ask somebody else to do it."))
    room = _with(session, person)
    add_member(session, SYSTEM, room, session.get_one(Person, actor.id))
    audit.record(session, actor.id, "come_beside", whom=person.id, place=room.id)
    return room


def practised(session: Session, person_id: str) -> Practised:
    """What somebody has tried there already."""
    room = room_of(session, person_id)
    if room is None:
        return Practised(False, False)
    mine = (Entry.room_id == room.id, Entry.author_id == person_id, Entry.kind == "message")
    wrote = session.scalar(select(func.count()).where(*mine)) or 0
    back = session.scalar(select(func.count()).where(*mine, Entry.removed_at.is_not(None))) or 0
    return Practised(wrote > 0, back > 0)


def _with(session: Session, person: Person) -> Room:
    session.get_one(Person, person.id, with_for_update=True)
    room = room_of(session, person.id)
    if room is None:
        room = make_of_kind(session, SYSTEM, TITLE, "practice", _slug(person.id))
        add_member(session, SYSTEM, room, person)
    return room


def _slug(person_id: str) -> str:
    return f"practice-{person_id}"
