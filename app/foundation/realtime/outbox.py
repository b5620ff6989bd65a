"""What one connection has not taken yet: bounded, then the connection is cut. Nobody waits for a slow reader."""

import asyncio
from collections import deque
from collections.abc import Callable

MOST_FRAMES = 256
MOST_BYTES = 1024 * 1024


class Outbox:
    """Writes go straight through while the transport takes them; otherwise they wait here, up to the bound."""

    def __init__(self, write: Callable[[bytes], None], cut: Callable[[], None]) -> None:
        self.write, self.cut = write, cut
        self.waiting: deque[tuple[bytes, int]] = deque()
        self.frames = self.bytes = 0
        self.taking = True
        self.over = False
        self.empty = asyncio.Event()
        self.empty.set()

    def send(self, data: bytes, frames: int = 1) -> None:
        """`data` holds whole frames. After the bound is passed nothing more is sent."""
        if self.over:
            return
        if self.taking:
            self.write(data)
            return
        self.waiting.append((data, frames))
        self.frames += frames
        self.bytes += len(data)
        self.empty.clear()
        if self.frames > MOST_FRAMES or self.bytes > MOST_BYTES:
            self.close()
            self.cut()

    def pause(self) -> None:
        """The transport is full."""
        self.taking = False

    def resume(self) -> None:
        """The transport takes more: write what waited, in order, until it is full again."""
        self.taking = True
        while self.waiting and self.taking:
            data, frames = self.waiting.popleft()
            self.frames -= frames
            self.bytes -= len(data)
            self.write(data)
        if not self.waiting:
            self.empty.set()

    def close(self) -> None:
        self.over = True
        self.waiting.clear()
        self.empty.set()

    async def drained(self) -> None:
        """Wait until nothing waits: for answers to this connection's own requests."""
        await self.empty.wait()
