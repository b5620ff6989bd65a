"""What somebody does who owns the database file or the tables: the application's own role cannot."""

from sqlalchemy import text

from app.foundation.database import Session


def look_away(session: Session) -> None:
    """Take away what keeps the log of staff acts from being changed, in this transaction's database."""
    if session.get_bind().dialect.name == "sqlite":
        named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'")
        for name in session.scalars(named).all():
            session.execute(text(f"DROP TRIGGER {name}"))
    else:
        for table in ("audit", "audit_head"):
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
