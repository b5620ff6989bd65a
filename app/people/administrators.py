"""A house is never without an administrator: whoever ends one role of that kind asks here first.

Lock order of whatever changes roles: rooms, then the person, then the administrators' grants (by their ids), then the
log of acts. Of two who end each other's role at once the first one does; the second is told that theirs is gone.
"""

from sqlalchemy import select

from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.people.models import Grant, Person
from app.people.roles import holds, require, roles_of
from app.problems import N_, Invalid


def still_may_give(session: Session, actor: Actor) -> list[Grant]:
    """Lock the grants of all administrators, and look once more whether the actor is one of them."""
    query = select(Grant).where(Grant.role == "admin", Grant.room_id == "", holds()).order_by(Grant.id)
    grants = list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))
    if actor is not SYSTEM:
        require(roles_of(session, actor.id), "give_roles")
    return grants


def require_another(grants: list[Grant], person: Person) -> None:
    """Somebody else is an administrator, and for no set time: one whose role ends some day does not count."""
    lasting = {grant.person_id for grant in grants if grant.ends_at is None}
    if person.id in {grant.person_id for grant in grants} and not lasting - {person.id}:
        raise Invalid(N_("{name} is the only administrator. Make somebody else one first."), name=person.name)
