"""A channel of the whole team, at any of the services that Apprise speaks to (`pip install hearthside[apprise]`).

It tells nobody's answer and no delivery: one more way beside the others, never the only one. Its addresses hold keys,
and what Apprise logs holds addresses: nothing of it is logged.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from app.foundation.delivery.mail import CouldNotSend
from app.foundation.delivery.phone import Never

LIBRARY = "apprise"
THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="team")
"""Of its own: a service that hangs holds up this channel, and nothing else."""

logging.getLogger(LIBRARY).disabled = True


@cache
def is_installed() -> bool:
    return find_spec(LIBRARY) is not None


async def send(addresses: str, title: str, text: str) -> None:
    """To each of these addresses; taken, once one of them took it. Raises Never, CouldNotSend."""
    if not is_installed():
        raise Never("extra")
    await asyncio.get_running_loop().run_in_executor(THREADS, _send, addresses.split(), title, text)


def unknown(addresses: str) -> int:
    """How many of them are of no kind that Apprise knows."""
    return sum(_channel(one) is None for one in addresses.split())


def _send(addresses: list[str], title: str, text: str) -> None:
    channels = [channel for one in addresses if (channel := _channel(one)) is not None]
    if not channels:
        raise Never("address")
    if not any([channel.notify(body=text, title=title, body_format="text") for channel in channels]):
        raise CouldNotSend("refused")


def _channel(address: str):  # type: ignore[no-untyped-def]
    """What speaks to one address; None where there is nothing of that kind. Only this one reads it."""
    apprise = import_module(LIBRARY)
    plain = apprise.AppriseAsset(app_id="Hearthside", app_desc="", app_url="", image_url_mask="", image_url_logo="")
    channel = apprise.Apprise(asset=plain)
    return channel if channel.add(address) else None
