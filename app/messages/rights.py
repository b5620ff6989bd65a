"""What people may say in rooms: their places there, and what limits them, read under the rooms' locks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from app.foundation.database import Session
from app.people.models import Person
from app.rooms.finding import Supported, called
from app.rooms.models import Membership


@dataclass(slots=True)
class Right:
    """What one person may say in one room, at the moment its row was locked."""

    name: str
    muted_until: datetime | None
    muted_why: str
    held: bool
    for_name: str | None = None
    for_id: str = ""
    withdrew_at: datetime | None = None

    @property
    def called(self) -> str:
        return called(self.name, self.for_name)


_RIGHTS = (
    select(
        Membership.room_id, Membership.person_id, Person.name,
        Membership.muted_until, Membership.muted_why, Membership.held, Supported.name, Membership.for_id,
        func.coalesce(Person.withdrew_at, Supported.withdrew_at),
    )
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(Supported, Supported.id == Membership.for_id)
    .where(
        Membership.room_id.in_(bindparam("rooms", expanding=True)),
        Membership.person_id.in_(bindparam("people", expanding=True)),
        Membership.removed_at.is_(None),
    )
)  # fmt: skip


def rights_of(session: Session, rooms: set[str], people: set[str]) -> dict[tuple[str, str], Right]:
    """(room, person) → what they may say there; whoever does not belong there has no right."""
    rows = session.connection().execute(_RIGHTS, {"rooms": list(rooms), "people": list(people)})
    return {(row[0], row[1]): Right(*row[2:]) for row in rows}
