"""A house is open from the day on which it was ready. Until then its pages let in staff, and members for practice."""

from sqlalchemy import select, update

from app.foundation.clock import now
from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.people.models import Site
from app.problems import N_, NotAllowed

PRACTICE_SECONDS = 24 * 3600
"""How long a card for practice works, and whoever came in with it is signed in."""
NOT_OPEN = N_(
    "This house is not open yet. The page Ready to open says what is missing. A card for practice can be made."
)


def is_open(session: Session) -> bool:
    return session.scalar(select(Site.opened_at)) is not None


def for_practice(session: Session, actor: Actor) -> bool:
    """Whether what is made for a member now is only for practice. An operator at the command line knows best."""
    return actor is not SYSTEM and not is_open(session)


def open_to_all(session: Session) -> None:
    """For houses in which nothing is real: the demo's, and those of load tests."""
    session.execute(update(Site).where(Site.opened_at.is_(None)).values(opened_at=now()))


def require_open(session: Session, actor: Actor) -> None:
    if for_practice(session, actor):
        raise NotAllowed(NOT_OPEN)
