import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.proxy import Proxy


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """A wire to a server that repeats each line."""

    async def repeat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()

    server = await asyncio.start_server(repeat, "127.0.0.1", 0)
    proxy = await Proxy.to(server.sockets[0].getsockname()[1])
    yield proxy
    await proxy.close()
    server.close()
    await server.wait_closed()


async def test_it_passes_on_what_it_hears(proxy: Proxy):
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"hello\n")
    assert await reader.readline() == b"hello\n"
    writer.close()


async def test_a_black_hole_keeps_the_connection_and_swallows_the_words(proxy: Proxy):
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    proxy.mode = "blackhole"
    writer.write(b"hello\n")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.readline(), 0.2)
    assert not reader.at_eof()
    writer.close()


async def test_a_reset_is_heard_as_one(proxy: Proxy):
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"hello\n")
    await reader.readline()
    proxy.reset()
    with pytest.raises(ConnectionResetError):
        await reader.readline()
    writer.close()


async def test_it_refuses_when_told_to(proxy: Proxy):
    proxy.mode = "refuse"
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(_read_or_reset(reader), 5)
    writer.close()


async def _read_or_reset(reader: asyncio.StreamReader) -> None:
    if await reader.read() == b"":
        raise ConnectionResetError
