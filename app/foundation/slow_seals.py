"""Sealing what is short enough to be guessed: keyed with the house's key, then argon2id. It takes a tenth of a second
and much memory on purpose, so it runs in a thread, two at once at the most, and never inside a transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.foundation.tokens import sealed

P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = 2

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(AT_ONCE, "slow-seals")


def seal_slowly(key: bytes, secret: str) -> str:
    return _hasher.hash(sealed(key, secret))


def fits(key: bytes, seal: str, secret: str) -> bool:
    """Whether this is the secret that was sealed."""
    try:
        return _hasher.verify(seal, sealed(key, secret))
    except (VerificationError, InvalidHashError):
        return False


async def beside(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Run slow work in one of the two threads kept for it."""
    return await asyncio.get_running_loop().run_in_executor(_threads, partial(work, *args, **options))
