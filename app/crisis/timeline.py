"""What happened to an incident, line by line: added to, never changed. Ids and kinds, never anybody's words."""

from typing import Any

from sqlalchemy import func, select

from app.crisis.models import Incident, IncidentEvent
from app.foundation.clock import database_now
from app.foundation.database import Session


def note(session: Session, incident: Incident, what: str, who: str = "", **details: Any) -> None:
    """Add one line. The caller holds the incident's lock, so that the numbers have no gap."""
    session.flush()
    last = session.scalar(select(func.max(IncidentEvent.number)).where(IncidentEvent.incident_id == incident.id)) or 0
    session.add(
        IncidentEvent(
            incident_id=incident.id, number=last + 1, at=database_now(session), who=who, what=what, details=details
        )
    )  # fmt: skip
    session.flush()


def timeline_of(session: Session, incident_id: str) -> list[IncidentEvent]:
    query = select(IncidentEvent).where(IncidentEvent.incident_id == incident_id)
    return list(session.scalars(query.order_by(IncidentEvent.number)))
