"""`hearthside recover`, and what `serve` prints in a new house: to one's proofs from the machine itself."""

from sqlalchemy import func, select

from app.foundation.database import Session
from app.people import set_up_links
from app.people.actors import SYSTEM
from app.people.first_administrator import print_link
from app.people.models import LEFT, Grant, Person
from app.people.roles import STAFF_ROLES, holds
from app.problems import N_, Invalid
from app.settings import Settings


def first_link(session: Session, settings: Settings, key: bytes, address: str) -> str:
    """The address with which the first administrator begins; nothing where one can sign in already."""
    secret = print_link(session, key)
    return link_url(settings.public_url or address, secret) if secret else ""


def recover(session: Session, settings: Settings, key: bytes, name: str, person_id: str) -> tuple[str, str]:
    """Somebody of the staff by name (and id, where two bear it): their name, and the address of a set-up link."""
    staff = select(Grant.person_id).where(Grant.role.in_(STAFF_ROLES), holds())
    query = select(Person).where(Person.id.in_(staff), Person.standing.not_in(LEFT))
    query = query.where(func.lower(Person.name) == name.strip().lower())
    if person_id:
        query = query.where(Person.id == person_id)
    found = list(session.scalars(query.order_by(Person.id)))
    if not found:
        raise Invalid(N_("Nobody of the staff is called {name}."), name=name)
    if len(found) > 1:
        ids = ", ".join(person.id for person in found)
        raise Invalid(N_("{count} people are called {name}. Add --person with one of: {ids}"),
                      count=len(found), name=name, ids=ids)  # fmt: skip
    made = set_up_links.offer(session, SYSTEM, found[0], key)
    return made.person.name, link_url(settings.address, made.secret)


def link_url(address: str, secret: str) -> str:
    """The secret stays in the fragment, which browsers never send."""
    return f"{address.rstrip('/')}/set-up#{secret}"
