"""A push service on this machine, and a browser that subscribed to it: it opens what the house sealed."""

import base64
import json
import os

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.outside import Asked, Outside


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService(Outside):
    says = 201

    def __init__(self) -> None:
        super().__init__()
        self.pushes: list[tuple[dict[str, str], bytes]] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)

    @property
    def keys(self) -> dict[str, str]:
        public = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"p256dh": text(public), "auth": text(self._secret)}

    @property
    def subscription(self) -> dict[str, str]:
        """What the browser tells the house."""
        return {"endpoint": f"{self.url}/push/rose", **self.keys}

    @property
    def heard(self) -> list[dict[str, str]]:
        """What the browser reads in what it was pushed."""
        return [self.opened(body) for _, body in self.pushes]

    def opened(self, body: bytes) -> dict[str, str]:
        words: dict[str, str] = json.loads(http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret))
        return words

    def take(self, asked: Asked) -> tuple[int, bytes]:
        if self.says < 300:
            self.pushes.append((asked.headers, asked.body))
        return self.says, b""
