"""Signed in with a proof, or proved once more; always under a new token."""

from typing import Any

from app.foundation import audit
from app.foundation.clock import database_now, later
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.foundation.tokens import new_secret, sealed
from app.people import passkeys, passwords
from app.people.actors import Actor
from app.people.models import Person, SignIn
from app.people.passkeys import DID_NOT_FIT, Address
from app.people.signing_in import STAFF_SECONDS, SignedIn, actor_for, begin
from app.problems import NotFound


def sign_in_with_passkey(
    session: Session, at: Address, challenge: str | None, answer: dict[str, Any], key: bytes, device: str
) -> SignedIn | None:
    """None is the same refusal as NotFound, but what was recorded stays."""
    person = passkeys.owner(session, at, challenge, answer)
    return begin(session, person, key, device=device, staff=True, by="passkey") if person else None


def sign_in_with_password(
    session: Session, person_id: str, code: str, key: bytes, seals: Seals, device: str
) -> SignedIn | None:
    """For a password that was right. None: the code was not."""
    if not passwords.code_fits(session, person_id, code, key, seals):
        return None
    return begin(session, session.get_one(Person, person_id), key, device=device, staff=True, by="password")


def again_with_passkey(
    session: Session, actor: Actor, at: Address, challenge: str | None, answer: dict[str, Any], key: bytes
) -> SignedIn | None:
    person = passkeys.owner(session, at, challenge, answer)
    if person and person.id != actor.id:
        raise NotFound(DID_NOT_FIT)
    return _proved_again(session, actor, key, "passkey") if person else None


def again_with_password(session: Session, actor: Actor, code: str, key: bytes, seals: Seals) -> SignedIn | None:
    """For a password that was right."""
    fits = passwords.code_fits(session, actor.id, code, key, seals)
    return _proved_again(session, actor, key, "password") if fits else None


def _proved_again(session: Session, actor: Actor, key: bytes, by: str) -> SignedIn:
    """The same sign-in under a new token. One that began with a card may do all its person may from now on."""
    row, token = session.get_one(SignIn, actor.sign_in_id, with_for_update=True), new_secret()
    row.token_seal, row.proved_at, row.staff = sealed(key, token), database_now(session), True
    row.expires_at = later(STAFF_SECONDS)  # type: ignore[assignment]
    session.flush()
    audit.record(session, actor.id, "prove_again", whom=actor.id, sign_in=row.id, by=by)
    now_proved = actor_for(session, token, key)
    if now_proved is None:
        raise NotFound(DID_NOT_FIT)
    session.refresh(row)
    return SignedIn(now_proved, token, row.expires_at)
