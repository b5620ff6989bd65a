"""A hub between a table that is right and connections that write down what they are sent."""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

from app.foundation.realtime.channel import CaughtUp, Fetched, Subscription, Told
from app.foundation.realtime.hub import Hub

ROOM = "monday-circle"
TURNS = 15
MOST_LISTED = 5
State = tuple[int, bool]
"""(seq, whether it can be read)"""


class Table:
    """Every version that ever was. `taken` are the versions whose hiding this process has answered for."""

    def __init__(self) -> None:
        self.states: list[State] = []
        self.taken: set[int] = set()

    def write(self, seq: int, readable: bool) -> Told:
        self.states.append((seq, readable))
        return self.told(len(self.states))

    def told(self, version: int) -> Told:
        seq, readable = self.states[version - 1]
        return Told(version, line({"version": version, "seq": seq, "readable": readable}), hides=not readable)

    def as_of(self, version: int) -> dict[int, tuple[int, bool]]:
        """seq → (version, whether it can be read)"""
        return {seq: (count + 1, readable) for count, (seq, readable) in enumerate(self.states[:version])}

    def since(self, after: int, version: int) -> list[int]:
        """Present versions, past one and up to another."""
        return sorted(at for at, _ in self.as_of(version).values() if at > after)

    def must_not_be_read(self, seq: int) -> bool:
        version, readable = self.as_of(len(self.states))[seq]
        return not readable and version in self.taken


class Reader:
    """A connection. While it stalls, what it is sent waits."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.shown: dict[int, tuple[int, bool]] = {}
        self.version: int | None = None
        self.is_cut = self.stalls = False
        self.waiting: list[bytes] = []
        self.subscription: Subscription | None = None

    def send(self, data: bytes, frames: int = 1) -> None:
        assert data.count(b"\n") == frames, f"{data!r} is not {frames}"
        if self.stalls and not self.is_cut:
            self.waiting.append(data)
        elif not self.is_cut:
            self._read(data)

    def recall(self) -> None:
        if self.waiting:
            self.cut()

    def cut(self) -> None:
        self.is_cut = True
        self.waiting.clear()

    def read_on(self) -> None:
        self.stalls = False
        while self.waiting:
            self._read(self.waiting.pop(0))

    def _read(self, data: bytes) -> None:
        for frame in map(json.loads, data.splitlines()):
            if "start" in frame:
                assert frame["start"] >= (self.version or 0), "nobody is taken back"
                self.version = frame["start"]
                self._show(frame["present"])
            else:
                assert self.version is not None, "a change came before the start"
                assert frame["version"] == self.version + 1, f"{frame} after {self.version}"
                self.version = frame["version"]
                self._show([frame])

    def _show(self, present: list[dict[str, Any]]) -> None:
        for one in present:
            hidden = one["readable"] and self.table.must_not_be_read(one["seq"])
            assert not hidden, f"{one} was taken away here"
            self.shown[one["seq"]] = one["version"], one["readable"]


class HubWorld:
    def __init__(self) -> None:
        self.table = Table()
        self.hub = Hub(self.fetch, self.catch_up)
        self.readers = [Reader(self.table) for _ in range(3)]
        self.under_way: list[Told] = []
        self.kept_back: list[asyncio.Future[None]] = []
        self.to_keep_back = self.to_fail = self.failed = 0
        self.tasks: set[asyncio.Task[None]] = set()

    async def fetch(self, channel: str, after: int) -> Fetched:
        version = await self._read()
        listed = self.table.since(after, version)
        return Fetched(version, [self.table.told(one) for one in listed] if len(listed) <= MOST_LISTED else [])

    async def catch_up(self, subscription: Subscription, after: int) -> CaughtUp:
        version = await self._read()
        present = [
            {"version": at, "seq": seq, "readable": readable}
            for seq, (at, readable) in self.table.as_of(version).items()
            if at > after
        ]
        return CaughtUp(version, line({"start": version, "present": present}))

    async def _read(self) -> int:
        """A snapshot, which may be old when it arrives."""
        if self.to_fail:
            self.to_fail -= 1
            self.failed += 1
            raise OSError("the test took the database away")
        version = len(self.table.states)
        if self.to_keep_back:
            self.to_keep_back -= 1
            self.kept_back.append(asyncio.get_running_loop().create_future())
            await self.kept_back[-1]
        return version

    def hide_here(self, seq: int) -> None:
        """This process takes something away, and answers for it."""
        told = self.table.write(seq, readable=False)
        self.under_way.append(told)
        self.hub.take(ROOM, [told])
        self.table.taken.add(told.version)

    def sweep(self) -> None:
        """When all is mended that it found, the process answers for what was hidden before it."""
        version = len(self.table.states)
        self.hub.behind({ROOM: version})
        self._start(self._bind(version, self.failed))

    async def _bind(self, version: int, failed: int) -> None:
        while (channel := self.hub.channels.get(ROOM)) and channel.mender:
            await asyncio.gather(channel.mender, return_exceptions=True)
        if failed == self.failed:
            self.table.taken |= set(range(1, version + 1))

    def let_go(self, index: int) -> None:
        if self.kept_back:
            kept = self.kept_back.pop(index % len(self.kept_back))
            if not kept.done():
                kept.set_result(None)

    def enter(self, reader: Reader) -> None:
        if reader.subscription is None:
            reader.subscription = self.hub.subscribe(ROOM, reader, "rose")
            self._start(self._enter(reader, reader.subscription))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.add(asyncio.create_task(work))

    async def _enter(self, reader: Reader, subscription: Subscription) -> None:
        try:
            while not self.hub.begin(subscription, await self.catch_up(subscription, reader.version or 0)):
                pass
        except OSError:
            self.go(reader)

    def go(self, reader: Reader) -> None:
        """It may come back later, with what it knows."""
        if reader.subscription:
            self.hub.unsubscribe(ROOM, reader)
            reader.subscription, reader.is_cut = None, False
            reader.waiting.clear()

    async def settle(self) -> None:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        for reader in self.readers:
            if reader.is_cut:
                self.go(reader)
        for task in [task for task in self.tasks if task.done()]:
            self.tasks.discard(task)
            task.result()

    async def end(self) -> None:
        menders = [channel.mender for channel in self.hub.channels.values() if channel.mender]
        for task in (tasks := [*self.tasks, *self.hub.repairs, *menders]):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def line(frame: dict[str, Any]) -> bytes:
    return json.dumps(frame).encode() + b"\n"
