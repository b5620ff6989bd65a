"""Databases that break at one place: a trigger that refuses the row, or, at the end, the commit."""

from sqlalchemy import text

from app.foundation.database import Database

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


async def _run(database: Database, *statements: str) -> None:
    await database.transaction(lambda session: [session.execute(text(one)).close() for one in statements] and None)
