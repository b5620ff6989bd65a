"""A channel of the whole team on this machine: it keeps what Apprise hands it as JSON."""

import json
from typing import Any

from tests.support.outside import Asked, Outside

KEY = "a-key-of-the-channel"


class TeamChannel(Outside):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"{self.url.replace('http://', 'json://')}/{KEY}"

    def take(self, asked: Asked) -> tuple[int, bytes]:
        self.told.append({"path": asked.path, **json.loads(asked.body)})
        return self.says, b""
