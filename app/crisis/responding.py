"""Staff see calls for help, and what the person wrote with them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.crisis.models import Incident, Tap
from app.foundation import audit
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.leading import LEADING
from app.people.models import Person
from app.people.roles import require_to_find
from app.problems import NotFound
from app.rooms.models import Room


@dataclass(frozen=True, slots=True)
class Call:
    """A call for help as staff see it in a list. The notes are read on its own page."""

    incident: Incident
    name: str
    room_title: str
    owner_name: str


def open_calls(session: Session, actor: Actor) -> list[Call]:
    """Calls that nobody has closed, oldest first; nobody sees what is about themselves here. A worry is among them once
    people were told."""
    require_to_find(actor.roles, "see_calls_for_help")
    query = (
        select(Incident, Person.name, Room.title)
        .join(Person, Person.id == Incident.person_id)
        .outerjoin(Room, Room.id == Incident.room_id)
        .where(Incident.closed_at.is_(None), Incident.drill.is_(False))
        .order_by(Incident.raised_at)
    )
    return [
        Call(incident, name, title or "", _name(session, incident.owner_id))
        for incident, name, title in session.execute(query)
        if not goes_past(incident, actor) and _is_called(actor, incident)
    ]


def open_call(session: Session, actor: Actor, incident_id: str) -> Call:
    """One of them, to be looked at."""
    found = next((one for one in open_calls(session, actor) if one.incident.id == incident_id), None)
    if found is None:
        raise NotFound()
    return found


def notes_of(session: Session, actor: Actor, incident_id: str) -> list[tuple[datetime, str]]:
    """What the person wrote with their taps; the look is recorded."""
    incident = call_for(session, actor, incident_id)
    audit.record(session, actor.id, "look_at_call", whom=incident.person_id, incident=incident.id)
    query = select(Tap.at, Tap.note).where(Tap.incident_id == incident_id, Tap.note != "").order_by(Tap.at)
    return list(session.execute(query))


def over(session: Session, actor: Actor, incident_id: str) -> Incident | None:
    """A call that was closed, for who may answer calls: that it is over, and by whom. The look is recorded."""
    incident = call_for(session, actor, incident_id)
    if incident.closed_at is None or incident.drill or not _is_called(actor, incident):
        return None
    audit.record(session, actor.id, "look_at_call", whom=incident.person_id, incident=incident.id)
    return incident


def call_in(session: Session, actor: Actor, room_id: str) -> str:
    """The open call of a room for help, for who has it; or nothing."""
    mine = (Incident.owner_id == actor.id, Incident.help_room_id == room_id, Incident.closed_at.is_(None))
    return session.scalar(select(Incident.id).where(*mine).limit(1)) or ""


def call_for(session: Session, actor: Actor, incident_id: str) -> Incident:
    require_to_find(actor.roles, "answer_calls_for_help")
    incident = session.get(Incident, incident_id, with_for_update=True, populate_existing=True)
    if incident is None or goes_past(incident, actor):
        raise NotFound()
    return incident


def goes_past(incident: Incident, actor: Actor) -> bool:
    """Nobody sees, answers or judges what is about themselves."""
    return incident.person_id == actor.id or actor.id in incident.past


def _is_called(actor: Actor, incident: Incident) -> bool:
    """A worry is for who keeps the room until people were told of it; or for who leads, where it goes past somebody."""
    told = incident.cycle > 0 or incident.second_paged
    leads = bool(incident.past) and not set(LEADING).isdisjoint(actor.roles.names())
    return incident.tier != "concern" or told or leads


def _name(session: Session, person_id: str) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""
