"""Guessing at cards is slowed down, and nobody is locked out: a whole house may share one address."""

import asyncio
import ipaddress
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.problems import NotFound, TooFast

FREE_FAILURES = 10
FREE_FAILURES_ANYWHERE = 100
"""From all addresses together: past it, everybody who types a card waits a turn."""
WITHIN_SECONDS = 60.0
WAIT_SECONDS = 1.0
MOST_WAITING = 20
REMEMBERED_PLACES = 10_000
ANYWHERE = "anywhere"


class Attempts:
    """`free` wrong ones a minute from one place, `anywhere` from all together, go through without waiting a turn.

    `one_line`: past `anywhere` every address waits in one line, so that many addresses guess no faster than one. For
    what is short: six digits. Cards are long, and there an address that guesses does not hold up the others.
    """

    def __init__(
        self, free: int = FREE_FAILURES, anywhere: int = FREE_FAILURES_ANYWHERE, *, one_line: bool = False
    ) -> None:
        self.free, self.anywhere, self.one_line = free, anywhere, one_line
        self.failures: OrderedDict[str, deque[float]] = OrderedDict()
        self.trying: Counter[str] = Counter()
        self.turns: dict[str, asyncio.Lock] = {}
        self.waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def from_address(self, address: str) -> AsyncIterator[None]:
        """Run one attempt. Where ten in a minute were wrong, attempts from there go one a second, in turn."""
        place = _network(address)
        here, anywhere = self._spent(place, self.free), self._spent(ANYWHERE, self.anywhere)
        if anywhere and (self.one_line or not here):
            await self._take_turn(ANYWHERE)
        elif here:
            await self._take_turn(place)
        self.trying.update((place, ANYWHERE))
        try:
            yield
        except NotFound:
            self._note_failure(place)
            self._note_failure(ANYWHERE)
            raise
        finally:
            self._leave(self.trying, place)
            self._leave(self.trying, ANYWHERE)

    def _spent(self, place: str, free: int) -> bool:
        """What failed lately and what is being tried now: a burst at once counts as what it is."""
        failures = self.failures.get(place, deque())
        while failures and failures[0] < time.monotonic() - WITHIN_SECONDS:
            failures.popleft()
        return len(failures) + self.trying[place] >= free

    def _note_failure(self, place: str) -> None:
        self.failures.setdefault(place, deque(maxlen=FREE_FAILURES_ANYWHERE)).append(time.monotonic())
        self.failures.move_to_end(place)
        if len(self.failures) > REMEMBERED_PLACES:
            self.failures.popitem(last=False)

    async def _take_turn(self, place: str) -> None:
        if self.waiting[place] >= MOST_WAITING:
            raise TooFast(retry_after_ms=int(MOST_WAITING * WAIT_SECONDS * 1000))
        self.waiting[place] += 1
        try:
            async with self.turns.setdefault(place, asyncio.Lock()):
                await asyncio.sleep(WAIT_SECONDS)
        finally:
            self._leave(self.waiting, place)
            if place not in self.waiting:
                self.turns.pop(place, None)

    @staticmethod
    def _leave(counter: Counter[str], place: str) -> None:
        counter[place] -= 1
        if counter[place] <= 0:
            del counter[place]


def _network(address: str) -> str:
    """An IPv4 address, or the /64 that one subscriber has of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(known) if known.version == 4 else str(ipaddress.ip_network((known, 64), strict=False))
