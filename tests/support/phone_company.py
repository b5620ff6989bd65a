"""A provider of texts and calls on this machine: it takes what the house hands over, or does whatever it is told."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Handed:
    """`how` is text or ring."""

    how: str
    to: str
    text: str
    id: str


class PhoneCompany:
    """`says` is the status it answers with; while `hangs` is not set, it takes a request and never answers."""

    def __init__(self) -> None:
        self.says = 200
        self.handed: list[Handed] = []
        self.came = threading.Event()
        self.answers = threading.Event()
        self.answers.set()
        self._server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.answers.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        company = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                words = json.loads(self.rfile.read(int(self.headers["content-length"])))
                company.handed.append(Handed(self.path.rsplit("/", 1)[-1], words["to"], words["text"], words["id"]))
                company.came.set()
                company.answers.wait()
                body = json.dumps({"ref": f"at-{words['id']}"}).encode()
                self.send_response(company.says)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *anything: Any) -> None:
                """Tests read what came, not a log."""

        return Handler
