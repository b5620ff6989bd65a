"""What must happen: rows written with their cause, moved by workers, unique by what, whom and when.

1. A verb calls `must_happen` in its own transaction: the row is there exactly if its cause is.
2. A worker calls `claim`: one row, leased for a while under a fresh token, by the database's clock.
3. It acts, then calls `done` with that token. If it dies, the lease runs out and another worker acts:
   at least once, and twice only after a crash between 3's two halves.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, database_now, later, now
from app.foundation.database.model import Model
from app.foundation.database.session import Session
from app.foundation.tokens import new_id

LEASE_SECONDS = 30
EVERY_DAY = "every day"


class Due(Model):
    __tablename__ = "due"
    __table_args__ = (UniqueConstraint("what", "whom", "due_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    what: Mapped[str] = mapped_column(String(40))
    whom: Mapped[str] = mapped_column(String(200))
    due_at: Mapped[datetime] = mapped_column(Instant)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    tries: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None] = mapped_column(String(40))
    next_try_at: Mapped[datetime] = mapped_column(Instant, index=True)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str] = mapped_column(String(200), default="")


def must_happen(session: Session, what: str, whom: str, due_at: datetime, **details: Any) -> bool:
    """Store one thing that must happen. False if it was stored before."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"id": new_id(), "what": what, "whom": whom, "due_at": due_at, "next_try_at": due_at}
    statement = insert(Due).values(**row, details=details, tries=0, trouble="").on_conflict_do_nothing()
    return session.execute(statement).rowcount > 0  # type: ignore[attr-defined]


def plan_today(session: Session, whats: Collection[str]) -> list[str]:
    """What happens once a day (UTC) is due today: those that were not planned yet."""
    today = database_now(session).replace(hour=0, minute=0, second=0, microsecond=0)
    return [what for what in whats if must_happen(session, what, EVERY_DAY, today)]


def unplanned(session: Session, whats: Collection[str]) -> bool:
    """Whether something of what happens once a day is not planned for today."""
    today = database_now(session).replace(hour=0, minute=0, second=0, microsecond=0)
    planned = select(func.count()).where(Due.what.in_(whats), Due.whom == EVERY_DAY, Due.due_at == today)
    return (session.scalar(planned) or 0) < len(whats)


def sweep_done(session: Session, days: int, *, but: Collection[str] = ()) -> int:
    """Forget what happened that many days ago: what was told to whom need not be known for ever."""
    old = (Due.done_at < later(-days * 24 * 3600), Due.what.not_in(but))
    return session.execute(delete(Due).where(*old)).rowcount  # type: ignore[attr-defined,no-any-return]


def claim(session: Session, whats: list[str]) -> Due | None:
    """Lease the row that has waited longest, or None. Its `token` is needed to finish it."""
    row = session.scalar(
        select(Due)
        .where(Due.what.in_(whats), Due.done_at.is_(None), Due.next_try_at <= now())
        .order_by(Due.next_try_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    session.execute(
        update(Due)
        .where(Due.id == row.id)
        .values(token=new_id(), tries=row.tries + 1, next_try_at=later(LEASE_SECONDS))
    )
    session.refresh(row)
    return row


def done(session: Session, row: Due) -> bool:
    """It happened. False if the lease was lost meanwhile and somebody else holds the row."""
    return _finish(session, row, done_at=now(), trouble="")


def put_off(session: Session, row: Due, trouble: str, seconds: float) -> bool:
    """It did not happen: try again after `seconds`. `trouble` is for operators and holds nobody's words."""
    return _finish(session, row, next_try_at=later(seconds), trouble=trouble[:200])


def _finish(session: Session, row: Due, **values: Any) -> bool:
    mine = (Due.id == row.id, Due.token == row.token, Due.done_at.is_(None))
    return session.execute(update(Due).where(*mine).values(token=None, **values)).rowcount > 0  # type: ignore[attr-defined]


def give_up(session: Session, row: Due, trouble: str) -> bool:
    """It was tried often enough: it is over, and keeps why."""
    return _finish(session, row, done_at=now(), trouble=trouble[:200])


def overdue(session: Session, seconds: float, *, whats: tuple[str, ...] = ()) -> int:
    """How many things (of these kinds) should have happened that long ago and did not; the daily work is no page."""
    late = [Due.done_at.is_(None), Due.due_at < later(-seconds), Due.whom != EVERY_DAY]
    if whats:
        late.append(Due.what.in_(whats))
    return session.scalar(select(func.count()).where(*late)) or 0
