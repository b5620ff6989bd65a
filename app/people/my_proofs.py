"""My own proofs, set up from a sign-in that was proved within ten minutes; never from a card."""

from typing import Any

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people import passkeys, passwords
from app.people.actors import Actor
from app.people.models import Person
from app.people.passkeys import Address
from app.people.passwords import Chosen
from app.people.proving import require_fresh


def ask_for_passkey(session: Session, actor: Actor, at: Address, house_name: str) -> dict[str, Any]:
    require_fresh(session, actor)
    return passkeys.to_make(session, session.get_one(Person, actor.id), at, house_name)


def add_passkey(
    session: Session, actor: Actor, at: Address, challenge: str | None, answer: dict[str, Any], device: str
) -> None:
    require_fresh(session, actor)
    passkeys.keep(session, session.get_one(Person, actor.id), at, challenge, answer, device)


def choose_password(session: Session, actor: Actor, seal: str, seals: Seals) -> Chosen:
    require_fresh(session, actor)
    return passwords.choose(session, actor.id, seal, seals)


def confirm_password(
    session: Session, actor: Actor, challenge_id: str, code: str, key: bytes, seals: Seals
) -> list[str]:
    """The spare codes, shown once."""
    require_fresh(session, actor)
    return passwords.confirm(session, actor.id, challenge_id, code, key, seals)
