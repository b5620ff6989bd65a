"""Who leads, and so hears of what should not stay between two: a supervisor, or else an administrator."""

from collections.abc import Collection

from sqlalchemy import select

from app.foundation.database import Session
from app.people.models import Grant, Person
from app.people.roles import holds
from app.people.standing import reachable

LEADING = ("supervisor", "admin")


def lead_besides(session: Session, but: Collection[str]) -> str:
    """The id of somebody who leads and is none of these; empty where there is nobody else."""
    for role in LEADING:
        query = select(Person.id).join(Grant, Grant.person_id == Person.id)
        query = query.where(Grant.role == role, Grant.room_id == "", holds(), reachable(), Person.id.not_in(but))
        if found := session.scalar(query.order_by(Person.name, Person.id).limit(1)):
            return found
    return ""
