"""Stopping kindly: `bye` on every socket and the last words written, before uvicorn closes anything."""

import asyncio
import signal
import threading
from types import FrameType
from typing import Any

import structlog

from app.web.house import House

log = structlog.get_logger()

RECONNECT_AFTER_MS = 1500
LAST_WRITES_SECONDS = 5.0


def say_bye_first(house: House) -> None:
    """Put ourselves before uvicorn's own handlers of SIGTERM and SIGINT."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    goodbyes: set[asyncio.Task[None]] = set()
    for number in (signal.SIGTERM, signal.SIGINT):
        theirs = signal.getsignal(number)

        def handle(signum: int, frame: FrameType | None, theirs: Any = theirs) -> None:
            loop.call_soon_threadsafe(begin, signum, theirs)

        signal.signal(number, handle)

    def begin(signum: int, theirs: Any) -> None:
        goodbyes.add(asyncio.ensure_future(goodbye(house, signum, theirs)))


async def goodbye(house: House, signum: int, theirs: Any) -> None:
    await house.live.say_bye("restarting", RECONNECT_AFTER_MS)
    try:
        async with asyncio.timeout(LAST_WRITES_SECONDS):
            await house.posting.drained()
    except TimeoutError:
        log.warning("stopping_with_words_in_line")
    finally:
        if callable(theirs):
            theirs(signum, None)
