"""PostgreSQL: verbs run on the event loop, over asyncpg."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import orm
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from app.foundation.database.session import Session

CONNECTIONS = 8
DEADLOCK = "40P01"
MOST_DEADLOCKS = 3
PATIENCE = 10.0
"""Seconds after which a database that does not answer counts as away."""


class PostgresEngine:
    def __init__(self, url: str) -> None:
        self.engine = create_async_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=4,
            pool_timeout=PATIENCE,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": 5, "server_settings": {"synchronous_commit": "on"}},
        )

    async def write(self, work: Callable[[Session], Any], urgent: bool) -> tuple[Any, list[Any]]:
        """Run it; a verb is a function of its session, so one that met a deadlock is simply run again."""
        async with asyncio.timeout(PATIENCE):
            for _ in range(MOST_DEADLOCKS):
                try:
                    return await self._write_once(work)
                except DBAPIError as trouble:
                    if getattr(trouble.orig, "sqlstate", "") != DEADLOCK:
                        raise
            return await self._write_once(work)

    async def _write_once(self, work: Callable[[Session], Any]) -> tuple[Any, list[Any]]:
        async with self._session() as session:
            result = await session.run_sync(as_ours(work))
            await session.commit()
            return result, list(cast(Session, session.sync_session).announcements)

    async def read(self, work: Callable[[Session], Any]) -> Any:
        async with asyncio.timeout(PATIENCE), self._session() as session:
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            return await session.run_sync(as_ours(work))

    def _session(self) -> AsyncSession:
        return AsyncSession(self.engine, sync_session_class=Session)

    async def close(self) -> None:
        await self.engine.dispose()


def as_ours(work: Callable[[Session], Any]) -> Callable[[orm.Session], Any]:
    """The session was made by `sync_session_class`, so it is ours."""
    return cast(Callable[[orm.Session], Any], work)
