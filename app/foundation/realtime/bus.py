"""Between the server processes: only for speed. What the bus loses, the sweep finds in the database.

A message is bytes to it; app/web/live/telling.py writes and reads them.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger()
TOPIC = "hearthside"
BEAT_SECONDS = 2.0
SILENT_SECONDS = 6.0
MOST_WAITING = 2_000
TOO_OLD_SECONDS = 2.0
"""After two seconds of not getting through, a publication is left to the sweep."""


class Bus(Protocol):
    well: bool

    def publish(self, message: Callable[[], bytes]) -> None: ...
    async def run(self, heard: Callable[[bytes], None], missed: Callable[[], Awaitable[object]]) -> None: ...
    async def close(self) -> None: ...


class NoBus:
    """One process: everybody who must hear it has heard it already."""

    well = True

    def publish(self, message: Callable[[], bytes]) -> None:
        return None

    async def run(self, heard: Callable[[bytes], None], missed: Callable[[], Awaitable[object]]) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        return None


class RedisBus:
    """`house` keeps apart the houses that share one Redis: its numbered databases do not."""

    def __init__(self, url: str, house: str) -> None:
        self.topic = f"{TOPIC}-{house}"
        patience: dict[str, Any] = {"socket_timeout": 2, "socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 0)}
        self.sender = Redis.from_url(url, **patience)
        self.listener = Redis.from_url(url, **patience)
        self.waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(MOST_WAITING)
        self.heard_at = time.monotonic()
        self.well = False

    def publish(self, message: Callable[[], bytes]) -> None:
        """Hand over without waiting. A full queue drops it: the sweep tells it then."""
        if not self.waiting.full():
            self.waiting.put_nowait((time.monotonic(), message()))

    async def run(self, heard: Callable[[bytes], None], missed: Callable[[], Awaitable[object]]) -> None:
        """Send and listen for as long as the process lives. `missed` is awaited after every (re)connection."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._send())
            together.create_task(self._beat())
            together.create_task(self._listen(heard, missed))

    async def _send(self) -> None:
        while True:
            at, message = await self.waiting.get()
            if time.monotonic() - at > TOO_OLD_SECONDS:
                continue
            try:
                await self.sender.publish(self.topic, message)
            except (RedisError, OSError, TimeoutError) as trouble:
                log.warning("bus_did_not_take_it", trouble=type(trouble).__name__)

    async def _beat(self) -> None:
        """An empty message to ourselves: a bus that is wedged keeps its connections and says nothing."""
        while True:
            self.publish(bytes)
            await asyncio.sleep(BEAT_SECONDS)

    async def _listen(self, heard: Callable[[bytes], None], missed: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                await self._listen_once(heard, missed)
            except (RedisError, OSError, TimeoutError) as trouble:
                log.warning("bus_away", trouble=type(trouble).__name__)
            self.well = False
            await asyncio.sleep(1)

    async def _listen_once(self, heard: Callable[[bytes], None], missed: Callable[[], Awaitable[object]]) -> None:
        async with self.listener.pubsub() as topic:
            await topic.subscribe(self.topic)
            self.heard_at = time.monotonic()
            while time.monotonic() - self.heard_at < SILENT_SECONDS:
                event = await topic.get_message(timeout=1.0)
                if event is None:
                    continue
                self.heard_at = time.monotonic()
                if event["type"] == "subscribe":
                    await missed()
                elif event["type"] == "message":
                    self.well = True
                    if event["data"]:
                        heard(event["data"])
        raise TimeoutError

    async def close(self) -> None:
        await self.sender.aclose()
        await self.listener.aclose()
