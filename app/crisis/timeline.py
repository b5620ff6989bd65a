"""What happened to an incident, line by line: added to, never changed. Ids and kinds, never anybody's words."""

from typing import Any

from sqlalchemy import func, select

from app.crisis.models import Incident, IncidentEvent, IncidentNote
from app.foundation.clock import database_now
from app.foundation.database import Session


def note(session: Session, incident: Incident, what: str, who: str = "", **details: Any) -> int:
    """Add one line; its number. The caller holds the incident's lock, so that the numbers have no gap."""
    session.flush()
    last = session.scalar(select(func.max(IncidentEvent.number)).where(IncidentEvent.incident_id == incident.id)) or 0
    session.add(
        IncidentEvent(
            incident_id=incident.id, number=last + 1, at=database_now(session), who=who, what=what, details=details
        )
    )  # fmt: skip
    session.flush()
    return last + 1


def keep_words(session: Session, incident: Incident, who: str, text: str) -> None:
    """A line with somebody's words, which can be forgotten without it."""
    number = note(session, incident, "note", who)
    session.add(IncidentNote(incident_id=incident.id, number=number, person_id=incident.person_id, text=text))
    session.flush()


def kept_words(session: Session, incident_id: str) -> dict[int, str]:
    """The number of a line → its words."""
    query = select(IncidentNote.number, IncidentNote.text).where(IncidentNote.incident_id == incident_id)
    return {number: text for number, text in session.execute(query)}


def timeline_of(session: Session, incident_id: str) -> list[IncidentEvent]:
    query = select(IncidentEvent).where(IncidentEvent.incident_id == incident_id)
    return list(session.scalars(query.order_by(IncidentEvent.number)))
