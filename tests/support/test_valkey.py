import asyncio

import pytest
from redis.asyncio import Redis

from tests.support.valkey import Valkey


async def test_a_killed_valkey_comes_back_empty():
    valkey = await Valkey.start()
    try:
        async with Redis.from_url(valkey.url) as client:
            await client.set("words", "gone")
        valkey.kill()
        await valkey.restart()
        async with Redis.from_url(valkey.url) as client:
            assert await client.get("words") is None
    finally:
        valkey.close()


async def test_a_frozen_valkey_says_nothing_until_it_thaws():
    valkey = await Valkey.start()
    try:
        async with Redis.from_url(valkey.url, socket_timeout=None) as client:
            await client.ping()
            valkey.freeze()
            answer = asyncio.create_task(client.ping())
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(answer), 0.2)
            valkey.thaw()
            assert await answer
    finally:
        valkey.close()
