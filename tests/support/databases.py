"""Fresh databases of both kinds for tests of verbs: migrated once, then given out as they were, again and again."""

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import update

from app.foundation.clock import Clock, database_now
from app.foundation.database import Database, Session, open_database
from app.foundation.database.model import Model
from app.foundation.migrating import migrate
from app.tables import ALL
from tests.support.company import Company, Gathered, gather
from tests.support.houses import Houses

KINDS = ["sqlite", "postgresql"]
TABLES = [table.name for table in Model.metadata.sorted_tables]
assert ALL


class SqliteStore:
    """A file that is copied."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "kept.db"
        self.url = f"sqlite:///{self.kept}"

    async def keep(self) -> None:
        assert not self.kept.with_name("kept.db-wal").exists(), "the last connection leaves one whole file"

    async def fresh(self, folder: Path) -> str:
        file = folder / "hearthside.db"
        shutil.copyfile(self.kept, file)
        return f"sqlite:///{file}"

    async def close(self) -> None:
        self.kept.unlink(missing_ok=True)


class PostgresStore:
    """A database that keeps a copy of its rows beside them, and puts them back."""

    def __init__(self, url: str) -> None:
        self.url = url.replace("postgresql", "postgresql+asyncpg", 1)
        self._plain_url = url
        self._connection: asyncpg.Connection | None = None

    async def keep(self) -> None:
        copies = (f"CREATE TABLE kept.{name} AS TABLE {name}" for name in TABLES)
        await self._run("CREATE SCHEMA kept", *copies, "SET synchronous_commit = off")

    async def fresh(self, folder: Path) -> str:
        """As the replica of the copy: no trigger fires, and no key is looked up."""
        gone = (f"DELETE FROM {name}" for name in TABLES)
        back = (f"INSERT INTO {name} TABLE kept.{name}" for name in TABLES)
        await self._run("SET session_replication_role = replica", *gone, *back)
        return self.url

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _run(self, *statements: str) -> None:
        if self._connection is None:
            self._connection = await asyncpg.connect(self._plain_url)
        await self._connection.execute("; ".join(statements))


Store = SqliteStore | PostgresStore


class Stores:
    """One store of each kind, with nobody in it or with the cast."""

    def __init__(self, houses: Houses, folder: Callable[[str], Path]) -> None:
        self.houses = houses
        self.folder = folder
        self._all: list[Store] = []
        self._empty: dict[str, Store] = {}
        self._gathered: dict[str, tuple[Store, Gathered]] = {}

    async def nothing(self, kind: str) -> Store:
        """A database without a table."""
        if kind == "sqlite":
            store: Store = SqliteStore(self.folder("store"))
        else:
            store = PostgresStore(await (await self.houses.postgres()).create_database())
        self._all.append(store)
        return store

    async def empty(self, kind: str) -> Store:
        if kind not in self._empty:
            store = self._empty[kind] = await self.nothing(kind)
            await migrate(store.url)
            database = open_database(store.url)
            await database.transaction(database_now)
            await database.close()
            await store.keep()
        return self._empty[kind]

    async def with_cast(self, kind: str) -> tuple[Store, Gathered]:
        if kind not in self._gathered:
            store = await self.nothing(kind)
            await migrate(store.url)
            database = open_database(store.url)
            gathered = await database.transaction(gather)
            await database.close()
            await store.keep()
            self._gathered[kind] = store, gathered
        return self._gathered[kind]

    async def close(self) -> None:
        for store in self._all:
            await store.close()


async def pass_time(database: Database, **time: float) -> None:
    """Move the house's clock on: `await pass_time(database, minutes=5)`."""
    by = timedelta(**time) // timedelta(milliseconds=1)

    def move(session: Session) -> None:
        session.execute(update(Clock).values(shift_ms=Clock.shift_ms + by))

    await database.transaction(move)


def remember(database: Database) -> list[Any]:
    """What the database publishes from now on."""
    published: list[Any] = []

    async def publish(announcements: list[Any]) -> None:
        published.extend(announcements)

    database.publish = publish
    return published


@pytest.fixture(scope="session")
async def stores(houses: Houses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stores]:
    stores = Stores(houses, tmp_path_factory.mktemp)
    yield stores
    await stores.close()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """sqlite, then postgresql."""
    return str(request.param)


@pytest.fixture
async def unmigrated(kind: str, stores: Stores) -> str:
    """The address of a database without a table."""
    return (await stores.nothing(kind)).url


@pytest.fixture
async def database(kind: str, stores: Stores, tmp_path: Path) -> AsyncIterator[Database]:
    """A fresh migrated database of each kind in turn, with nobody in it."""
    database = open_database(await (await stores.empty(kind)).fresh(tmp_path))
    yield database
    await database.close()


@pytest.fixture
async def company(kind: str, stores: Stores, tmp_path: Path) -> AsyncIterator[Company]:
    """The cast in a fresh house, on each kind of database in turn."""
    store, gathered = await stores.with_cast(kind)
    database = open_database(await store.fresh(tmp_path))
    yield Company(database, gathered, remember(database))
    await database.close()
