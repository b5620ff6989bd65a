"""One-time codes from an app on a telephone (TOTP, RFC 6238), and spare codes on paper."""

import secrets
from datetime import datetime
from urllib.parse import quote

import pyotp
from sqlalchemy import delete, select

from app.foundation import audit, journal
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import ALPHABET, new_id, sealed
from app.people.actors import Actor
from app.people.proofs import Password, SpareCode
from app.people.proving import require_fresh
from app.problems import N_, Invalid

STEP_SECONDS = 30
NEIGHBOURS = (-1, 0, 1)
"""A telephone's clock may be half a minute off."""
SPARE_CODES = 10
SPARE_LENGTH = 10


def new_code_secret() -> str:
    return pyotp.random_base32()


def app_address(secret: str, name: str, house_name: str) -> str:
    """What the square says to the app on the telephone."""
    return f"otpauth://totp/{quote(house_name)}:{quote(name)}?secret={secret}&issuer={quote(house_name)}"


def step_of(secret: str, code: str, moment: datetime, after: int = 0) -> int | None:
    """The half minute whose code this is, if it is later than `after`."""
    code = "".join(code.split())
    this = int(moment.timestamp()) // STEP_SECONDS
    steps = [this + by for by in NEIGHBOURS if this + by > after]
    right = [step for step in steps if secrets.compare_digest(_code(secret, step).encode(), code.encode())]
    return right[0] if right else None


def use_spare(session: Session, person_id: str, key: bytes, code: str) -> bool:
    """Use a spare code up. It knows no waiting: it is too long to be guessed."""
    seal = sealed(key, f"{person_id} {as_typed(code)}")
    mine = (SpareCode.person_id == person_id, SpareCode.seal == seal, SpareCode.used_at.is_(None))
    spare = session.scalar(select(SpareCode).where(*mine).with_for_update())
    if spare is None:
        return False
    spare.used_at = now()  # type: ignore[assignment]
    journal.note(session, "spare_code_used", person_id, code=spare.id)
    audit.record(session, person_id, "use_spare_code", whom=person_id)
    return True


def new_spare_codes(session: Session, actor: Actor, key: bytes) -> list[str]:
    """Ten new ones, shown once; the old ones end."""
    require_fresh(session, actor)
    if session.get(Password, actor.id) is None:
        raise Invalid(N_("Spare codes belong to a password. Set one up first."))
    return make_spare_codes(session, actor.id, key)


def make_spare_codes(session: Session, person_id: str, key: bytes) -> list[str]:
    ended = session.execute(delete(SpareCode).where(SpareCode.person_id == person_id))
    if ended.rowcount:  # type: ignore[attr-defined]
        journal.note(session, "spare_codes_ended", person_id)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(SPARE_LENGTH)) for _ in range(SPARE_CODES)]
    for code in codes:
        session.add(SpareCode(id=new_id(), person_id=person_id, seal=sealed(key, f"{person_id} {code}")))
    audit.record(session, person_id, "make_spare_codes", whom=person_id)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def as_typed(code: str) -> str:
    return "".join(sign for sign in code.lower() if sign.isalnum())


def _code(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).at(step * STEP_SECONDS)
