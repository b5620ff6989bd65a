"""The four digits that stand in pages and in answers to them."""

import secrets

from sqlalchemy import or_, select

from app.crisis.models import DutyTest, Incident
from app.foundation.clock import later
from app.foundation.database import Session

RESTS_SECONDS, MOST_RESTING = 30 * 24 * 3600, 8000


def free_code(session: Session) -> str:
    """Of no other open incident or test, and of none of the last month: an old text cannot answer a new call."""
    lately = Incident.raised_at > later(-RESTS_SECONDS)
    taken = set(session.scalars(select(Incident.code).where(or_(Incident.closed_at.is_(None), lately))))
    if len(taken) > MOST_RESTING:
        taken = set(session.scalars(select(Incident.code).where(Incident.closed_at.is_(None))))
    tested = DutyTest.asked_at > later(-RESTS_SECONDS)
    taken |= set(session.scalars(select(DutyTest.code).where(tested, DutyTest.answered_at.is_(None))))
    while (code := f"{secrets.randbelow(9000) + 1000}") in taken:
        pass
    return code
