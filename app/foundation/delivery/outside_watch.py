"""The dead man's switch: an address outside that expects to be asked, and tells somebody when it is not."""

import asyncio

import httpx
import structlog

SECONDS = 10
log = structlog.get_logger()


async def ping(url: str) -> None:
    """Ask it once. What goes wrong is logged: its own silence is the alarm."""
    try:
        async with asyncio.timeout(SECONDS), httpx.AsyncClient(trust_env=False, timeout=SECONDS) as web:
            await web.get(url)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as trouble:
        log.warning("ping_failed", trouble=type(trouble).__name__)
