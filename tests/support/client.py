import asyncio
import contextlib
import json
import uuid
from collections.abc import Callable
from typing import Any, Self

import websockets
from websockets.asyncio.client import ClientConnection

from tests.support.reader import BrokenPromise, Frame, Reader
from tests.support.waiting import PATIENT

ANSWERS = ("said", "held", "declined", "refused")


def new_ref() -> str:
    return str(uuid.uuid4())


class Live:
    """One socket of one device: it keeps every frame, and reads each against promise 2 as it comes."""

    def __init__(self, socket: ClientConnection, reader: Reader, heard: Callable[[Frame], None] | None) -> None:
        self.socket = socket
        self.reader = reader
        self.frames: list[Frame] = []
        self.failure: Exception | None = None
        self._unclaimed: list[Frame] = []
        self._heard = heard
        self._news = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def connect(
        cls,
        url: str,
        *,
        token: str | None = None,
        cookie: str | None = None,
        origin: str | None = None,
        reader: Reader | None = None,
        heard: Callable[[Frame], None] | None = None,
        **options: Any,
    ) -> Self:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"Cookie": cookie} if cookie else {}
        options = {"proxy": None, "compression": None, "max_size": None, **options}
        socket = await websockets.connect(
            url.replace("http", "ws", 1) + "/api/live", additional_headers=headers, origin=origin, **options
        )
        return cls(socket, reader or Reader(), heard)

    async def send(self, type: str, **fields: Any) -> None:
        await self.send_words(json.dumps({"type": type, **fields}, ensure_ascii=False))

    async def send_words(self, words: str | bytes) -> None:
        await self.socket.send(words)

    async def open(
        self, room: str, *, after: int | None = None, epoch: str | None = None, within: float = PATIENT
    ) -> Frame:
        self.reader.ask(room, after)
        fields = {"after": after, "epoch": epoch}
        await self.send("open", room=room, **{name: value for name, value in fields.items() if value is not None})
        return await self.expect("opened", "refused", room=room, within=within)

    async def leave(self, room: str) -> None:
        self.reader.leave(room)
        await self.send("leave", room=room)

    async def say(self, room: str, text: str, *, ref: str | None = None, **fields: Any) -> Frame:
        """Say it, and give whatever the server answers."""
        ref = ref or new_ref()
        await self.send("say", room=room, ref=ref, text=text, **fields)
        return await self.expect(*ANSWERS, ref=ref)

    async def react(self, room: str, seq: int, reaction: str, *, on: bool = True, ref: str | None = None) -> Frame:
        ref = ref or new_ref()
        await self.send("react", room=room, ref=ref, seq=seq, reaction=reaction, on=on)
        return await self.expect(*ANSWERS, ref=ref)

    async def expect(
        self,
        *types: str,
        within: float = PATIENT,
        where: Callable[[Frame], bool] = lambda frame: True,
        **fields: Any,
    ) -> Frame:
        """The first frame of such a type with such fields that no `expect` has taken yet."""

        def matches(frame: Frame) -> bool:
            return frame["type"] in types and fields.items() <= frame.items() and where(frame)

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                return await self._take(matches)
        raise AssertionError(f"no {types} with {fields} in {within:g} s. {self._situation()}")

    async def pong(self) -> None:
        """Everything that the server had to say before it read this has arrived."""
        at = new_ref()
        await self.send("ping", at=at)
        await self.expect("pong", at=at)

    def heard(self, type: str, **fields: Any) -> list[Frame]:
        return [frame for frame in self.frames if frame["type"] == type and fields.items() <= frame.items()]

    async def closed(self, *, within: float = PATIENT) -> int | None:
        """The close code, once the server has closed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.socket.wait_closed()
                return self.socket.close_code
        raise AssertionError(f"still open after {within:g} s. {self._situation()}")

    async def over(self) -> None:
        """Nothing more will be heard here."""
        await asyncio.wait([self._listening])

    @property
    def is_open(self) -> bool:
        return not self._listening.done()

    async def close(self) -> None:
        await self.socket.close()
        await self._listening
        if isinstance(self.failure, BrokenPromise):
            raise self.failure

    async def _take(self, matches: Callable[[Frame], bool]) -> Frame:
        while True:
            for frame in self._unclaimed:
                if matches(frame):
                    self._unclaimed.remove(frame)
                    return frame
            if self.failure is not None:
                raise self.failure
            assert self.is_open, f"closed with {self.socket.close_code}. {self._situation()}"
            self._news.clear()
            await self._news.wait()

    async def _listen(self) -> None:
        try:
            with contextlib.suppress(websockets.ConnectionClosed):
                async for words in self.socket:
                    self._keep(json.loads(words))
        except Exception as failure:
            self.failure = failure
        finally:
            asyncio.get_running_loop().call_soon(self._news.set)

    def _keep(self, frame: Frame) -> None:
        self.frames.append(frame)
        self._unclaimed.append(frame)
        self.reader.read(frame)
        if self._heard is not None:
            self._heard(frame)
        self._news.set()

    def _situation(self) -> str:
        latest = "\n".join(json.dumps(frame, ensure_ascii=False)[:300] for frame in self.frames[-12:])
        return f"Latest frames:\n{latest or '(none)'}"
