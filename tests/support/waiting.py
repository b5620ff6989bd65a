import asyncio
from collections.abc import Awaitable, Callable

PROMISED = 5.0
"""Seconds that protocol.md gives for what must be made good with or without the bus."""

PATIENT = 20.0
"""How long a test waits for what should come at once. Only a broken server makes it wait that long."""


async def until(happened: Callable[[], Awaitable[bool]], *, within: float = PATIENT, what: str) -> None:
    """Ask again until the answer is yes: for programs that have no way to call back."""
    deadline = asyncio.get_running_loop().time() + within
    while not await happened():
        assert asyncio.get_running_loop().time() < deadline, f"{what}: not within {within:g} s"
        await asyncio.sleep(0.05)
