"""Passkeys: made on a device, unlocked there by finger, face or PIN, and checked here (WebAuthn).

1. `to_make` or `to_use` asks the browser with a fresh challenge, good once (`challenges`).
2. `keep` or `owner` checks the answer: the challenge, our own address, that the person was verified on the device, the
   signature, and that the device's counter has risen. A counter that stands still is recorded: the key may be copied.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.foundation import audit
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.foundation.words import clean_name
from app.people import challenges
from app.people.models import LEFT, Person
from app.people.proofs import Passkey, passkeys_of
from app.problems import N_, Invalid, NotFound

MAKE, USE = "make_passkey", "use_passkey"
MOST = 20
DID_NOT_FIT = N_("That passkey did not fit. Please try once more, or sign in another way.")
REQUIRED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Address:
    """Where this house is found: a passkey made here is good here and nowhere else."""

    host: str
    origin: str


def to_make(session: Session, person: Person, at: Address, house_name: str) -> dict[str, Any]:
    """`{"challenge", "options"}` for a new passkey of this person."""
    known = passkeys_of(session, person.id)
    if len(known) >= MOST:
        raise Invalid(N_("You have many passkeys already. Please remove one first."))
    options = generate_registration_options(
        rp_id=at.host,
        rp_name=house_name,
        user_id=person.id.encode(),
        user_name=person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential_id)) for one in known],
    )
    return _asked(session, MAKE, person.id, options)


def to_use(session: Session, at: Address, person_id: str = "") -> dict[str, Any]:
    """`{"challenge", "options"}` for whoever comes: the device itself knows whose key it has."""
    return _asked(session, USE, person_id, generate_authentication_options(rp_id=at.host, user_verification=REQUIRED))


def keep(
    session: Session, person: Person, at: Address, challenge: str | None, answer: dict[str, Any], device: str
) -> None:
    """The new passkey, if the answer is what was asked for."""
    try:
        made = verify_registration_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge or ""),
            expected_rp_id=at.host, expected_origin=at.origin, require_user_verification=True,
        )  # fmt: skip
    except Exception as trouble:  # Whatever a browser sends that cannot be read fits as little as what is wrong.
        raise Invalid(DID_NOT_FIT) from trouble
    passkey = Passkey(
        id=new_id(), person_id=person.id, credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key), sign_count=made.sign_count,
        device=clean_name(device)[:120], made_at=now(),
    )  # fmt: skip
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == passkey.credential_id)):
        raise Invalid(DID_NOT_FIT)
    session.add(passkey)
    session.flush()
    audit.record(session, person.id, "add_passkey", whom=person.id, passkey=passkey.id)


def owner(session: Session, at: Address, challenge: str | None, answer: dict[str, Any]) -> Person | None:
    """Who has proved it is them. None where the key may be a copy, which is recorded; else NotFound."""
    named = "".join(sign for sign in str(answer.get("id", ""))[:1400] if sign.isalnum() or sign in "-_")
    mine = (Passkey.credential_id == named, Person.standing.not_in(LEFT))
    found = session.execute(select(Passkey, Person).join(Person).where(*mine).with_for_update(of=Passkey)).first()
    if found is None or challenge is None:
        raise NotFound(DID_NOT_FIT)
    passkey, person = found
    try:
        used = verify_authentication_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=at.host, expected_origin=at.origin, require_user_verification=True,
            credential_public_key=base64url_to_bytes(passkey.public_key), credential_current_sign_count=0,
        )  # fmt: skip
    except Exception as trouble:
        raise NotFound(DID_NOT_FIT) from trouble
    if max(passkey.sign_count, used.new_sign_count) > 0 and used.new_sign_count <= passkey.sign_count:
        audit.record(session, person.id, "refuse_copied_passkey", whom=person.id, passkey=passkey.id)
        return None
    passkey.sign_count, passkey.last_used_at = used.new_sign_count, now()  # type: ignore[assignment]
    return person


def _asked(session: Session, purpose: str, whom: str, options: Any) -> dict[str, Any]:
    value = bytes_to_base64url(options.challenge)
    asked = challenges.ask(session, purpose, whom, value)
    return {"challenge": asked.id, "options": json.loads(options_to_json(options))}
