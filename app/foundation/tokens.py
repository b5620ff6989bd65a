"""Names nobody can guess, and the keyed hash under which secrets are stored."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

SHORTEST_KEY = 32
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class BrokenKey(Exception):
    """A sentence for the operator: the house's key cannot be used."""


def new_id() -> str:
    """An opaque id: 16 characters, 79 bits, fit for URLs and command lines."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def new_secret() -> str:
    """A bearer secret of 192 bits in 32 characters of [A-Za-z0-9_-]."""
    return secrets.token_urlsafe(24)


def sealed(key: bytes, secret: str) -> str:
    """The form in which a secret is stored: useless without the house's key."""
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def house_key(path: Path) -> bytes:
    """The house's key, made at the first start."""
    key = private_file(path, lambda: secrets.token_hex(32).encode())
    if len(key) < SHORTEST_KEY:
        raise BrokenKey(f"The secret in {path} is damaged. Put it back from a backup: every card depends on it.")
    return key


def private_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds, made where it is missing (0600). Two processes that start at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{new_id()}")
    if not path.exists():
        write_down(draft, make())
        try:
            os.link(draft, path)
        except FileExistsError:
            return path.read_bytes()
        finally:
            draft.unlink()
    return path.read_bytes()


def write_down(file: Path, content: bytes) -> None:
    """A new file, private, and on the disk before anybody relies on it."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
