import asyncio
import contextlib
from typing import Any

import websockets

from tests.support.client import Live, new_ref
from tests.support.person import Person
from tests.support.reader import Book, BrokenPromise, Frame, Reader
from tests.support.waiting import until

LONG_ENOUGH = 60.0
COMES_BACK_AFTER = 0.2
LOST_WORDS = (OSError, websockets.WebSocketException, TimeoutError, AssertionError)


class Device:
    """What a good tablet does: an outbox, a memory of the room, and it keeps coming back.

    It repeats under the same ref what was not acknowledged, and opens with `after` where it left off.
    """

    def __init__(self, person: Person, room: str, *, doors: list[int], url: str | None = None) -> None:
        self.person = person
        self.room = room
        self.reader = Reader()
        self.outbox: dict[str, str] = {}
        self.said: dict[str, tuple[int, int]] = {}
        self.texts: dict[str, str] = {}
        self.comings = 0
        self.wrong: list[str] = []
        self._doors = doors
        self._url = url
        self._live: Live | None = None
        self._epoch: str | None = None
        self._repeating: set[asyncio.Task[None]] = set()
        self._running = asyncio.create_task(self._keep_coming())

    @property
    def book(self) -> Book:
        return self.reader.books.get(self.room) or Book()

    async def say(self, text: str) -> str:
        ref = new_ref()
        self.outbox[ref] = self.texts[ref] = text
        await self._send(ref)
        return ref

    async def is_in(self) -> None:
        await until(self._has_opened, within=LONG_ENOUGH, what=f"{self.person} is in the room")

    async def comes_again(self, *, since: int) -> None:
        """It has noticed that the wire is dead, and tried at least once more."""

        async def has_tried() -> bool:
            return self.comings > since

        await until(has_tried, within=LONG_ENOUGH, what=f"{self.person} comes again")

    async def is_heard(self) -> None:
        """All that was ever said here has been acknowledged."""
        await until(self._has_empty_outbox, within=LONG_ENOUGH, what=f"{self.person} is acknowledged")

    async def knows(self, texts: list[str], *, within: float = LONG_ENOUGH) -> None:
        async def has_them_all() -> bool:
            return set(texts) <= {entry["text"] for entry in self.book.entries.values()}

        await until(has_them_all, within=within, what=f"{self.person} has heard it all")

    def cut(self) -> None:
        """Lose the connection without a word; it comes back by itself."""
        if self._live is not None:
            self._live.socket.transport.abort()

    async def close(self) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, *self._repeating, return_exceptions=True)
        if self._live is not None:
            await self._live.close()

    async def _keep_coming(self) -> None:
        while True:
            with contextlib.suppress(*LOST_WORDS):
                await self._stay(await self._connect())
            await asyncio.sleep(COMES_BACK_AFTER)

    async def _connect(self) -> Live:
        door = self._doors[self.comings % len(self._doors)]
        self.comings += 1
        return await self.person.connect(
            door=door, url=self._url, reader=self.reader, heard=self._hear,
            ping_interval=2, ping_timeout=4, open_timeout=5, close_timeout=1,
        )  # fmt: skip

    async def _stay(self, live: Live) -> None:
        try:
            await self._settle_in(live)
            await live.over()
        finally:
            self._live = None
            live.socket.transport.abort()
            if isinstance(live.failure, BrokenPromise):
                self.wrong.append(str(live.failure))

    async def _settle_in(self, live: Live) -> None:
        epoch = (await live.expect("welcome"))["epoch"]
        goes_on = self._epoch == epoch and self.room in self.reader.books
        position = {"after": self.book.version, "epoch": epoch} if goes_on else {}
        opened = await live.open(self.room, **position)
        assert opened["type"] == "opened", opened
        self._epoch, self._live = epoch, live
        for ref in list(self.outbox):
            await self._send(ref)

    async def _send(self, ref: str) -> None:
        if self._live is not None and ref in self.outbox:
            with contextlib.suppress(*LOST_WORDS):
                await self._live.send("say", room=self.room, ref=ref, text=self.outbox[ref])

    def _hear(self, frame: Frame) -> None:
        ref: Any = frame.get("ref")
        if frame["type"] == "said" and ref in self.texts:
            self._acknowledge(ref, (frame["seq"], frame["version"]))
        elif frame["type"] == "refused" and frame["code"] in ("too_fast", "try_again"):
            self._repeat_later(ref, frame["retry_after_ms"] / 1000)
        elif frame["type"] == "refused":
            self.wrong.append(str(frame))

    def _acknowledge(self, ref: str, place: tuple[int, int]) -> None:
        if self.said.setdefault(ref, place) != place:
            self.wrong.append(f"{ref} was said at {self.said[ref]} and then at {place}")
        self.outbox.pop(ref, None)

    def _repeat_later(self, ref: str, seconds: float) -> None:
        async def repeat() -> None:
            await asyncio.sleep(seconds)
            await self._send(ref)

        task = asyncio.create_task(repeat())
        self._repeating.add(task)
        task.add_done_callback(self._repeating.discard)

    async def _has_opened(self) -> bool:
        return self._live is not None

    async def _has_empty_outbox(self) -> bool:
        return not self.outbox
