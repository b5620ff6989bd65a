"""A socket whose wire only records: frames in are queued, frames out are parsed back from their bytes."""

import asyncio
import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from starlette.datastructures import Headers

from app.foundation.realtime.outbox import Outbox
from app.web.wire import EXTENSION

Frame = dict[str, Any]


def frames_in(data: bytes) -> Iterator[bytes]:
    """The payloads of whole, unmasked WebSocket text frames (RFC 6455 §5.2)."""
    while data:
        assert data[0] == 0x81, f"not one whole text frame: {data[:1]!r}"
        extended = {126: 2, 127: 8}.get(data[1], 0)
        size = int.from_bytes(data[2 : 2 + extended], "big") if extended else data[1]
        begins = 2 + extended
        assert size <= len(data) - begins, "a frame was cut off"
        yield data[begins : begins + size]
        data = data[begins + size :]


class Wire:
    """What app/web/wire.py promises its connections, with a real outbox and no network."""

    def __init__(self, sent: Callable[[Frame], None], inbox: "asyncio.Queue[Frame]") -> None:
        self.sent, self.inbox = sent, inbox
        self.outbox = Outbox(self._write, lambda: self.close_with(4408, "too slow"))
        self.code: int | None = None

    @property
    def close_sent(self) -> bool:
        return self.code is not None

    def send_frames(self, data: bytes, frames: int = 1) -> None:
        if self.code is None:
            self.outbox.send(data, frames)

    async def drained(self) -> None:
        await self.outbox.drained()

    def close_with(self, code: int, reason: str) -> None:
        if self.code is None:
            self.code = code
            self.outbox.close()
            self.inbox.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    def _write(self, data: bytes) -> None:
        for payload in frames_in(data):
            self.sent(json.loads(payload))


class Socket:
    """As much of a WebSocket as the door at /api/live touches."""

    def __init__(self, house: Any, token: str, sent: Callable[[Frame], None]) -> None:
        self.inbox: asyncio.Queue[Frame] = asyncio.Queue()
        self.wire = Wire(sent, self.inbox)
        self.headers = Headers({"authorization": f"Bearer {token}"})
        self.cookies: dict[str, str] = {}
        self.scope = {"extensions": {EXTENSION: self.wire}}
        self.app = SimpleNamespace(state=SimpleNamespace(house=house))
        self.state = SimpleNamespace()
        self.waits = False
        self.heard = 0

    def give(self, frame: Frame) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})

    def hang_up(self) -> None:
        self.wire.code = self.wire.code or 1006
        self.wire.outbox.close()
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})

    @property
    def idle(self) -> bool:
        """Whether the process has dealt with every frame it was given."""
        return self.waits and self.inbox.empty()

    async def accept(self) -> None:
        await asyncio.sleep(0)

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        self.wire.code = self.wire.code or code

    async def receive(self) -> Frame:
        self.waits = True
        frame = await self.inbox.get()
        self.waits = False
        return frame
