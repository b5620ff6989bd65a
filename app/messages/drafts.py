"""What somebody has begun to write on a shared tablet, kept sealed in the house: nothing stays on the tablet."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.sealing import CannotOpen, SealedWords, Seals
from app.foundation.words import clean
from app.people.actors import Actor
from app.rooms.finding import room_for


class Draft(Model):
    __tablename__ = "drafts"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    sealed: Mapped[str] = mapped_column(SealedWords)
    kept_at: Mapped[datetime] = mapped_column(Instant)


def keep_draft(session: Session, actor: Actor, room_id: str, text: str, seals: Seals) -> None:
    """Keep what they have begun to write in a room they may enter; nothing to keep forgets it."""
    room_for(session, actor, room_id)
    text = clean(text)
    forget_draft(session, actor, room_id)
    if text:
        sealed = seals.seal(_about(actor, room_id), text)
        session.add(Draft(person_id=actor.id, room_id=room_id, sealed=sealed, kept_at=now()))


def draft_in(session: Session, actor: Actor, room_id: str, seals: Seals) -> str:
    """What this person had begun to write here, or nothing."""
    row = session.get(Draft, (actor.id, room_id))
    try:
        return seals.open(_about(actor, room_id), row.sealed) if row else ""
    except CannotOpen:
        return ""


def rooms_with_drafts(session: Session, actor: Actor) -> set[str]:
    return set(session.scalars(select(Draft.room_id).where(Draft.person_id == actor.id)))


def forget_draft(session: Session, actor: Actor, room_id: str) -> None:
    session.execute(delete(Draft).where(Draft.person_id == actor.id, Draft.room_id == room_id))


def _about(actor: Actor, room_id: str) -> str:
    return f"draft:{actor.id}:{room_id}"
