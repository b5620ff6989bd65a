"""What somebody looked at, and when: a number that was rung, a backup that was made, a backup that was restored."""

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.people.actors import Actor

NUMBER, MADE, RESTORED = "number", "backup_made", "backup_restored"
ONLY = "this house"
"""The subject of what there is only one of."""


class Check(Model):
    """The newest time for each thing that is looked at."""

    __tablename__ = "checks"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(Instant)
    checked_by: Mapped[str] = mapped_column(String(40))


def checked(session: Session, actor: Actor, kind: str, subject: str = ONLY) -> None:
    """It was looked at now."""
    row = session.get(Check, (kind, subject), with_for_update=True)
    if row is None:
        session.add(Check(kind=kind, subject=subject, checked_at=now(), checked_by=actor.id))
    else:
        row.checked_at, row.checked_by = now(), actor.id  # type: ignore[assignment]
    session.flush()


def last_checked(session: Session, kind: str) -> dict[str, datetime]:
    """Subject → when, for what was ever looked at."""
    rows = session.execute(select(Check.subject, Check.checked_at).where(Check.kind == kind))
    return {subject: at for subject, at in rows}
