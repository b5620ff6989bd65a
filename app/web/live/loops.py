"""Work that goes on: a database away, or a mistake, is noted and must not end it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from app.problems import TryAgain

log = structlog.get_logger()


async def again_and_again(work: Callable[[], Awaitable[None]]) -> None:
    """A loop that a database away, or a mistake, must not end."""
    while True:
        if not await once(work):
            await asyncio.sleep(1)


async def once(work: Callable[[], Awaitable[None]]) -> bool:
    try:
        await work()
        return True
    except TryAgain:
        log.warning("database_away", work=getattr(work, "__qualname__", "work"))
    except Exception:
        log.exception("loop_stumbled", work=getattr(work, "__qualname__", "work"))
    return False
