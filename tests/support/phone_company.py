"""A provider of texts and calls on this machine: it takes what the house hands over, or does whatever it is told.

It tells the house what came back, too: texts that people send, and what became of what it took.
"""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx


@dataclass(frozen=True)
class Handed:
    """`how` is text or ring."""

    how: str
    to: str
    text: str
    id: str


def sealed(token: str, body: bytes, ahead: float = 0.0) -> dict[str, str]:
    """What goes with a body that a provider with this token sends."""
    at = str(int(time.time() + ahead))
    seal = hmac.new(token.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"x-hearthside-time": at, "x-hearthside-signature": seal, "content-type": "application/json"}


class PhoneCompany:
    """`says` is the status it answers with; while `answers` is not set, it takes a request and never answers.

    `ahead`: how many seconds the house's clock was moved on, since what it says is sealed with the time.
    """

    def __init__(self, token: str = "a token") -> None:
        self.says = 200
        self.token = token
        self.ahead = 0.0
        self.orders = 0
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

    async def text_in(self, house: str, number: str, text: str) -> str:
        """Somebody sends a text to the house at this address; what the house has sent back to them."""
        answer = await self.tell(house, "reply", {"from": number, "text": text})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["text"])

    async def reports(self, house: str, page_id: str, status: str, order: int = 0) -> int:
        """What became of a page that it took; each report is newer than the one before, unless it is told."""
        self.orders += 1
        report = {"ref": self.ref_of(page_id), "status": status, "order": order or self.orders}
        return (await self.tell(house, "report", report)).status_code

    async def tell(self, house: str, what: str, words: Any, **wrong: str) -> httpx.Response:
        """Sealed as it should be, but for the headers that are `wrong`."""
        body = json.dumps(words).encode()
        headers = sealed(self.token, body, self.ahead) | wrong
        async with httpx.AsyncClient(trust_env=False) as web:
            return await web.post(f"{house}/api/phone/{what}", content=body, headers=headers)

    @staticmethod
    def ref_of(page_id: str) -> str:
        return f"at-{page_id}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        company = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                words = json.loads(self.rfile.read(int(self.headers["content-length"])))
                company.handed.append(Handed(self.path.rsplit("/", 1)[-1], words["to"], words["text"], words["id"]))
                company.came.set()
                company.answers.wait()
                body = json.dumps({"ref": company.ref_of(words["id"])}).encode()
                self.send_response(company.says)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *anything: Any) -> None:
                """Tests read what came, not a log."""

        return Handler
