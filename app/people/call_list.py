"""Who wants to be rung this morning: the list that is printed and lies beside the telephone."""

from dataclasses import dataclass

from sqlalchemy import select

from app.foundation import audit
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_to_find
from app.people.standing import reachable
from app.people.ways import Way


@dataclass(frozen=True, slots=True)
class Ring:
    person_id: str
    name: str
    phone: str
    language: str


def rung_today(session: Session, actor: Actor, weekday: int) -> list[Ring]:
    """Checked numbers of people who are here and asked to be rung on this day (0 is Monday). The look is recorded."""
    require_to_find(actor.roles, "look_after_tablets")
    query = (
        select(Person.id, Person.name, Way.address, Person.language)
        .join(Way, Way.person_id == Person.id)
        .where(
            Way.kind == "ring", Way.ended_at.is_(None), Way.verified_at.is_not(None),
            Way.days.contains(str(weekday)), reachable(),
        )
        .order_by(Person.name, Person.id, Way.place)
    )  # fmt: skip
    found = [Ring(*row) for row in session.execute(query)]
    audit.record(session, actor.id, "look_at_call_list", people=len(found))
    return found
