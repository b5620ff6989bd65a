"""What is known of pages after they went: providers' reports, and whether anything is late."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.crisis.duty_ways import UNDELIVERED, is_failing, works_again
from app.crisis.models import Incident, Page
from app.crisis.paging import go_on, incident_of
from app.crisis.timeline import note
from app.foundation.clock import later
from app.foundation.database import Session

TAKEN, DELIVERED, FAILED = "sent", "delivered", "failed"
STATUSES = (TAKEN, DELIVERED, UNDELIVERED, FAILED)
EITHER = (1, 2)


def report(
    session: Session, provider_ref: str, status: str, order: int, *, providers: Collection[int] = EITHER
) -> bool:
    """What a provider says later of a page it took: newer counts over older, and none of it is an answer.

    False where none of these providers took a page under that reference.
    """
    theirs = (Page.provider_ref == provider_ref, Page.provider.in_([0, *providers]))
    found = session.scalar(select(Page).where(*theirs).with_for_update()) if provider_ref else None
    if found is None:
        return False
    if _counts_over(status, order, found):
        found.reported, found.reported_order = status[:20], order
        if status in (UNDELIVERED, FAILED):
            incident = incident_of(session, found)
            note(session, incident, "undelivered", found.person_id, way=found.kind, level=found.level)
            is_failing(session, found.way_id, UNDELIVERED)
            go_on(session, incident, found, at_once=True)
        elif status == DELIVERED:
            works_again(session, found.way_id)
    return True


def overdue(session: Session, seconds: float) -> int:
    """How many pages should have gone out that long ago, and how many incidents the engine should have looked at."""
    pages = (Page.state == "waiting", Page.due_at < later(-seconds), Page.tries == 0)
    stuck = (Incident.closed_at.is_(None), Incident.next_action_at < later(-seconds))
    count = session.scalar(select(func.count()).select_from(Page).where(*pages)) or 0
    return count + (session.scalar(select(func.count()).select_from(Incident).where(*stuck)) or 0)


def _counts_over(status: str, order: int, found: Page) -> bool:
    """A greater order, or, of two with the same, how it ended over that it was sent."""
    ends = found.reported in ("", TAKEN) and status != TAKEN
    return order > found.reported_order or (order == found.reported_order and ends)
