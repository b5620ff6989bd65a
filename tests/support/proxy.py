import asyncio
import socket
import struct
from contextlib import suppress
from typing import Self

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Proxy:
    """A TCP wire that can go wrong: `pass`, `delay`, `blackhole` (swallows all), `refuse`; and `reset()`."""

    def __init__(self, target_port: int) -> None:
        self.mode = "pass"
        self.delay = 0.0
        self._target_port = target_port
        self._writers: set[asyncio.StreamWriter] = set()

    @classmethod
    async def to(cls, target_port: int) -> Self:
        proxy = cls(target_port)
        proxy._server = await asyncio.start_server(proxy._accept, "127.0.0.1", 0)
        proxy.port = proxy._server.sockets[0].getsockname()[1]
        return proxy

    def reset(self) -> None:
        """Cut every connection with an RST, in the middle of whatever it carries."""
        for writer in [writer for writer in self._writers if not writer.is_closing()]:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            writer.transport.abort()

    async def close(self) -> None:
        self._server.close()
        self.reset()
        await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        if self.mode == "refuse":
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        self._writers.add(far_writer)
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await asyncio.sleep(self.delay)
                if self.mode != "blackhole":
                    writer.write(data)
                    await writer.drain()
        self._writers.discard(writer)
        writer.close()
