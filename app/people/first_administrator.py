"""The first administrator: `hearthside serve` prints a link while no administrator has a proof."""

from sqlalchemy import or_, select

from app.foundation import audit
from app.foundation.clock import database_now, later
from app.foundation.database import Session
from app.foundation.tokens import new_id, new_secret, sealed
from app.people.actors import SYSTEM
from app.people.joining import add_person
from app.people.models import Grant, Person, Site
from app.people.proofs import Passkey, Password
from app.people.roles import holds
from app.people.set_up_links import DAY_SECONDS, UNKNOWN, SetUpLink, link_for, person_of
from app.problems import NotFound


def print_link(session: Session, key: bytes) -> str:
    """The secret of a new link, good for a day; nothing where some administrator can sign in already."""
    if somebody_can_sign_in(session):
        return ""
    secret = new_secret()
    session.add(
        SetUpLink(
            id=new_id(), person_id=_oldest(session), secret_seal=sealed(key, secret), first=True,
            made_by=SYSTEM.id, made_at=database_now(session), expires_at=later(DAY_SECONDS),
        )
    )  # fmt: skip
    session.flush()
    return secret


def somebody_can_sign_in(session: Session) -> bool:
    """Whether an administrator has a passkey or a password. Locked, so that of two who come first one is."""
    session.get_one(Site, 1, with_for_update=True)
    proved = or_(Grant.person_id.in_(select(Passkey.person_id)), Grant.person_id.in_(select(Password.person_id)))
    admins = select(Grant.id).where(Grant.role == "admin", Grant.room_id == "", holds(), proved).limit(1)
    return session.scalar(admins) is not None


def whose_link(session: Session, secret: str, key: bytes) -> Person | None:
    """Whose set-up link this is. None: the first administrator's, who has still to say their name."""
    link = link_for(session, secret, key)
    if link.first and somebody_can_sign_in(session):
        raise NotFound(UNKNOWN)
    return person_of(session, link) if link.person_id or not link.first else None


def say_name(session: Session, secret: str, key: bytes, name: str) -> Person:
    """ "I am Nora": the house has its first administrator, who sets up their sign-in next."""
    if person := whose_link(session, secret, key):
        return person
    person = add_person(session, SYSTEM, name, roles=("admin",))
    link_for(session, secret, key).person_id = person.id
    audit.record(session, SYSTEM.id, "first_administrator", whom=person.id)
    return person


def _oldest(session: Session) -> str:
    admins = select(Grant.person_id).where(Grant.role == "admin", Grant.room_id == "", holds())
    return session.scalar(admins.order_by(Grant.given_at, Grant.id).limit(1)) or ""
