"""The heart of the engine that pages: it says that it lives, so that its silence can be seen."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, later, now
from app.foundation.database import Session
from app.foundation.database.model import Model

BEATS_EVERY_SECONDS, SILENT_SECONDS = 10.0, 60


class Engine(Model):
    """One row: when any worker last looked whether somebody is to be paged."""

    __tablename__ = "engine"

    id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)


def lives(session: Session) -> None:
    session.execute(update(Engine).values(seen_at=now()))


def is_silent(session: Session) -> bool:
    """Whether no worker has looked for a minute. A house in which none ever ran is not yet missed."""
    return session.scalar(select(Engine.id).where(Engine.seen_at < later(-SILENT_SECONDS))) is not None
