"""A real mail server that keeps what it is given."""

from email import message_from_bytes
from email.message import Message
from typing import Any, Self

from aiosmtpd.controller import Controller

from tests.support.ports import free_port


class Letterbox:
    def __init__(self, **options: Any) -> None:
        self.letters: list[tuple[list[str], Message]] = []
        self.says = "250 OK"
        self.port = free_port()
        self._options = options
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.says.startswith("250"):
            self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return self.says

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *how: object) -> None:
        self.close()
