"""One open socket: who is behind it, which rooms it has open, and the wire it writes to."""

import asyncio
import time
from typing import Any

from app.foundation.realtime.channel import Subscription
from app.people.actors import Actor
from app.web.frames import frame
from app.web.wire import Wire


class Connection:
    def __init__(self, wire: Wire, actor: Actor) -> None:
        self.wire = wire
        self.since = time.monotonic()
        self.actor = actor
        self.rooms: dict[str, Subscription] = {}
        self.counted: set[str] = set()
        self.told_alerts: set[str] = set()
        self.typed_at: dict[str, float] = {}
        self.pending: set[asyncio.Future[Any]] = set()

    def send(self, data: bytes, frames: int = 1) -> None:
        """Whole frames, as they go on the wire."""
        self.wire.send_frames(data, frames)

    def tell(self, body: dict[str, Any]) -> None:
        self.wire.send_frames(frame(body))

    def recall(self) -> None:
        """What this reader has not taken yet is not for its eyes any more: it comes back, and gets what is."""
        if self.wire.outbox.waiting:
            self.cut()

    def cut(self) -> None:
        """Something of this connection can no longer be made good: let the client come back afresh."""
        self.close(1012, "come back")

    def close(self, code: int, reason: str) -> None:
        self.wire.close_with(code, reason)
