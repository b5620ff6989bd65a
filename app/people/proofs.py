"""With what staff prove who they are: passkeys, or a password together with a one-time code.

A card is no proof. Proofs are set up by their person alone: from a sign-in that was proved within ten minutes, or
through a set-up link (`set_up_links`), never from a card.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit, journal
from app.foundation.clock import Instant
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.sealing import SealedWords
from app.people.actors import Actor
from app.people.models import Person
from app.people.proving import require_fresh
from app.problems import N_, Invalid, NotFound


class Passkey(Model):
    """A key that a device keeps for its person. Here lies its public half, which opens nothing."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    credential_id: Mapped[str] = mapped_column(Text, unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)


class Password(Model):
    """`last_step` is the half minute of the newest one-time code that was used: no code is good twice."""

    __tablename__ = "passwords"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    seal: Mapped[str] = mapped_column(Text)
    code_secret: Mapped[str] = mapped_column(SealedWords)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    wrong_at: Mapped[datetime | None] = mapped_column(Instant)
    set_at: Mapped[datetime] = mapped_column(Instant)


class SpareCode(Model):
    """A code on paper, for the day the telephone with the one-time codes is lost. Each is good once."""

    __tablename__ = "spare_codes"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    seal: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


def passkeys_of(session: Session, person_id: str) -> list[Passkey]:
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.made_at, Passkey.id)
    return list(session.scalars(query))


def has_proofs(session: Session, person_id: str) -> bool:
    return bool(passkeys_of(session, person_id)) or session.get(Password, person_id) is not None


def spare_codes_left(session: Session, person_id: str) -> int:
    unused = (SpareCode.person_id == person_id, SpareCode.used_at.is_(None))
    return session.scalar(select(func.count()).where(*unused)) or 0


def remove_passkey(session: Session, actor: Actor, passkey_id: str) -> None:
    """One of my own, such as that of a lost telephone. The last proof stays: without one there is no way back in."""
    require_fresh(session, actor)
    session.get_one(Person, actor.id, with_for_update=True)
    passkey = session.get(Passkey, passkey_id)
    if passkey is None or passkey.person_id != actor.id:
        raise NotFound()
    if len(passkeys_of(session, actor.id)) == 1 and session.get(Password, actor.id) is None:
        raise Invalid(N_("This is your only way to sign in. Set up another one first."))
    session.delete(passkey)
    audit.record(session, actor.id, "end_passkey", whom=actor.id, passkey=passkey.id)
    journal.note(session, "passkey_ended", actor.id, passkey=passkey.id)


def end_proofs(session: Session, person_id: str) -> None:
    """All of them: they are replaced, or their person has left."""
    for table in (Passkey, Password, SpareCode):
        session.execute(delete(table).where(table.person_id == person_id))
    journal.note(session, "proofs_ended", person_id)
