"""What is known of pages after they went: providers' reports, and whether anything is late."""

from sqlalchemy import func, select

from app.crisis.models import Incident, Page
from app.crisis.paging import go_on, incident_of
from app.crisis.timeline import note
from app.foundation.clock import later
from app.foundation.database import Session


def report(session: Session, provider_ref: str, status: str, order: int) -> bool:
    """What a provider says later of a page it took: newer counts over older, and none of it is an answer."""
    known = select(Page).where(Page.provider_ref == provider_ref).with_for_update()
    found = session.scalar(known) if provider_ref else None
    if found is None:
        return False
    if order > found.reported_order:
        found.reported, found.reported_order = status[:20], order
        if status in ("undelivered", "failed"):
            incident = incident_of(session, found)
            note(session, incident, "undelivered", found.person_id, way=found.kind, level=found.level)
            go_on(session, incident, found, at_once=True)
    return True


def overdue(session: Session, seconds: float) -> int:
    """How many pages should have gone out that long ago, and how many incidents the engine should have looked at."""
    pages = (Page.state == "waiting", Page.due_at < later(-seconds), Page.tries == 0)
    stuck = (Incident.closed_at.is_(None), Incident.next_action_at < later(-seconds))
    count = session.scalar(select(func.count()).select_from(Page).where(*pages)) or 0
    return count + (session.scalar(select(func.count()).select_from(Incident).where(*stuck)) or 0)
