"""The one clock: the database's. Rules that compare times use `now()` in SQL, so all processes agree.

`clock` has one row whose `shift_ms` is added to the database's time: tests move it instead of sleeping.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, select, type_coerce, types
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.functions import FunctionElement

from app.foundation.database.model import Model

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class Instant(types.TypeDecorator[datetime]):
    """A moment in UTC to the millisecond, stored as milliseconds since 1970 on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MILLISECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + value * MILLISECOND

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self


class Clock(Model):
    __tablename__ = "clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_ms: Mapped[int] = mapped_column(BigInteger, default=0)


class now(FunctionElement[datetime]):
    """The database's time, shifted by the row in `clock`."""

    type = Instant()
    inherit_cache = True


def later(seconds: float) -> ColumnElement[datetime]:
    """`now()` and that many seconds more; a negative number lies behind."""
    return type_coerce(type_coerce(now(), BigInteger) + int(seconds * 1000), Instant())


SHIFT = "coalesce((SELECT shift_ms FROM clock), 0)"
SQLITE_MS = "CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"
POSTGRES_MS = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"


@compiles(now, "sqlite")
def _now_on_sqlite(element: now, compiler: Any, **kw: Any) -> str:
    return f"({SQLITE_MS} + {SHIFT})"


@compiles(now, "postgresql")
def _now_on_postgres(element: now, compiler: Any, **kw: Any) -> str:
    return f"({POSTGRES_MS} + {SHIFT})"


def database_now(session: Session) -> datetime:
    """The database's time, as a value."""
    return session.scalars(select(now())).one()


def spoken(moment: datetime) -> str:
    """The wire's way to write a time: 2026-11-22T10:52:03.120Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
