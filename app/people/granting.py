"""Giving and taking roles. What makes or unmakes staff asks for a fresh proof."""

from datetime import datetime

from sqlalchemy import delete, select, update

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import database_now, now, spoken
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.administrators import require_another, still_may_give
from app.people.models import LEFT, Card, Grant, Person, SignIn
from app.people.proving import require_fresh
from app.people.roles import GRANTS, STAFF_ROLES, require
from app.problems import N_, Invalid, NotAllowed


def give_role(
    session: Session, actor: Actor, person: Person, role: str, room_id: str = "", *, until: datetime | None = None
) -> None:
    """Give a role, for the house or one room, perhaps until a day. Giving it again changes its end, or nothing."""
    require(actor.roles, "give_roles")
    if actor.id == person.id:
        raise NotAllowed(N_("This is about yourself. Please ask somebody else to do it."))
    if role not in GRANTS:
        raise Invalid(N_("There is no role called {role}. The roles are {roles}."), role=role, roles=", ".join(GRANTS))
    if person.standing in LEFT:
        raise Invalid(N_("{name} is not in this house any more. Change that first."), name=person.name)
    if until is not None and until <= database_now(session):
        raise Invalid(N_("Please choose a day to come, or leave the day empty."), fields=(("until", N_("To come.")),))
    admins = still_may_give(session, actor)
    mine = (Grant.person_id == person.id, Grant.role == role, Grant.room_id == room_id)
    grant = session.scalar(select(Grant).where(*mine))
    if grant is not None and grant.ends_at == until:
        return
    if role in STAFF_ROLES:
        require_fresh(session, actor)
    if role == "admin" and until is not None:
        require_another(admins, person)
    known = grant is not None
    grant = grant or Grant(id=new_id(), person_id=person.id, role=role, room_id=room_id)
    grant.given_by, grant.given_at, grant.ends_at = actor.id, database_now(session), until
    session.add(grant)
    session.flush()
    ends = {"until": spoken(until)} if until else {}
    if known:
        journal.note(session, "role_ends", person.id, role=role, room=room_id, until=ends.get("until", ""))
    audit.record(session, actor.id, "give_role", whom=person.id, place=room_id, role=role, **ends)
    if role in STAFF_ROLES:
        _end_member_cards(session, actor, person)
    access_changed(session)


def take_role(session: Session, actor: Actor, person: Person, role: str, room_id: str = "") -> None:
    """Take a role away. The last administrator keeps theirs."""
    require(actor.roles, "give_roles")
    if role in STAFF_ROLES:
        require_fresh(session, actor)
    admins = still_may_give(session, actor)
    if role == "admin":
        require_another(admins, person)
        if actor.id == person.id:
            raise NotAllowed(N_("Please ask another administrator to take this away from you."))
    gone = delete(Grant).where(Grant.person_id == person.id, Grant.role == role, Grant.room_id == room_id)
    session.execute(gone)
    audit.record(session, actor.id, "take_role", whom=person.id, place=room_id, role=role)
    journal.note(session, "role_taken", person.id, role=role, room=room_id)
    access_changed(session)


def _end_member_cards(session: Session, actor: Actor, person: Person) -> None:
    """Staff rights never rest on a card that lies in a kitchen drawer, nor on a sign-in it began."""
    cards = update(Card).where(Card.person_id == person.id, Card.once.is_(False), Card.ended_at.is_(None))
    sign_ins = update(SignIn).where(SignIn.person_id == person.id, SignIn.staff.is_(False), SignIn.ended_at.is_(None))
    ended = session.execute(cards.values(ended_at=now())).rowcount  # type: ignore[attr-defined]
    ended += session.execute(sign_ins.values(ended_at=now(), ended_by=actor.id)).rowcount  # type: ignore[attr-defined]
    if ended:
        journal.note(session, "cards_ended", person.id)
        journal.note(session, "sign_ins_ended", person.id)
