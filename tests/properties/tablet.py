"""One device: it keeps what it read through as many sockets as it takes, and checks promise 2 on each."""

import asyncio
import copy
from typing import Any

from app.rooms import entries
from app.web.socket import live
from tests.properties.judge import Judge
from tests.properties.model.lines import Room, heard
from tests.properties.process import Process, is_harmless
from tests.properties.wire import Socket
from tests.support.reader import Book, Reader

Frame = dict[str, Any]
ANSWERS = ("said", "held", "declined", "refused")
OLD_EPOCH = "before the restore"


class Tablet:
    def __init__(self, name: str, person: str, token: str, sign_in: str, judge: Judge) -> None:
        self.name, self.person, self.judge = name, person, judge
        self.token, self.sign_in = token, sign_in
        self.reader = Reader()
        self.memory: dict[str, list[Book]] = {}
        """For each room what it once knew, and may come back with."""
        self.socket: Socket | None = None
        self.process: Process | None = None
        self.task: asyncio.Task[None] | None = None

    def connect(self, process: Process) -> None:
        self.hang_up()
        self.process = process
        self.asking: dict[str, tuple[int | None, bool]] = {}
        self.open: set[str] = set()
        self.leaving: set[str] = set()
        self.unanswered: set[str] = set()
        self.here: dict[str, list[str]] = {}
        sign_in = self.came_with = self.sign_in
        socket = self.socket = Socket(
            process.house, self.token, lambda frame: self._hear(socket, process, sign_in, frame)
        )
        self.task = asyncio.create_task(live(socket))  # type: ignore[arg-type]
        self.task.add_done_callback(lambda task: self._gone(socket, task))

    def hang_up(self) -> None:
        if self.socket:
            self.socket.hang_up()
            self.socket = None

    def open_room(self, room: str, memory: int | None, epoch: str | None) -> None:
        """Come with what it knew at some time, or with nothing; only when nothing else is being asked."""
        if not self.is_idle or room in self.asking:
            return
        book = self._book(room, memory)
        self.reader.ask(room, book.version if book else None)
        if book:
            self.reader.books[room] = book
        elif room not in self.open:
            self.reader.leave(room)
        self.asking[room] = book.version if book else None, epoch == OLD_EPOCH
        self._give(type="open", room=room, after=book.version if book else None, epoch=epoch)

    def leave(self, room: str) -> None:
        if self.is_idle and room in self.open:
            self.open.discard(room)
            self.leaving.add(room)
            self._give(type="leave", room=room)

    def say(self, room: str, ref: str, text: str, reply_to: int | None) -> None:
        self._ask(ref, type="say", room=room, text=text, reply_to=reply_to)

    def react(self, room: str, ref: str, seq: int, reaction: str, on: bool) -> None:
        self._ask(ref, type="react", room=room, seq=seq, reaction=reaction, on=on)

    @property
    def is_on(self) -> bool:
        return self.socket is not None and self.socket.wire.code is None

    @property
    def is_idle(self) -> bool:
        return self.is_on and self.socket is not None and self.socket.idle

    def remember(self) -> None:
        """What it knows now it may come back with later."""
        if self.is_idle:
            self.leaving.clear()
        for room in self.open if self.is_on else ():
            kept, book = self.memory.setdefault(room, []), self.reader.books[room]
            if not kept or kept[-1].version != book.version:
                kept.append(_copied(book))

    def _book(self, room: str, memory: int | None) -> Book | None:
        if memory is None or not self.memory.get(room):
            return None
        if room in self.open:
            return self.reader.books[room]
        return _copied(self.memory[room][memory % len(self.memory[room])])

    def _ask(self, ref: str, **frame: Any) -> None:
        self.unanswered.add(ref)
        self._give(ref=ref, **frame)

    def _give(self, **frame: Any) -> None:
        assert self.socket is not None
        self.socket.give({name: value for name, value in frame.items() if value is not None})

    def _hear(self, socket: Socket, process: Process, sign_in: str, frame: Frame) -> None:
        self.judge.look(process, self.person, sign_in, frame)
        if socket.heard == 0 and frame["type"] != "welcome":
            self.judge.troubles.append(f"{self.name} hears {frame} before any welcome")
        socket.heard += 1
        if socket is not self.socket:
            self.judge.troubles.append(f"{self.name} hears {frame} through a socket that is gone")
        try:
            self._read(frame)
        except AssertionError as trouble:
            self.judge.troubles.append(f"{self.name} hears {frame}: {trouble}")

    def _read(self, frame: Frame) -> None:
        match frame:
            case {"type": "opened", "room": room}:
                self._opened(room, frame)
            case {"type": "entry", "room": room}:
                assert room in self.open | self.leaving, "this room is not open here"
            case {"type": "presence", "room": room}:
                self.here[room] = frame["here"]
            case {"type": "closed", "room": room} | {"type": "refused", "room": room} if "ref" not in frame:
                self.open.discard(room)
                self.asking.pop(room, None)
            case {"type": answer, "ref": ref} if answer in ANSWERS:
                self.unanswered.discard(ref)
        self.reader.read(frame)

    def _opened(self, room: str, frame: Frame) -> None:
        if frame.get("repair"):
            assert room in self.open, "nobody opened this room"
            return
        after, of_old = self.asking.pop(room)
        self.open.add(room)
        if after is not None:
            changed = self.judge.truth.rooms[room].changed_since(after, frame["version"])
            far = len(changed) > entries.MOST_CHANGES
            assert bool(frame.get("reset")) is (of_old or far), f"after {after}, {len(changed)} changed"

    def _gone(self, socket: Socket, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and not is_harmless(task.exception()):
            self.judge.troubles.append(f"the socket of {self.name}: {task.exception()!r}")
        socket.wire.code = socket.wire.code or 1006
        if socket is self.socket:
            self.socket = None

    def require_truth(self, room: Room, here: list[str]) -> None:
        """What it shows is what the house knows."""
        book = self.reader.books[room.id]
        assert book.version == len(room.states), f"{self.name} is at {book.version} of {len(room.states)}"
        shown = {seq: heard(entry) for seq, entry in book.entries.items()}
        first = min(shown, default=1)
        assert shown == {entry.seq: entry.told() for entry in room.entries if entry.seq in shown}
        assert set(shown) >= {entry.seq for entry in room.entries if entry.seq >= first}
        assert self.here[room.id] == here, f"{self.name} sees {self.here[room.id]} here, not {here}"


def _copied(book: Book) -> Book:
    copied = copy.copy(book)
    copied.entries, copied.arrivals = dict(book.entries), list(book.arrivals)
    return copied
