"""Six numbers that a helper says on the telephone: they open the door once, within ten minutes, for a member.

Guessing is slowed by the doors. A code is stored only as its seal, and making a new one ends the one before.
"""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.clock import Instant, later, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id, sealed
from app.people import second_tablets
from app.people.actors import SYSTEM, Actor
from app.people.models import LEFT, Person
from app.people.open_house import require_open
from app.people.roles import require, roles_of
from app.people.shared_tablets import tablet_for
from app.people.signing_in import Device, SignedIn, begin, sign_ins_of
from app.problems import N_, Invalid, NotAllowed, NotFound

LASTS_SECONDS = 10 * 60
DIGITS = 6
UNKNOWN = N_("Those numbers do not open the door. Look at them once more, or ask for new ones.")


class SpokenCode(Model):
    __tablename__ = "spoken_codes"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    seal: Mapped[str] = mapped_column(String(64), index=True)
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    over_at: Mapped[datetime | None] = mapped_column(Instant)


def make_code(session: Session, actor: Actor, person: Person, key: bytes) -> str:
    """Six numbers for a member on the telephone. Nobody gets into staff rights by numbers that were said aloud."""
    require(actor.roles, "make_cards")
    if person.standing in LEFT:
        raise Invalid(N_("{name} is not in this house any more. Change that first."), name=person.name)
    if actor.id == person.id or roles_of(session, person.id).staff:
        raise NotAllowed(N_("Numbers said on the telephone are for members only. Staff sign in another way."))
    require_open(session, actor)
    session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    mine = (SpokenCode.person_id == person.id, SpokenCode.over_at.is_(None))
    session.execute(update(SpokenCode).where(*mine).values(over_at=now()))
    code = _free_code(session, key)
    row = SpokenCode(
        id=new_id(), person_id=person.id, seal=_seal(key, code), made_by=actor.id,
        made_at=now(), expires_at=later(LASTS_SECONDS),
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, actor.id, "make_spoken_code", whom=person.id, code_id=row.id)
    return code


def whose_code(session: Session, typed: str, key: bytes) -> str:
    """The name behind a live code, so that the page can ask "Are you Rose?". Uses nothing up."""
    return _code_for(session, typed, key)[1].name


def sign_in_with_code(session: Session, typed: str, key: bytes, *, at: Device) -> SignedIn:
    """Use it up: a sign-in on this tablet, short where it is shared. Their other tablets hear of it."""
    code, person = _code_for(session, typed, key)
    code.over_at = now()  # type: ignore[assignment]
    audit.record(session, person.id, "use_spoken_code", whom=person.id, code_id=code.id)
    before = sealed(key, at.before) if at.before else ""
    elsewhere = [one for one in sign_ins_of(session, SYSTEM, person) if one.token_seal != before]
    tablet_id = tablet_for(session, at.tablet, key)
    signed = begin(session, person, key, device=at.browser, shared=bool(tablet_id), tablet_id=tablet_id)
    if elsewhere and not tablet_id:
        second_tablets.tell(session, person, signed.actor.sign_in_id)
    return signed


def _code_for(session: Session, typed: str, key: bytes) -> tuple[SpokenCode, Person]:
    """The live code and whose it is. Used, too old, unknown, or of somebody who became staff: the same NotFound."""
    query = (
        select(SpokenCode, Person)
        .join(Person, Person.id == SpokenCode.person_id)
        .where(SpokenCode.seal == _seal(key, _digits(typed)), *_live())
        .with_for_update(of=SpokenCode)
    )
    found = session.execute(query).first()
    if found is None or roles_of(session, found[1].id).staff:
        raise NotFound(UNKNOWN)
    return found[0], found[1]


def _live() -> tuple:  # type: ignore[type-arg]
    return SpokenCode.over_at.is_(None), SpokenCode.expires_at > now()


def _free_code(session: Session, key: bytes) -> str:
    """One that no other member has been told just now."""
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if session.scalar(select(SpokenCode.id).where(SpokenCode.seal == _seal(key, code), *_live())) is None:
            return code


def _seal(key: bytes, digits: str) -> str:
    return sealed(key, f"spoken code {digits}")


def _digits(typed: str) -> str:
    """ "123 456" and "1 2 3 4 5 6" are one code."""
    return "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
