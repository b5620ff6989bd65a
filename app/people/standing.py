"""How somebody stands with this house: joined, away for a while, paused, moved on, died.

Away and later stop every reminder, absence task and suggestion: whoever makes one asks `reachable` first, or marks
the task `while_here`. Moved on and died end cards, sign-ins and roles too (`changing_standing`).
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.foundation.clock import now
from app.foundation.database import Session
from app.people.models import LEFT, Person

STANDINGS = ("joined", "away", "paused", *LEFT)


def reachable() -> ColumnElement[bool]:
    """Somebody who may be reminded, missed and suggested: joined, or back from being away."""
    return or_(Person.standing == "joined", (Person.standing == "away") & (Person.standing_until <= now()))


def reachable_people(session: Session, person_ids: Collection[str]) -> set[str]:
    """Of these people those who may be reminded, missed and suggested."""
    return set(session.scalars(select(Person.id).where(Person.id.in_(person_ids), reachable())))


def standing_at(person: Person, moment: datetime) -> str:
    """How they stand at that moment: who was away until then is back."""
    back = person.standing == "away" and person.standing_until is not None and person.standing_until <= moment
    return "joined" if back else person.standing
