"""A provider of texts and calls on this machine: it takes what the house hands over, or does whatever it is told.

It tells the house what came back, too: texts that people send, and what became of what it took.
"""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.outside import Asked, Outside


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


class PhoneCompany(Outside):
    """`says` is the status it answers with; while `answers` is not set, it takes a request and never answers.

    `ahead`: how many seconds the house's clock was moved on, since what it says is sealed with the time.
    """

    def __init__(self, token: str = "a token") -> None:
        super().__init__()
        self.token = token
        self.ahead = 0.0
        self.orders = 0
        self.handed: list[Handed] = []
        self.came = threading.Event()
        self.answers = threading.Event()
        self.answers.set()

    def close(self) -> None:
        self.answers.set()
        super().close()

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

    def take(self, asked: Asked) -> tuple[int, bytes]:
        words = json.loads(asked.body)
        self.handed.append(Handed(asked.last, words["to"], words["text"], words["id"]))
        self.came.set()
        self.answers.wait()
        return self.says, json.dumps({"ref": self.ref_of(words["id"])}).encode()
