"""Somebody outside the house, on this machine: takes what it is sent, and answers as it is told."""

import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SOON = 0.05
"""Seconds between two looks of a server whether it should close."""


@dataclass(frozen=True)
class Asked:
    """One request; names of headers are in small letters."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def last(self) -> str:
        """Of the path."""
        return self.path.rpartition("/")[2]


class Outside(ABC):
    """`says` is the status with which it answers, unless `take` says another."""

    says = 200

    def __init__(self) -> None:
        self._server: ThreadingHTTPServer | None = None

    @abstractmethod
    def take(self, asked: Asked) -> tuple[int, bytes]:
        """The status and the body of the answer."""

    def open(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(SOON,), daemon=True).start()

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *how: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        assert self._server is not None, "open it first"
        return f"http://127.0.0.1:{self._server.server_port}"


def _handler(outside: Outside) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = outside.take(Asked(self.path, headers, body))
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def handle(self) -> None:
            """Whoever asked may have hung up meanwhile."""
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *anything: Any) -> None:
            """Tests read what came, not a log."""

    return Handler
