"""Staff see calls for help, say that they have seen one, and close it with what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.crisis.models import Incident, Tap
from app.foundation import audit
from app.foundation.beat import alerts_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.words import clean
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_to_find
from app.problems import N_, Invalid, NotFound
from app.rooms.models import Room


@dataclass(frozen=True, slots=True)
class Call:
    """A call for help as staff see it in a list. The notes are read on its own page."""

    incident: Incident
    name: str
    room_title: str
    seen_by_name: str


def open_calls(session: Session, actor: Actor) -> list[Call]:
    """Calls that nobody has closed, oldest first; nobody sees their own here."""
    require_to_find(actor.roles, "see_calls_for_help")
    query = (
        select(Incident, Person.name, Room.title)
        .join(Person, Person.id == Incident.person_id)
        .outerjoin(Room, Room.id == Incident.room_id)
        .where(Incident.closed_at.is_(None), Incident.person_id != actor.id)
        .order_by(Incident.raised_at)
    )
    return [
        Call(incident, name, title or "", _name(session, incident.seen_by))
        for incident, name, title in session.execute(query)
    ]


def notes_of(session: Session, actor: Actor, incident_id: str) -> list[tuple[datetime, str]]:
    """What the person wrote with their taps; the look is recorded."""
    incident = _call(session, actor, incident_id)
    audit.record(session, actor.id, "look_at_call", whom=incident.person_id, incident=incident.id)
    query = select(Tap.at, Tap.note).where(Tap.incident_id == incident_id, Tap.note != "").order_by(Tap.at)
    return list(session.execute(query))


def say_seen(session: Session, actor: Actor, incident_id: str) -> None:
    """Somebody has seen it and is looking after it; the first to say so stands."""
    incident = _call(session, actor, incident_id)
    if incident.seen_at is None:
        incident.seen_at, incident.seen_by = now(), actor.id  # type: ignore[assignment]
        audit.record(session, actor.id, "see_call", whom=incident.person_id, incident=incident.id)
        alerts_changed(session)


def close(session: Session, actor: Actor, incident_id: str, outcome: str) -> None:
    """End a call, with what came of it."""
    incident = _call(session, actor, incident_id)
    outcome = clean(outcome)[:400]
    if not outcome:
        raise Invalid(N_("Please write what came of it."), fields=(("outcome", N_("Needed.")),))
    if incident.closed_at is None:
        incident.closed_at, incident.closed_by, incident.outcome = now(), actor.id, outcome  # type: ignore[assignment]
        audit.record(session, actor.id, "close_call", whom=incident.person_id, incident=incident.id)
        alerts_changed(session)


def own_open_call(session: Session, actor: Actor) -> tuple[Incident, str] | None:
    """My call that is still open and the name of who has seen it, for the help card to tell the truth."""
    mine = (Incident.person_id == actor.id, Incident.closed_at.is_(None))
    incident = session.scalar(select(Incident).where(*mine).order_by(Incident.raised_at.desc()).limit(1))
    return (incident, _name(session, incident.seen_by)) if incident else None


def _call(session: Session, actor: Actor, incident_id: str) -> Incident:
    require_to_find(actor.roles, "answer_calls_for_help")
    incident = session.get(Incident, incident_id, with_for_update=True)
    if incident is None or incident.person_id == actor.id:
        raise NotFound()
    return incident


def _name(session: Session, person_id: str) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""
