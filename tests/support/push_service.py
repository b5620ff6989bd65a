"""A push service on this machine, and a browser that subscribed to it: it opens what the house sealed."""

import base64
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService:
    def __init__(self) -> None:
        self.says = 201
        self.pushes: list[tuple[dict[str, str], bytes]] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        self._server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def origin(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def keys(self) -> dict[str, str]:
        public = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"p256dh": text(public), "auth": text(self._secret)}

    @property
    def subscription(self) -> dict[str, str]:
        """What the browser tells the house."""
        return {"endpoint": f"{self.origin}/push/rose", **self.keys}

    @property
    def heard(self) -> list[dict[str, str]]:
        """What the browser reads in what it was pushed."""
        return [self.opened(body) for _, body in self.pushes]

    def opened(self, body: bytes) -> dict[str, str]:
        words: dict[str, str] = json.loads(http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret))
        return words

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if service.says < 300:
                    service.pushes.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(service.says)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *anything: Any) -> None:
                """Tests read what came, not a log."""

        return Handler
