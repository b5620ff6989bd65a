"""Does the bus answer at all?"""

from redis.asyncio import Redis
from redis.exceptions import RedisError


async def bus_answers(url: str) -> bool:
    client = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(await client.ping())
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()
