"""Web push: a few neutral words, sealed for one browser, handed to the push service that the browser chose.

The house signs with a key of its own (VAPID), made at the first start. Only services that the settings name are
spoken to: the address comes from a browser, and a house must not be made to knock at doors inside its own network.
"""

import asyncio
import base64
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import http_ece
import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from app.foundation.delivery.mail import CouldNotSend
from app.foundation.tokens import private_file

SECONDS = 10
KEPT_SECONDS = 12 * 3600
"""How long the push service keeps it for a tablet that is off."""


class Gone(CouldNotSend):
    """That browser takes no more: this way is over."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where one browser takes pushes, and what they are sealed with."""

    endpoint: str
    p256dh: str
    auth: str


def allowed(endpoint: str, services: str) -> bool:
    """Whether an address is one of the services: names of hosts (https), or whole origins."""
    if not endpoint.isascii() or not endpoint.isprintable() or len(endpoint) > 1000:
        return False
    try:
        url = urlsplit(endpoint)
        host, port = url.hostname or "", url.port
    except ValueError:
        return False
    named = services.split()
    plain = url.scheme == "https" and port in (None, 443) and not url.username
    over = any(host == name or name.startswith("*.") and host.endswith(name[1:]) for name in named)
    return plain and over or f"{url.scheme}://{url.netloc}" in named


def push_key(path: Path) -> Vapid02:
    """The house's signing key, made at the first start (0600)."""
    return Vapid02.from_pem(private_file(path, _new_key))


@cache
def public_key(path: Path) -> str:
    """What a browser needs to know of it."""
    public = push_key(path).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return str(b64urlencode(public))


async def send(key: Vapid02, contact: str, to: Subscription, payload: dict[str, str], *, urgent: bool = False) -> None:
    """Hand one push to its service; an urgent one wakes a device that sleeps. Raises Gone, CouldNotSend."""
    body, headers = await asyncio.to_thread(_seal, key, contact, to, payload)
    headers["urgency"] = "high" if urgent else "normal"
    try:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=SECONDS) as web:
            answer = await web.post(to.endpoint, content=body, headers=headers)
    except httpx.HTTPError as trouble:
        raise CouldNotSend(type(trouble).__name__) from trouble
    if answer.status_code in (404, 410):
        raise Gone(str(answer.status_code))
    if not answer.is_success:
        raise CouldNotSend(str(answer.status_code))


def _seal(key: Vapid02, contact: str, to: Subscription, payload: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    url = urlsplit(to.endpoint)
    once = ec.generate_private_key(ec.SECP256R1())
    words = json.dumps(payload).encode()
    try:
        dh, secret = _bytes(to.p256dh, 65), _bytes(to.auth, 16)
        body = http_ece.encrypt(words, private_key=once, dh=dh, auth_secret=secret, version="aes128gcm")
    except (ValueError, http_ece.ECEException) as trouble:
        raise Gone("keys") from trouble
    signed = key.sign({"sub": contact, "aud": f"{url.scheme}://{url.netloc}"})
    headers = {"content-encoding": "aes128gcm", "ttl": str(KEPT_SECONDS)}
    return body, headers | signed


def _bytes(text: str, length: int) -> bytes:
    found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(found) != length:
        raise ValueError("not a key of this kind")
    return found


def _new_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
