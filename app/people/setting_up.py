"""Through a set-up link to the first proof, or to new ones. The link is used up in the transaction that keeps them."""

from typing import Any

from app.foundation import audit
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people import passkeys, passwords
from app.people.first_administrator import whose_link
from app.people.models import Person
from app.people.passkeys import Address
from app.people.set_up_links import UNKNOWN, link_for, use_up
from app.people.signing_in import SignedIn, begin
from app.problems import NotFound


def person_with_link(session: Session, secret: str, key: bytes) -> Person:
    person = whose_link(session, secret, key)
    if person is None:
        raise NotFound(UNKNOWN)
    return person


def with_passkey(
    session: Session, secret: str, key: bytes, at: Address, challenge: str | None, answer: dict[str, Any], device: str
) -> SignedIn:
    """A passkey, and signed in with it."""
    person_with_link(session, secret, key)
    person = use_up(session, link_for(session, secret, key))
    passkeys.keep(session, person, at, challenge, answer, device)
    return begin(session, person, key, device=device, staff=True, by="passkey")


def with_password(
    session: Session, secret: str, key: bytes, seals: Seals, challenge_id: str, code: str, device: str
) -> tuple[SignedIn, list[str]]:
    """A password with codes, signed in with it, and the spare codes to write down."""
    person_with_link(session, secret, key)
    person = use_up(session, link_for(session, secret, key))
    spare = passwords.confirm(session, person.id, challenge_id, code, key, seals)
    return begin(session, person, key, device=device, staff=True, by="password"), spare


def enter(session: Session, secret: str, key: bytes, device: str) -> SignedIn:
    """The demo's link signs in at once, as somebody made up."""
    person = person_with_link(session, secret, key)
    if not link_for(session, secret, key).opens:
        raise NotFound(UNKNOWN)
    audit.record(session, person.id, "open_at_once", whom=person.id)
    return begin(session, person, key, device=device, staff=True, by="demo")
