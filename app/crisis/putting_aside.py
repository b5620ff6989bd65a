"""An incident at which the engine stumbled is tried again in a moment, behind those that wait with it."""

from sqlalchemy import select

from app.crisis.models import Incident
from app.foundation.clock import later, now
from app.foundation.database import Session

AGAIN_SECONDS = 5


def put_aside(session: Session) -> bool:
    """The incident that has waited longest for the engine waits a little more. False where none waits."""
    due = (Incident.closed_at.is_(None), Incident.next_action_at <= now())
    query = select(Incident).where(*due).order_by(Incident.next_action_at).limit(1)
    incident = session.scalar(query.with_for_update(skip_locked=True))
    if incident is not None:
        incident.next_action_at = later(AGAIN_SECONDS)  # type: ignore[assignment]
    return incident is not None
