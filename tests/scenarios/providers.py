"""Every provider that the house may speak to, on this machine: keeps each call, and does what it is told."""

import json
import re
import threading
from collections import Counter
from dataclasses import dataclass

from tests.support.outside import Asked, Outside
from tests.support.phone_company import PhoneCompany
from tests.support.push_service import PushService

TOKEN = "a token of the first", "a token of the second"
LINK = r"http://127\.0\.0\.1:\d+(/staff/(?:calls/\w+|tasks|on-call))"
AT = r"Elm House: (?:{}), \d\d:\d\d\. "
GOLDEN = {
    "": re.compile(AT.format(r"EMERGENCY \d{4}") + f"Open {LINK}"),
    " concern": re.compile(AT.format(r"concern \d{4}") + f"Open {LINK}"),
    " worry": re.compile(AT.format(r"concern \d{4}") + rf"Nobody has picked it up yet\. Open {LINK}"),
    " taken": re.compile(AT.format(r"\d{4} is taken care of") + LINK),
    " still_with": re.compile(rf"Elm House: still with \d{{4}}\? .*{LINK}"),
    " lowered": re.compile(AT.format(r"\d{4} need not be hurried any more") + LINK),
    " hand_over": re.compile(rf"Elm House: your turn ends soon, and \d{{4}} is still yours\. Hand it over: {LINK}"),
    " follow_up": re.compile(rf"Elm House: it is time to look in again after \d{{4}}\. {LINK}"),
    " test": re.compile(rf"Elm House: TEST \d{{4}}, \d\d:\d\d\. Nobody needs help\. Send \d{{4}} back, or open {LINK}"),
    " next": re.compile(
        r"Elm House: nobody has answered for the turn of \d\d:\d\d\. You are called next\. Nobody needs help now\. "
        rf"Send \d{{4}} back, or open {LINK}"
    ),
    " turn": re.compile(
        rf"Elm House: your turn on call is from \d\d:\d\d\. Nobody needs help now\. Send \d{{4}} back, or open {LINK}"
    ),
    " new_words": re.compile(AT.format(r"something new about \d{4}") + LINK),
}
"""All that ever leaves: the house, the tier, a code, the time and a link. What fits none of it fails the test."""


@dataclass(frozen=True)
class Sent:
    """`via` is the provider (1 or 2) of a text or a call, and 0 for a push."""

    who: str
    way: str
    text: str
    page: str
    via: int

    def __str__(self) -> str:
        text = self.text.removeprefix("REPEAT. ")
        says = next((says for says, golden in GOLDEN.items() if golden.fullmatch(text)), f" ?? {self.text}")
        return f"{self.who} {self.way}{says}{' REPEAT' * (text != self.text)}{' by the second' * (self.via == 2)}"


class Providers(Outside):
    """`refuses`: the status for a way ("push", "text", "ring", or "1/text" of one provider). Ways in `hangs` are taken
    and not answered until `let_go`."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses: dict[str, int] = {}
        self.hangs: set[str] = set()
        self.sent: list[Sent] = []
        self.names: dict[str, str] = {}
        self._looked = 0
        self._goes_on = threading.Event()
        self._browser = PushService()

    @property
    def keys(self) -> dict[str, str]:
        return self._browser.keys

    def behave(self) -> None:
        """Everything is taken again, and what came so far belongs to another story."""
        self.let_go()
        self.refuses.clear()
        self._looked = len(self.sent)

    def let_go(self) -> None:
        self.hangs.clear()
        self._goes_on.set()
        self._goes_on = threading.Event()

    def new(self) -> list[str]:
        """What came since the last look, in the order of the alphabet."""
        came, self._looked = self.sent[self._looked :], len(self.sent)
        return sorted(map(str, came))

    def times_sent(self) -> Counter[str]:
        """Page → so often, of texts and calls."""
        return Counter(one.page for one in self.sent if one.page)

    def close(self) -> None:
        self.let_go()
        super().close()

    def take(self, asked: Asked) -> tuple[int, bytes]:
        """Taken under a reference by which it is known from now on."""
        one = self._what_came(asked)
        goes_on = self._goes_on
        self.sent.append(one)
        if one.way in self.hangs:
            goes_on.wait()
        status = self.refuses.get(f"{one.via}/{one.way}", self.refuses.get(one.way, 201))
        return status, json.dumps({"ref": PhoneCompany.ref_of(one.page)}).encode()

    def _what_came(self, asked: Asked) -> Sent:
        where, what = asked.path.strip("/").rsplit("/", 1)
        if where == "push":
            words = self._browser.opened(asked.body)
            assert words["url"].startswith("/"), words
            return Sent(what, "push", words["body"], "", 0)
        words = json.loads(asked.body)
        return Sent(self.names.get(words["to"], words["to"]), what, words["text"], words["id"], int(where))
