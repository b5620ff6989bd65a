"""Coming into the house: a person is added by staff, and found again by them."""

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.beat import access_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.foundation.words import clean_name
from app.people.actors import Actor
from app.people.granting import give_role
from app.people.models import Person
from app.people.preferences import LANGUAGES, a_language
from app.people.roles import require, require_to_find
from app.problems import N_, Invalid, NotFound

LONGEST_NAME = 60
NO_SUCH_PERSON = N_("We cannot find that person.")


def add_person(
    session: Session,
    actor: Actor,
    name: str,
    *,
    roles: tuple[str, ...] = (),
    language: str = LANGUAGES[0],
    no_limits: bool = False,
) -> Person:
    """A new person with house-wide roles. Two people may have one name."""
    require(actor.roles, "add_people")
    person = Person(
        id=new_id(), name=a_name(name), letters=22, contrast="normal", language=a_language(language),
        no_limits=no_limits, joined_at=now(),
    )  # fmt: skip
    session.add(person)
    session.flush()
    audit.record(session, actor.id, "add_person", whom=person.id)
    for role in roles:
        give_role(session, actor, person, role)
    return person


def rename(session: Session, actor: Actor, person: Person, name: str) -> None:
    """Change the name shown. People may change their own; words already said keep the name of their day."""
    if actor.id != person.id:
        require(actor.roles, "add_people")
        audit.record(session, actor.id, "rename", whom=person.id)
    person.name = a_name(name)
    access_changed(session)


def a_name(name: str) -> str:
    """A name as it is kept, or Invalid with a sentence."""
    name = clean_name(name)
    if not name:
        raise Invalid(N_("Please write a name."), fields=(("name", N_("Please write a name.")),))
    if len(name) > LONGEST_NAME:
        raise Invalid(N_("That name is too long. Sixty letters are the most."), fields=(("name", N_("Too long.")),))
    return name


def person_for(session: Session, actor: Actor, person_id: str) -> Person:
    """The person, for somebody who may see people. Anybody else finds nobody."""
    if actor.id != person_id:
        require_to_find(actor.roles, "see_people", NO_SUCH_PERSON)
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(NO_SUCH_PERSON)
    return person


def find_people(session: Session, actor: Actor, part: str = "", *, most: int = 200) -> list[Person]:
    """People whose name has `part` in it, by name."""
    require_to_find(actor.roles, "see_people")
    query = select(Person).order_by(func.lower(Person.name), Person.id).limit(most)
    if part := clean_name(part):
        query = query.where(func.lower(Person.name).contains(part.lower(), autoescape=True))
    return list(session.scalars(query))
