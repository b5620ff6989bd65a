"""An ntfy server on this machine: it keeps what comes to its topics."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Sign:
    """One thing that came to a topic."""

    topic: str
    headers: dict[str, str]
    text: str


class NtfyServer:
    def __init__(self) -> None:
        self.says = 200
        self.signs: list[Sign] = []
        self._server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
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

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["content-length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.signs.append(Sign(self.path.rpartition("/")[2], headers, text))
                self.send_response(server.says)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *anything: Any) -> None:
                """Tests read what came, not a log."""

        return Handler
