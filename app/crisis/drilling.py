"""A call for practice: whoever may answer calls opens one for themselves, has it and ends it. It pages nobody, stands
in nobody's list, and its code answers nothing."""

from sqlalchemy import select

from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.raising import incident_for
from app.crisis.timeline import note
from app.foundation import audit
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_to_find
from app.problems import NotFound


def open_drill(session: Session, actor: Actor) -> Incident | None:
    require_to_find(actor.roles, "answer_calls_for_help")
    mine = (Incident.person_id == actor.id, Incident.closed_at.is_(None), Incident.drill.is_(True))
    return session.scalar(select(Incident).where(*mine).limit(1))


def begin_drill(session: Session, actor: Actor, lines: Lines) -> Incident:
    require_to_find(actor.roles, "answer_calls_for_help")
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    incident, _ = incident_for(session, actor.id, "", "emergency", "staff", lines, drill=True)
    audit.record(session, actor.id, "begin_drill", incident=incident.id)
    return incident


def answer_drill(session: Session, actor: Actor) -> None:
    """*I have this*, as in earnest."""
    incident = _mine(session, actor)
    if not incident.owner_id:
        incident.owner_id, incident.owned_at = actor.id, database_now(session)
        note(session, incident, "answered", actor.id)


def arrive_in_drill(session: Session, actor: Actor) -> None:
    """The first words to whoever called, or a call on the telephone: answering is not arriving."""
    incident = _mine(session, actor)
    if incident.owner_id and incident.arrived_at is None:
        incident.arrived_at = database_now(session)
        note(session, incident, "arrived", actor.id)


def end_drill(session: Session, actor: Actor) -> None:
    incident = _mine(session, actor)
    incident.closed_at, incident.closed_by = database_now(session), actor.id
    note(session, incident, "closed", actor.id)


def _mine(session: Session, actor: Actor) -> Incident:
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    incident = open_drill(session, actor)
    if incident is None:
        raise NotFound()
    return incident
