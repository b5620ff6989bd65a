"""Guessing at cards is slowed down, and nobody is locked out: a whole house may share one address."""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.problems import NotFound, TooFast

FREE_FAILURES = 10
WITHIN_SECONDS = 60.0
WAIT_SECONDS = 1.0
MOST_WAITING = 20
REMEMBERED_ADDRESSES = 10_000


class Attempts:
    def __init__(self) -> None:
        self.failures: OrderedDict[str, deque[float]] = OrderedDict()
        self.turns: dict[str, asyncio.Lock] = {}
        self.waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def from_address(self, address: str) -> AsyncIterator[None]:
        """Run one attempt. After ten wrong cards in a minute, attempts from there go one a second, in turn."""
        if self._recent(address) >= FREE_FAILURES:
            await self._take_turn(address)
        try:
            yield
        except NotFound:
            self.failures.setdefault(address, deque()).append(time.monotonic())
            self.failures.move_to_end(address)
            if len(self.failures) > REMEMBERED_ADDRESSES:
                self.failures.popitem(last=False)
            raise

    def _recent(self, address: str) -> int:
        failures = self.failures.get(address, deque())
        while failures and failures[0] < time.monotonic() - WITHIN_SECONDS:
            failures.popleft()
        return len(failures)

    async def _take_turn(self, address: str) -> None:
        if self.waiting[address] >= MOST_WAITING:
            raise TooFast(retry_after_ms=int(MOST_WAITING * WAIT_SECONDS * 1000))
        self.waiting[address] += 1
        try:
            async with self.turns.setdefault(address, asyncio.Lock()):
                await asyncio.sleep(WAIT_SECONDS)
        finally:
            self.waiting[address] -= 1
            if not self.waiting[address]:
                del self.waiting[address], self.turns[address]
