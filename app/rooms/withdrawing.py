"""Taking back one's agreement: who may speak in a room changes only under its row's lock, so all are taken first."""

from sqlalchemy import select

from app.foundation.beat import access_changed
from app.foundation.database import Session
from app.people import consent
from app.people.actors import Actor
from app.rooms import entries
from app.rooms.models import Membership


def take_back(session: Session, actor: Actor) -> None:
    """From the answer on, nothing of theirs comes into any room; what they wrote stays until they ask."""
    mine = (Membership.person_id == actor.id, Membership.removed_at.is_(None))
    entries.lock(session, list(session.scalars(select(Membership.room_id).where(*mine))))
    consent.withdraw(session, actor)
    access_changed(session)
