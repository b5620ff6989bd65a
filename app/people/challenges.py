"""What a browser was asked and has not answered yet. Each is good once, for one purpose, for a quarter of an hour."""

from datetime import datetime

from sqlalchemy import String, Text, delete
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, database_now, later, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.sealing import SealedWords
from app.foundation.tokens import new_id

SECONDS = 15 * 60


class Challenge(Model):
    """`whom` is the person who was asked; empty where a stranger is about to say who they are."""

    __tablename__ = "challenges"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    whom: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(SealedWords, default="")
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


def ask(session: Session, purpose: str, whom: str, value: str, *, secret: str = "", id: str = "") -> Challenge:
    """Keep what was asked; what nobody answered in time is cleared away by the way."""
    session.execute(delete(Challenge).where(Challenge.expires_at <= now()))
    asked = Challenge(
        id=id or new_id(), purpose=purpose, whom=whom, value=value, secret=secret, expires_at=later(SECONDS)
    )
    session.add(asked)
    session.flush()
    return asked


def asked_for(session: Session, challenge_id: str, purpose: str, whom: str) -> Challenge | None:
    """What was asked for this purpose of this person, if it is still waiting."""
    asked = session.get(Challenge, challenge_id, with_for_update=True)
    if asked is None or (asked.purpose, asked.whom) != (purpose, whom):
        return None
    return asked if asked.expires_at > database_now(session) else None


def take(session: Session, challenge_id: str, purpose: str, whom: str) -> str | None:
    """The same, used up: in a transaction of its own, so that a wrong answer uses it up too."""
    asked = asked_for(session, challenge_id, purpose, whom)
    if asked is None:
        return None
    session.delete(asked)
    return asked.value
