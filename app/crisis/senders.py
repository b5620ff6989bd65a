"""Who writes from a telephone number: somebody of the staff who has it as a checked way of theirs."""

from dataclasses import replace

from sqlalchemy import select

from app.crisis.models import Incident, Page
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import roles_of_many
from app.people.standing import reachable
from app.people.ways import Way

ENOUGH_DIGITS = 7
"""A number that was written without its country is known by its last digits, if there are so many."""
GRANT = "answer_calls_for_help"


def senders(session: Session, number: str) -> list[Actor]:
    """All whose checked number this is: mostly one, and several where an office has one telephone.

    Whoever holds the telephone has proved enough to answer a call, and is asked for no more.
    """
    query = (
        select(Way.address, Person)
        .join(Person, Person.id == Way.person_id)
        .where(Way.kind.in_(("text", "ring")), Way.verified_at.is_not(None), Way.ended_at.is_(None), reachable())
        .order_by(Person.id)
    )
    people = {person.id: person for address, person in session.execute(query) if same_number(address, number)}
    roles = roles_of_many(session, list(people))
    return [
        Actor(one.id, one.name, replace(roles[one.id], proved=True), language=one.language)
        for one in people.values()
        if roles[one.id].may_anywhere(GRANT)
    ]


def one_of(session: Session, known: list[Actor], incident_id: str) -> Actor:
    """Of several who share a telephone the one who was paged for this, if any was."""
    ids = [one.id for one in known]
    paged = (Page.incident_id == incident_id, Page.person_id.in_(ids), Page.says == "page")
    owner = session.scalar(select(Incident.owner_id).where(Incident.id == incident_id, Incident.owner_id.in_(ids)))
    chosen = owner or session.scalar(select(Page.person_id).where(*paged).order_by(Page.fired_at.desc()).limit(1))
    return next((one for one in known if one.id == chosen), known[0])


def same_number(kept: str, written: str) -> bool:
    """ "+44 7700 900123", "0044 7700 900123" and "07700 900123" are one."""
    one, other = _digits(kept), _digits(written)
    if one == other:
        return bool(one)
    short, long = sorted((one.removeprefix("0"), other), key=len)
    return len(short) >= ENOUGH_DIGITS and long.endswith(short) and not kept.strip().startswith(("+", "00"))


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign in "0123456789").removeprefix("00")
