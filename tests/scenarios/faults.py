"""Databases that break at one place, and processes that are stopped: between two writes, since who is stopped in the
midst of one holds the file."""

import asyncio
import sqlite3

from sqlalchemy import text

from app.foundation.database import Database, Session
from tests.support.processes import Process

TABLES = ("entries", "flags", "incidents", "pages", "taps")
ON_SQLITE = "CREATE TRIGGER breaks_{0} AFTER INSERT ON {0} BEGIN SELECT RAISE(ABORT, 'broken'); END"
ON_POSTGRES = (
    "CREATE OR REPLACE FUNCTION breaks() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$ LANGUAGE plpgsql",
    "CREATE CONSTRAINT TRIGGER breaks_{0} AFTER INSERT ON {0} {1} FOR EACH ROW EXECUTE FUNCTION breaks()",
)


async def break_at(database: Database, table: str, *, commit: bool = False) -> None:
    """From now on nothing can be written there; on PostgreSQL it may be told at the commit only."""
    if database.url.startswith("sqlite"):
        statements = [ON_SQLITE.format(table)]
    else:
        when = "DEFERRABLE INITIALLY DEFERRED" if commit else "NOT DEFERRABLE"
        statements = [one.format(table, when) for one in ON_POSTGRES]
    await _run(database, *statements)


async def mend(database: Database, table: str) -> None:
    on = "" if database.url.startswith("sqlite") else f" ON {table}"
    await _run(database, f"DROP TRIGGER breaks_{table}{on}")


async def freeze(database: Database, process: Process) -> None:
    for _ in range(200):
        process.freeze()
        if await database.read(_is_free, database.url):
            return
        process.thaw()
        await asyncio.sleep(0.02)
    raise AssertionError(f"{process.name} never stops writing")


def _is_free(session: Session, url: str) -> bool:
    """Nobody is in the midst of a write."""
    if not url.startswith("sqlite"):
        others = "datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        return session.execute(text(f"SELECT count(*) FROM pg_stat_activity WHERE {others}")).scalar() == 0
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0.0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE").close()
        connection.execute("ROLLBACK").close()
    except sqlite3.OperationalError:
        return False
    else:
        return True
    finally:
        connection.close()


async def _run(database: Database, *statements: str) -> None:
    await database.transaction(lambda session: [session.execute(text(one)).close() for one in statements] and None)
