"""Bringing the database to this release: under a lock, after copying an SQLite file, by Alembic."""

import shutil
import sqlite3
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

LOCK_NUMBER = 0x48656172
PATIENCE_SECONDS = 60.0


def scripts() -> Path:
    """The migrations folder: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "migrations"
    return inside if inside.exists() else package.parent / "migrations"


async def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to the newest revision, or to an older one; several processes may ask at once."""
    if url.startswith("sqlite"):
        _migrate_sqlite(url, revision)
        return
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            await _upgrade_under_a_lock(connection, revision)
    finally:
        await engine.dispose()


def is_current(connection: Connection) -> bool:
    """Whether the database is at this release's revision."""
    return revision_of(connection) == _script().get_current_head()


def revision_of(connection: Connection) -> str | None:
    """Where the database is; None before its first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether this release has that revision among its own."""
    return revision in {one.revision for one in _script().walk_revisions()}


async def _upgrade_under_a_lock(connection: AsyncConnection, revision: str) -> None:
    await connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": LOCK_NUMBER})
    await connection.commit()
    try:
        await connection.run_sync(_upgrade, revision)
        await connection.commit()
    finally:
        await connection.rollback()
        await connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": LOCK_NUMBER})
        await connection.commit()


def _migrate_sqlite(url: str, revision: str) -> None:
    file = Path(url.removeprefix("sqlite:///"))
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": PATIENCE_SECONDS})
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.connect() as connection:
            if not is_current(connection):
                _copy_first(file, connection)
                _upgrade(connection, revision)
            connection.commit()
    finally:
        engine.dispose()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _copy_first(file: Path, connection: Connection) -> None:
    """A copy beside the file, made while the lock is held, so that a migration can be undone by hand."""
    revision = revision_of(connection)
    if revision is None:
        return
    copy = file.with_name(f"{file.stem}-before-{revision}-{int(time.time())}.db")
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    shutil.copymode(file, copy)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
