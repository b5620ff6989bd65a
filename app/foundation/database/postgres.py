"""PostgreSQL: verbs run on the event loop, over asyncpg."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import orm
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from app.foundation.database.session import Session

CONNECTIONS = 10
KEPT_FOR_HELP = 2
"""Connections that only urgent writes use: a crowd coming back does not stand before a call for help."""
WORTH_REPEATING = ("40P01", "23505")
"""Deadlock, and two who made the same thing at once: the second run finds what the first one made."""
MOST_REPEATS = 3
PATIENCE = 10.0
"""Seconds after which a database that does not answer counts as away."""
SERVER_SETTINGS = {"synchronous_commit": "on", "idle_in_transaction_session_timeout": "15000"}
"""A process that is stopped in the midst of a transaction lets go of what it holds: calls for help are among it."""
A_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class PostgresEngine:
    def __init__(self, url: str) -> None:
        self.engine = _engine(url, CONNECTIONS)
        self.urgent_engine = _engine(url, KEPT_FOR_HELP)

    async def write(self, work: Callable[[Session], Any], urgent: bool) -> tuple[Any, list[Any]]:
        """Run it; a verb is a function of its session, so one that met another is simply run again."""
        async with asyncio.timeout(PATIENCE):
            for _ in range(MOST_REPEATS):
                try:
                    return await self._write_once(work, urgent)
                except DBAPIError as trouble:
                    if getattr(trouble.orig, "sqlstate", "") not in WORTH_REPEATING:
                        raise
            return await self._write_once(work, urgent)

    async def _write_once(self, work: Callable[[Session], Any], urgent: bool) -> tuple[Any, list[Any]]:
        async with self._session(urgent) as session:
            result = await session.run_sync(as_ours(work))
            await session.commit()
            return result, list(cast(Session, session.sync_session).announcements)

    async def read(self, work: Callable[[Session], Any]) -> Any:
        async with asyncio.timeout(PATIENCE), self._session() as session:
            await session.connection(execution_options=A_SNAPSHOT)
            return await session.run_sync(as_ours(work))

    def _session(self, urgent: bool = False) -> AsyncSession:
        return AsyncSession(self.urgent_engine if urgent else self.engine, sync_session_class=Session)

    async def close(self) -> None:
        await self.engine.dispose()
        await self.urgent_engine.dispose()


def _engine(url: str, connections: int) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"timeout": 5, "server_settings": SERVER_SETTINGS},
    )


def as_ours(work: Callable[[Session], Any]) -> Callable[[orm.Session], Any]:
    """The session was made by `sync_session_class`, so it is ours."""
    return cast(Callable[[orm.Session], Any], work)
