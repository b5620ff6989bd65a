"""What a hub keeps: channels, who is subscribed to them, and the changes it is told."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Told:
    """One change, framed once for everybody. `hides` takes something out of sight."""

    version: int
    frame: bytes
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What changed in a channel up to `version`: present states, by version."""

    version: int
    changes: list[Told]


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """A frame that brings one subscriber to `version`."""

    version: int
    frame: bytes


class Connection(Protocol):
    """`recall`: what was sent and not taken yet must not be seen any more."""

    def send(self, data: bytes, frames: int = 1) -> None: ...
    def recall(self) -> None: ...
    def cut(self) -> None: ...


@dataclass(eq=False, slots=True)
class Subscription:
    """One connection in one channel. Until it is `ready`, what comes is held."""

    channel: "Channel"
    connection: Connection
    person: str
    version: int = 0
    ready: bool = False
    held: list[Told] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Channel:
    """`version` is the newest that was delivered here; None until the first subscriber has begun.

    Nothing may be shown as it was before `hidden_at`. `due` is the newest version that the database is known to have.
    """

    name: str
    version: int | None = None
    hidden_at: int = 0
    due: int = 0
    blocked: bool = False
    resting: bool = False
    early: dict[int, Told] = field(default_factory=dict)
    subscriptions: dict[Connection, Subscription] = field(default_factory=dict)
    mender: "asyncio.Task[None] | None" = None

    def next_in_order(self) -> list[Told]:
        """Take from what came early all that follows the version without a gap; forget what is known."""
        run: list[Told] = []
        version = self.version or 0
        while told := self.early.pop(version + 1, None):
            run.append(told)
            version += 1
        if self.early:
            self.early = {number: told for number, told in self.early.items() if number > version}
        return run
