"""The dead man's switch: somebody outside is asked each minute while all is well, and hears when we fall silent."""

import asyncio

import structlog

from app.crisis import page_reports
from app.foundation.database import Database
from app.foundation.delivery import outside_watch
from app.problems import TryAgain
from app.settings import Settings

log = structlog.get_logger()
LOOK_SECONDS = 1.0
PING_SECONDS = 60.0
STUCK_SECONDS = 30.0


async def watch_from_outside(database: Database, settings: Settings) -> None:
    """In a line of its own: an address that hangs holds up no page."""
    last = -PING_SECONDS
    while True:
        try:
            last = await ping(database, settings, last)
        except TryAgain:
            log.warning("database_away", work="ping")
        await asyncio.sleep(LOOK_SECONDS)


async def ping(database: Database, settings: Settings, last: float) -> float:
    """Ask the outside address, once a minute, while nothing of paging is late: its silence tells somebody."""
    moment = asyncio.get_running_loop().time()
    if not settings.ping_url or moment - last < PING_SECONDS:
        return last
    if await database.read(page_reports.overdue, STUCK_SECONDS) == 0:
        await outside_watch.ping(settings.ping_url)
    return moment
