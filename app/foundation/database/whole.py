"""A whole database at one go: read as it is at one moment, or written in one transaction. Nobody waits, so no hurry."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine

T = TypeVar("T")
PATIENCE_SECONDS = 60.0
ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


async def read_whole(url: str, look: Callable[[Connection], T]) -> T:
    """Run `look` on one snapshot, however long it takes; others write on meanwhile."""
    if url.startswith("sqlite"):
        return await asyncio.to_thread(_on_sqlite, url, "BEGIN", look)
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(**ONE_MOMENT)
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


async def write_whole(url: str, work: Callable[[Connection], T]) -> T:
    """Run `work` in one transaction: all of it is kept, or nothing."""
    if url.startswith("sqlite"):
        return await asyncio.to_thread(_on_sqlite, url, "BEGIN IMMEDIATE", work)
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _on_sqlite(url: str, begin: str, work: Callable[[Connection], T]) -> T:
    arguments = {"isolation_level": None, "timeout": PATIENCE_SECONDS}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", on_begin)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()
