"""How somebody stands, with what follows in rooms: whoever is there for somebody who left, leaves with them."""

from datetime import datetime

from app.foundation.database import Session
from app.people import changing_standing
from app.people.actors import Actor
from app.people.models import LEFT, Person
from app.rooms.supporters import end_with


def set_standing(
    session: Session, actor: Actor, person: Person, standing: str, *, until: datetime | None = None
) -> None:
    """The rights are asked by `changing_standing`; rooms are locked before anything is written to the log."""
    if standing in LEFT:
        end_with(session, actor, person.id)
    changing_standing.set_standing(session, actor, person, standing, until=until)
