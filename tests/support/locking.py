import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg

from tests.support.house import House


@contextlib.asynccontextmanager
async def nothing_can_be_written(house: House) -> AsyncIterator[None]:
    """Another process holds the lock that every write needs. Reading goes on."""
    lock = _lock_sqlite(house) if house.stack == "embedded" else _lock_postgres(house)
    async with lock:
        yield


@contextlib.asynccontextmanager
async def _lock_sqlite(house: House) -> AsyncIterator[None]:
    connection = await asyncio.to_thread(_begin, Path(house.settings["HEARTHSIDE_DATA_DIR"]))
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def _begin(folder: Path) -> sqlite3.Connection:
    [database] = folder.glob("*.db")
    connection = sqlite3.connect(database, isolation_level=None, timeout=10, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


@contextlib.asynccontextmanager
async def _lock_postgres(house: House) -> AsyncIterator[None]:
    connection = await asyncpg.connect(house.settings["HEARTHSIDE_DATABASE_URL"].replace("+asyncpg", ""))
    try:
        async with connection.transaction():
            rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = ", ".join(f'"{row["tablename"]}"' for row in rows)
            await connection.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()
