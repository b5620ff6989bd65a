from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx

from tests.support.client import Live
from tests.support.raw import RawSocket
from tests.support.reader import Frame, Reader

if TYPE_CHECKING:
    from tests.support.house import House


class Person:
    """Somebody who is signed in, with a token, at the doors (server processes) of one house."""

    def __init__(self, house: House, name: str, token: str, *, id: str = "", door: int = 0) -> None:
        self.house = house
        self.name = name
        self.token = token
        self.door = door
        self._id = id

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def address(self) -> str:
        """Of the door that this person comes to."""
        return self._address(None)

    async def id(self) -> str:
        if not self._id:
            self._id = (await self.get("/api/me")).json()["id"]
        return self._id

    async def connect(
        self,
        *,
        door: int | None = None,
        url: str | None = None,
        reader: Reader | None = None,
        heard: Callable[[Frame], None] | None = None,
        **options: Any,
    ) -> Live:
        """A socket that has been welcomed. The house hangs it up after the test."""
        address = url or self._address(door)
        live = await Live.connect(address, token=self.token, reader=reader, heard=heard, **options)
        self.house.lives.append(live)
        return live

    async def connect_by_hand(self, *, door: int = 0, receive_buffer: int | None = None) -> RawSocket:
        """For what no decent client does. The house hangs this up too."""
        port = self.house.door(door).port
        raw = await RawSocket.connect(port, self.token, receive_buffer=receive_buffer)
        self.house.raws.append(raw)
        return raw

    async def enter(self, room: str, *, door: int | None = None) -> Live:
        live = await self.connect(door=door)
        opened = await live.open(room)
        assert opened["type"] == "opened", opened
        return live

    async def get(self, path: str, *, door: int | None = None, **options: Any) -> httpx.Response:
        return await self.ask("GET", path, door=door, **options)

    async def post(self, path: str, json: Any = None, *, door: int | None = None, **options: Any) -> httpx.Response:
        return await self.ask("POST", path, json=json, door=door, **options)

    async def ask(self, method: str, path: str, *, door: int | None = None, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return await self.house.web.request(method, self._address(door) + path, headers=headers, **options)

    async def history(self, room: str, *, door: int | None = None) -> list[Frame]:
        """The whole book of a room, page by page."""
        entries: list[Frame] = []
        more = True
        while more:
            before = {"before": entries[0]["seq"]} if entries else {}
            answer = await self.get(f"/api/rooms/{room}/entries", params={"limit": 200, **before}, door=door)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            entries, more = page["entries"] + entries, page["more"]
        return entries

    def _address(self, door: int | None) -> str:
        return self.house.door(self.door if door is None else door).url
