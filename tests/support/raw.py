import asyncio
import base64
import json
import os
import socket
import struct
from pathlib import Path
from typing import Any, Self

from tests.support.waiting import until

CONNECTIONS = Path("/proc/net/tcp")
KERNEL_TELLS = CONNECTIONS.exists()
ESTABLISHED = "01"


class RawSocket:
    """A WebSocket by hand, for what no decent client would do: broken frames, and never reading."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._ports = (0, 0)
        self._loop = asyncio.get_running_loop()

    @classmethod
    async def connect(cls, port: int, token: str, *, receive_buffer: int | None = None) -> Self:
        sock = socket.socket()
        if receive_buffer is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.setblocking(False)
        raw = cls(sock)
        await raw._loop.sock_connect(sock, ("127.0.0.1", port))
        raw._ports = (sock.getsockname()[1], port)
        await raw._shake_hands(port, token)
        return raw

    async def send_json(self, **frame: Any) -> None:
        await self.send_frame(0x81, json.dumps(frame).encode())

    async def send_frame(self, first_byte: int, payload: bytes = b"", *, masked: bool = True) -> None:
        await self.send_bytes(frame_bytes(first_byte, payload, masked=masked))

    async def send_bytes(self, data: bytes) -> None:
        await self._loop.sock_sendall(self._socket, data)

    async def cut(self, *, within: float) -> None:
        """Wait, without reading a byte, until the other side has cut the connection."""
        await until(self._is_cut, within=within, what="the connection is cut")

    async def close_code(self) -> int | None:
        """Read to the end, and give the code of the close frame if there was one."""
        data = await self._everything()
        at = data.rfind(b"\x88")
        return struct.unpack(">H", data[at + 2 : at + 4])[0] if at >= 0 and len(data) >= at + 4 else None

    def close(self) -> None:
        self._socket.close()

    async def _everything(self) -> bytes:
        data = b""
        try:
            while chunk := await self._loop.sock_recv(self._socket, 65536):
                data += chunk
        except ConnectionResetError:
            return data
        return data

    async def _is_cut(self) -> bool:
        """What the kernel says of the server's end; where it does not tell, a ping that fails does."""
        if KERNEL_TELLS:
            return self._is_cut_at_the_far_end()
        try:
            await self.send_json(type="ping")
        except (BrokenPipeError, ConnectionResetError):
            return True
        return False

    def _is_cut_at_the_far_end(self) -> bool:
        here, there = self._ports
        rows = [line.split() for line in CONNECTIONS.read_text().splitlines()[1:]]
        states = {(_port(row[1]), _port(row[2])): row[3] for row in rows}
        return states.get((there, here)) != ESTABLISHED

    async def _shake_hands(self, port: int, token: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /api/live HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
            f"Authorization: Bearer {token}",
        ]
        await self.send_bytes("\r\n".join([*lines, "", ""]).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += await self._loop.sock_recv(self._socket, 1)
        assert b" 101 " in answer.split(b"\r\n")[0], answer


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def frame_bytes(first_byte: int, payload: bytes, *, masked: bool = True) -> bytes:
    mask = os.urandom(4) if masked else b""
    head = bytes([first_byte]) + _length(len(payload), 0x80 if masked else 0) + mask
    if not masked:
        return head + payload
    return head + bytes(byte ^ mask[position % 4] for position, byte in enumerate(payload))


def _length(size: int, mask_bit: int) -> bytes:
    if size < 126:
        return bytes([mask_bit | size])
    if size < 65536:
        return bytes([mask_bit | 126]) + struct.pack(">H", size)
    return bytes([mask_bit | 127]) + struct.pack(">Q", size)
