"""An ntfy server on this machine: it keeps what comes to its topics."""

from dataclasses import dataclass

from tests.support.outside import Asked, Outside


@dataclass(frozen=True)
class Sign:
    """One thing that came to a topic."""

    topic: str
    headers: dict[str, str]
    text: str


class NtfyServer(Outside):
    def __init__(self) -> None:
        super().__init__()
        self.signs: list[Sign] = []

    def take(self, asked: Asked) -> tuple[int, bytes]:
        self.signs.append(Sign(asked.last, asked.headers, asked.body.decode()))
        return self.says, b""
