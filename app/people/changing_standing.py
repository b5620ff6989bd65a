"""A named person says how somebody stands. Words and name stay in the rooms, whatever it is.

No machine announces anything: after a death people are asked to tell people.
"""

from datetime import datetime

from sqlalchemy import select

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import database_now, spoken
from app.foundation.database import Session
from app.people import cards, tasks
from app.people.actors import Actor
from app.people.granting import take_role
from app.people.models import LEFT, Grant, Person
from app.people.proofs import end_proofs
from app.people.roles import holds, require, roles_of
from app.people.standing import STANDINGS
from app.problems import N_, Invalid, NotAllowed

AFTER_A_DEATH = (
    ("died_tell_rooms", "facilitator"),
    ("died_ring_family", "admin"),
    ("died_look_after", "supervisor"),
    ("died_tablet", "helper"),
)
"""What people do then, and whose work it is; an administrator's where nobody has that role."""


def set_standing(
    session: Session, actor: Actor, person: Person, standing: str, *, until: datetime | None = None
) -> None:
    """Say how somebody stands from now on. `until` is the day on which somebody who is away comes back."""
    require(actor.roles, "set_standing")
    if actor.id == person.id:
        raise NotAllowed(N_("This is about yourself. Please ask somebody else to do it."))
    session.refresh(person, with_for_update=True)
    until = _day_back(session, standing, until)
    if standing == person.standing and until == person.standing_until:
        return
    if standing in LEFT:
        let_go(session, actor, person)
    person.standing, person.standing_until = standing, until
    person.standing_at, person.standing_by = database_now(session), actor.id
    session.flush()
    audit.record(session, actor.id, "set_standing", whom=person.id, standing=standing)
    journal.note(session, "stands", person.id, standing=standing, until=spoken(until) if until else "")
    if standing == "died":
        _ask_people(session, person)
    access_changed(session)


def _day_back(session: Session, standing: str, until: datetime | None) -> datetime | None:
    if standing not in STANDINGS:
        raise Invalid(N_("Please choose one of these."), fields=(("standing", N_("Please choose one.")),))
    if standing != "away" or until is None:
        return None
    if until <= database_now(session):
        raise Invalid(N_("Please choose a day to come, or leave the day empty."), fields=(("until", N_("To come.")),))
    return until


def let_go(session: Session, actor: Actor, person: Person) -> None:
    """Nothing lets them in any more, and nothing is asked about them. The last administrator is never let go."""
    pairs = roles_of(session, person.id).pairs
    if any(role != "member" for role, _ in pairs):
        require(actor.roles, "give_roles")
    for role, room_id in sorted(pairs - {("member", "")}):
        take_role(session, actor, person, role, room_id)
    cards.shut_out(session, actor, person)
    end_proofs(session, person.id)
    tasks.drop_all(session, person.id)


def _ask_people(session: Session, person: Person) -> None:
    for kind, role in AFTER_A_DEATH:
        held = select(Grant.id).where(Grant.role == role, holds()).limit(1)
        tasks.ask_for(session, kind, person.id, role=role if session.scalar(held) else "admin")
