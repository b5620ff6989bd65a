"""One member's socket, as cheap as Python allows: the generator must cost less than what it measures."""

import asyncio
import base64
import json
import os
from time import perf_counter
from urllib.parse import SplitResult

MARK = b'"text":"#'
ENTRY = b'{"type":"entry"'
SAID = b'{"type":"said"'
VERSION = b'"version":'
DIGITS = 9
TEXT, CLOSE, PING = 0x81, 0x88, 0x89


class Tally:
    """What was sent, when it was due, and what came of it. One for all sockets."""

    def __init__(self) -> None:
        self.due: list[float] = []
        self.deliveries = 0
        self.said = 0
        self.latencies: list[float] = []
        self.wrong: list[str] = []

    def arrived(self, number: int, now: float) -> None:
        self.deliveries += 1
        self.latencies.append(now - self.due[number])


class Member(asyncio.Protocol):
    def __init__(self, room: str, token: str, tally: Tally) -> None:
        self.room, self.token, self.tally = room, token, tally
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.received = 0
        self.version = 0
        self.rest = b""
        self.leaving = False
        self.upgraded = False

    @classmethod
    async def join(cls, url: SplitResult, room: str, token: str, tally: Tally) -> "Member":
        loop = asyncio.get_running_loop()
        _, member = await loop.create_connection(lambda: cls(room, token, tally), url.hostname, url.port)
        await asyncio.wait_for(member.opened, 60)
        return member

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /api/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {self.token}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        now = perf_counter()
        if self.rest:
            data = self.rest + data
        at = 0 if self.upgraded else self._past_handshake(data)
        end = len(data)
        tally = self.tally
        while end - at >= 2:
            length = data[at + 1]
            start = at + 2
            if length == 126:
                start = at + 4
                length = int.from_bytes(data[at + 2 : start], "big")
            elif length == 127:
                start = at + 10
                length = int.from_bytes(data[at + 2 : start], "big")
            stop = start + length
            if stop > end:
                break
            if data.startswith(ENTRY, start):
                self._entry(data, start, stop, now)
            elif data.startswith(SAID, start):
                tally.said += 1
            else:
                self._other(data[at], data[start:stop], now)
            at = stop
        self.rest = data[at:]

    def say(self, ref: str, text: str) -> None:
        self._send(f'{{"type":"say","room":"{self.room}","ref":"{ref}","text":"{text}"}}'.encode())

    def leave(self) -> None:
        self.leaving = True
        self.transport.abort()

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.leaving:
            self._wrong(f"the connection was lost: {problem}")

    def _past_handshake(self, data: bytes) -> int:
        end = data.find(b"\r\n\r\n") + 4
        if end < 4:
            return 0
        if not data.startswith(b"HTTP/1.1 101"):
            self._wrong(data[:200].decode(errors="replace"))
            return len(data)
        self.upgraded = True
        return end

    def _entry(self, data: bytes, start: int, stop: int, now: float) -> None:
        """Every live version is one more than the last, so nothing is lost, repeated or out of order."""
        found = data.find(VERSION, start, stop) + len(VERSION)
        version = int(data[found : data.find(b",", found, stop)])
        if version != self.version + 1:
            self._wrong(f"version {version} came after {self.version}")
        self.version = version
        found = data.find(MARK, start, stop)
        if found >= 0:
            self.received += 1
            digits = found + len(MARK)
            self.tally.arrived(int(data[digits : digits + DIGITS]), now)

    def _other(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == PING:
            self.transport.write(bytes((0x8A, 0x80 | len(payload))) + bytes(4) + payload)
        elif opcode == CLOSE:
            self._wrong(f"the server closed: {int.from_bytes(payload[:2], 'big')}")
        elif opcode == TEXT:
            self._read(json.loads(payload), now)

    def _read(self, frame: dict, now: float) -> None:
        kind = frame["type"]
        if kind == "welcome":
            self._send(json.dumps({"type": "open", "room": self.room}).encode())
        elif kind == "opened" and not self.opened.done():
            self.version = frame["version"]
            self.opened.set_result(None)
        elif kind == "opened":
            self._repaired(frame, now)
        elif kind == "said":
            self.tally.said += 1
        elif kind == "entry":
            raise AssertionError("An entry frame does not begin with its type; member.py must learn its shape.")
        elif kind in {"refused", "closed", "bye", "declined", "held"}:
            self._wrong(json.dumps(frame))

    def _repaired(self, frame: dict, now: float) -> None:
        """The server caught up by itself: what it brings counts, each once."""
        if frame.get("reset"):
            self._wrong("the room was reset under load")
        for entry in frame["entries"]:
            if entry["version"] > self.version and (entry["text"] or "").startswith("#"):
                self.received += 1
                self.tally.arrived(int(entry["text"][1 : 1 + DIGITS]), now)
        self.version = frame["version"]

    def _send(self, payload: bytes) -> None:
        """A mask of zeros is a mask: the payload goes as it is."""
        length = len(payload)
        head = bytes((TEXT, 0x80 | length)) if length < 126 else b"\x81\xfe" + length.to_bytes(2, "big")
        self.transport.write(head + bytes(4) + payload)

    def _wrong(self, what: str) -> None:
        self.tally.wrong.append(what)
        if not self.opened.done():
            self.opened.set_exception(ConnectionError(what))
