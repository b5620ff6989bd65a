"""uvicorn's WebSocket protocol with two doors more: write whole frames that were made once for everybody, and cut.

It leans on private names of uvicorn's sans-IO implementation (close_sent, disconnected, transport, scope), so
uvicorn is pinned and tests/web/test_wire.py holds what is used.
"""

import asyncio
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.foundation.realtime.outbox import Outbox

EXTENSION = "hearthside.wire"
LAST_WORDS_SECONDS = 1.0
HIGH_WATER = 64 * 1024


class Wire(WebSocketsSansIOProtocol):
    outbox: Outbox

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.outbox = Outbox(self._write, self._too_slow)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.transport.set_write_buffer_limits(high=HIGH_WATER)
            self.scope["extensions"][EXTENSION] = self  # type: ignore[index,assignment]

    def send_frames(self, data: bytes, frames: int = 1) -> None:
        """Whole text frames, at once or when the reader has caught up; a reader too far behind is cut."""
        if not (self.close_sent or self.disconnected):
            self.outbox.send(data, frames)

    async def drained(self) -> None:
        """Wait until this reader has taken what waits for it."""
        await self.outbox.drained()

    def close_with(self, code: int, reason: str) -> None:
        """Say goodbye with a close code; a reader that does not take it is cut."""
        if self.close_sent or self.disconnected:
            return
        self.outbox.close()
        self.loop.call_later(LAST_WORDS_SECONDS, self._abort)
        if self.transport.is_closing():
            return
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def send_receive_event_to_app(self) -> None:
        """A text that is no UTF-8 ends its own socket with 1007, quietly."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.conn.send_close(1007)
                return self.handle_parser_exception()
        super().send_receive_event_to_app()

    def handle_close(self, event: Any) -> None:
        """The peer says goodbye; one that does not take our answer is not waited for."""
        super().handle_close(event)
        self.loop.call_later(LAST_WORDS_SECONDS, self._abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.outbox.pause()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.outbox.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        self.outbox.close()
        super().connection_lost(exc)

    def keepalive_timeout(self) -> None:
        """A peer that stopped answering never drains its buffer, so uvicorn's own close would wait for ever."""
        super().keepalive_timeout()
        self.loop.call_later(LAST_WORDS_SECONDS, self._abort)

    def _write(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)

    def _too_slow(self) -> None:
        self.close_with(4408, "too slow")

    def _abort(self) -> None:
        if not self.disconnected:
            self.transport.abort()


async def until_taken(wire: Wire, seconds: float = 10.0) -> None:
    """Flow control for answers to a connection's own requests: a reader that takes nothing is cut."""
    try:
        async with asyncio.timeout(seconds):
            await wire.drained()
    except TimeoutError:
        wire.close_with(4408, "too slow")
