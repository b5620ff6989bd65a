"""What was announced goes out: first to this process's connections, then over the bus to the others'.

A bus message is a header line (JSON: who sent it, what it says) and one line for each frame, as plain JSON text.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from app.foundation.announcements import AccessChanged, AlertsChanged, Change, Moment, StateChanged, Whisper
from app.foundation.realtime.bus import Bus
from app.foundation.realtime.channel import Told
from app.foundation.realtime.hub import Hub
from app.problems import TryAgain
from app.web.frames import framed, written
from app.web.live.connection import Connection
from app.web.live.loops import once

Handler = Callable[[], Awaitable[None]]


class Telling:
    """`on_access`, `on_alerts` and `on_states` are awaited when others must look at the database again."""

    def __init__(self, hub: Hub, bus: Bus, process_id: str, connections: set[Connection]) -> None:
        self.hub, self.bus, self.process_id, self.connections = hub, bus, process_id, connections
        self.tasks: set[asyncio.Task[bool]] = set()
        self.on_access: Handler
        self.on_alerts: Handler
        self.on_states: Callable[[set[str]], Awaitable[None]]

    async def publish(self, announcements: list[Any]) -> None:
        """Called after every commit with what it announced."""
        news = News(self.process_id)
        for announcement in announcements:
            news.add(announcement)
        self.bus.publish(news.message)
        await self.give(news)

    async def give(self, news: "News") -> None:
        """Hand news to this process's own connections; access first, so that nobody hears too much.

        What is told here is committed already: a look at the database that fails is left to the sweep. Only that
        somebody may no longer be here is not answered before they are not: TryAgain.
        """
        looked = not news.access or await once(self.on_access)
        for channel, changes in news.changes.items():
            self.hub.take(channel, [Told(version, framed(line), hides) for version, line, hides in changes])
        for channel, line in news.moments:
            self.hub.say(channel, framed(line))
        for person, line in news.whispers:
            for connection in [one for one in self.connections if one.actor.id == person]:
                connection.send(framed(line))
        if news.states:
            self._later(lambda: self.on_states(set(news.states)))
        if news.alerts:
            self._later(self.on_alerts)
        if not looked:
            raise TryAgain()

    def _later(self, work: Handler) -> None:
        """Nobody's answer waits for who is told that somebody came, or for an alert."""
        task = asyncio.create_task(once(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


class News:
    """One commit's announcements, ready for the hub and for the bus."""

    def __init__(self, process_id: str) -> None:
        self.process_id = process_id
        self.changes: dict[str, list[tuple[int, bytes, bool]]] = defaultdict(list)
        self.moments: list[tuple[str, bytes]] = []
        self.whispers: list[tuple[str, bytes]] = []
        self.states: list[str] = []
        self.access = self.alerts = False

    def add(self, announcement: Any) -> None:
        match announcement:
            case Change(channel, version, body, hides):
                self.changes[channel].append((version, written(body), hides))
            case Moment(channel, body):
                self.moments.append((channel, written(body)))
            case Whisper(person, body):
                self.whispers.append((person, written(body)))
            case StateChanged(channel, _):
                self.states.append(channel)
            case AccessChanged():
                self.access = True
            case AlertsChanged():
                self.alerts = True

    def message(self) -> bytes:
        lines: list[bytes] = []
        header: dict[str, Any] = {"from": self.process_id, "changes": [], "moments": [], "whispers": []}
        for channel, changes in self.changes.items():
            for version, line, hides in changes:
                header["changes"].append([channel, version, hides])
                lines.append(line)
        for kind in ("moments", "whispers"):
            for whom, line in getattr(self, kind):
                header[kind].append(whom)
                lines.append(line)
        header |= {"states": self.states, "access": self.access, "alerts": self.alerts}
        return b"\n".join([json.dumps(header).encode(), *lines])


def read_news(message: bytes) -> News:
    """The News that another process put on the bus."""
    first, *lines = message.split(b"\n")
    header = json.loads(first)
    news = News(header["from"])
    rest = iter(lines)
    for channel, version, hides in header["changes"]:
        news.changes[channel].append((version, next(rest), hides))
    news.moments = [(channel, next(rest)) for channel in header["moments"]]
    news.whispers = [(person, next(rest)) for person in header["whispers"]]
    news.states, news.access, news.alerts = header["states"], header["access"], header["alerts"]
    return news
