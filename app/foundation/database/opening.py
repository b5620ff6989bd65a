"""Which engine a database URL means."""

from app.foundation.database.postgres import PostgresEngine
from app.foundation.database.session import Database
from app.foundation.database.sqlite import SqliteEngine


def open_database(url: str) -> Database:
    """A Database for `sqlite:///…` or `postgresql+asyncpg://…`; nothing is connected yet."""
    engine = SqliteEngine(url) if url.startswith("sqlite") else PostgresEngine(url)
    return Database(engine, url)
