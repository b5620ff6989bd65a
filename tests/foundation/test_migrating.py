"""Bringing a database to this release: the same tables on both, once, and with a way back."""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, update

from app.foundation import migrating
from app.foundation.beat import Beat
from app.foundation.clock import Clock
from app.foundation.database import Database, Session, open_database
from app.foundation.database.model import Model
from app.foundation.migrating import is_current, migrate
from app.people.models import Site
from tests.support.databases import TABLES, SqliteStore

ONE_STEP_MORE = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "0017"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
"""
AND_IT_FAILS = "    raise ZeroDivisionError\n"
MIGRATE = (
    "import asyncio, sys; from app.foundation.migrating import migrate; sys.stdin.readline(); "
    "asyncio.run(migrate(sys.argv[1]))"
)


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """The migrations of a release to come: one step more, which can be written anew."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.scripts(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "later.py").write_text(ONE_STEP_MORE)
    monkeypatch.setattr(migrating, "scripts", lambda: folder)
    return (folder / "versions" / "later.py").write_text


@pytest.fixture
async def own(unmigrated: str) -> AsyncIterator[Database]:
    """A migrated database that no other test has."""
    await migrate(unmigrated)
    own = open_database(unmigrated)
    yield own
    await own.close()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[], list[str]]:
    """Which databases lie in the folder now."""
    return lambda: sorted(file.name for file in tmp_path.rglob("*.db"))


def tables(session: Session) -> set[str]:
    return set(inspect(session.connection()).get_table_names()) - {"alembic_version"}


def differences(session: Session) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(session.connection()), Model.metadata))


def one_row_each(session: Session) -> tuple[int, str, int]:
    row = session.scalars(select(Site)).one()
    return session.scalars(select(Clock.shift_ms)).one(), row.name, len(session.scalars(select(Beat.epoch)).one())


async def test_the_migrated_tables_are_those_of_the_models(database: Database):
    assert await database.read(differences) == []
    assert await database.read(tables) == set(TABLES)


async def test_a_new_house_has_its_clock_its_name_and_an_epoch_of_its_own(database: Database):
    assert await database.read(one_row_each) == (0, "Hearthside", 16)


async def test_no_two_houses_share_an_epoch(tmp_path: Path):
    epochs = set()
    for name in ("one", "another"):
        url = f"sqlite:///{tmp_path / name}.db"
        await migrate(url)
        house = open_database(url)
        epochs.add(await house.read(lambda session: session.scalars(select(Beat.epoch)).one()))
        await house.close()
    assert len(epochs) == 2


async def test_migrating_again_changes_nothing(own: Database):
    await own.transaction(lambda session: session.execute(update(Site).values(name="Oak House")).close())
    await migrate(own.url)
    assert await own.read(one_row_each) == (0, "Oak House", 16)


async def test_a_database_at_this_release_is_known_as_current(database: Database):
    assert await database.read(lambda session: is_current(session.connection()))


async def test_an_older_database_is_not_current(own: Database, next_release: Callable[[str], int]):
    assert not await own.read(lambda session: is_current(session.connection()))
    await migrate(own.url)
    assert await own.read(lambda session: is_current(session.connection()))


async def test_processes_that_migrate_at_once_do_it_once(unmigrated: str):
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, unmigrated, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0], ends
    database = open_database(unmigrated)
    assert await database.read(tables) == set(TABLES)
    assert await database.read(one_row_each) == (0, "Hearthside", 16)
    await database.close()


async def test_a_step_that_fails_leaves_the_database_as_it_was_and_can_be_tried_again(
    own: Database, next_release: Callable[[str], int]
):
    next_release(ONE_STEP_MORE + AND_IT_FAILS)
    with pytest.raises(ZeroDivisionError):
        await migrate(own.url)
    assert await own.read(tables) == set(TABLES)
    next_release(ONE_STEP_MORE)
    await migrate(own.url)
    assert await own.read(tables) == {*TABLES, "later"}


async def test_an_sqlite_file_is_copied_before_it_is_changed(stores, tmp_path: Path, folder, next_release):
    url = await (await stores.empty("sqlite")).fresh(tmp_path)
    house = open_database(url)
    await house.transaction(lambda session: session.execute(update(Site).values(name="Oak House")).close())
    await migrate(url)
    await house.close()
    before, _ = folder()
    assert re.fullmatch(r"hearthside-before-0017-\d+\.db", before)
    copy = open_database(f"sqlite:///{tmp_path / before}")
    assert await copy.read(one_row_each) == (0, "Oak House", 16)
    assert await copy.read(tables) == set(TABLES)
    await copy.close()


async def test_nothing_is_copied_where_nothing_changes(stores, tmp_path: Path, folder):
    store = await stores.empty("sqlite")
    assert isinstance(store, SqliteStore)
    await migrate(await store.fresh(tmp_path))
    await migrate(f"sqlite:///{tmp_path / 'new.db'}")
    assert folder() == ["hearthside.db", "new.db"]
