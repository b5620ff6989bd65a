"""The ways of somebody on call: which of them count, and which do not work."""

from sqlalchemy import update

from app.foundation.clock import now
from app.foundation.database import Session
from app.people.ways import Way, ways_in_use

UNDELIVERED = "undelivered"
"""The trouble of a way that a provider took, and reported later as not having come through."""


def usable_ways(session: Session, person_id: str) -> list[Way]:
    """The checked ways of somebody on call."""
    return [way for way in ways_in_use(session, person_id) if way.verified_at]


def is_failing(session: Session, way_id: str, trouble: str) -> None:
    """It does not work, and trying it again does not help: the readiness board shows it until it does."""
    session.execute(update(Way).where(Way.id == way_id).values(trouble=trouble[:40], trouble_at=now()))


def works_again(session: Session, way_id: str, *, but: str = "") -> None:
    """It went through, so it is well, unless its trouble was of a kind that this does not prove wrong."""
    session.execute(
        update(Way).where(Way.id == way_id, Way.trouble.not_in(["", but])).values(trouble="", trouble_at=None)
    )
