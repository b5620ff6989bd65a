"""The live side of one process, put together; its loops are started and stopped with it."""

import asyncio
from typing import Any

from app.foundation.announcements import Moment
from app.foundation.database import Database
from app.foundation.realtime.bus import Bus
from app.foundation.tokens import new_id
from app.web.frames import frame
from app.web.live.access import Access
from app.web.live.alerts import Alerts
from app.web.live.connection import Connection
from app.web.live.here import HOUSE, Here
from app.web.live.looking import Looking
from app.web.live.loops import again_and_again, once
from app.web.live.marks import Marks
from app.web.live.opening import Opening
from app.web.live.sweeping import SWEEP_SECONDS, Sweeping
from app.web.live.telling import News, Telling, read_news

MOST_SOCKETS = 8
SWEEP_PATIENCE = 4.0


class Live:
    def __init__(self, database: Database, bus: Bus, epoch: str) -> None:
        self.database, self.bus = database, bus
        self.process_id = new_id()
        self.connections: set[Connection] = set()
        self.opening = Opening(database, epoch)
        self.hub = self.opening.hub
        self.here = Here(database, self.hub, self.process_id)
        self.opening.came, self.opening.went = self.here.came, self.here.went
        self.opening.told_who_is_here = self.here.told
        self.marks = Marks(database)
        self.looking = Looking(database)
        self.access = Access(database, self.opening, self.connections)
        self.alerts = Alerts(database, self.connections)
        self.telling = Telling(self.hub, bus, self.process_id, self.connections)
        self.telling.on_access, self.telling.on_alerts = self.access.check, self.alerts.tell
        self.telling.on_states = self.here.tell
        self.sweeping = Sweeping(database, self.opening, self.here, self.access, self.alerts, self.connections)
        self.tasks: set[asyncio.Task[Any]] = set()
        self.draining = False
        database.publish = self.telling.publish

    def start(self) -> None:
        loops = (
            self._sweep, self.here.note_changes, self.here.refresh, self.marks.store_gathered,
            self.looking.store_gathered,
            lambda: self.bus.run(self.heard, lambda: once(self.sweeping.sweep)),
        )  # fmt: skip
        for loop in loops:
            self._keep(asyncio.create_task(again_and_again(loop)))

    async def join(self, connection: Connection, looks: int) -> None:
        """A new socket, whose actor was read after so many looks at everybody's access; one that came since is made up.

        A ninth of one person ends their oldest: a forgotten tablet, most likely.
        """
        while looks != self.access.looks:
            looks = self.access.looks
            await self.access.look([connection])
        theirs = [one for one in self.connections if one.actor.id == connection.actor.id]
        too_many = max(0, len(theirs) + 1 - MOST_SOCKETS)
        for oldest in sorted(theirs, key=lambda one: one.since)[:too_many]:
            oldest.close(1008, "too many open at once")
        self.connections.add(connection)
        if connection.actor.roles.staff:
            self.opening.count(connection, HOUSE)

    def part(self, connection: Connection) -> None:
        self.connections.discard(connection)
        for room_id in {*connection.rooms, *connection.counted}:
            self.opening.leave(connection, room_id)

    def tell_typing(self, connection: Connection, room_id: str) -> None:
        """To everybody else who has the room open, here and at the other processes."""
        body = {"type": "typing", "room": room_id, "person": connection.actor.id}
        self.hub.say(room_id, frame(body), but=connection)
        news = News(self.process_id)
        news.add(Moment(room_id, body))
        self.bus.publish(news.message)

    def heard(self, message: bytes) -> None:
        """News from the bus."""
        news = read_news(message)
        if news.process_id != self.process_id:
            self._keep(asyncio.create_task(once(lambda: self.telling.give(news))))

    async def say_bye(self, reason: str, reconnect_after_ms: int) -> None:
        self.draining = True
        for connection in list(self.connections):
            connection.tell({"type": "bye", "reason": reason, "reconnect_after_ms": reconnect_after_ms})

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.hub.stop()
        await once(self.marks.store_now)
        await once(self.here.forget)
        await self.bus.close()

    async def _sweep(self) -> None:
        await asyncio.sleep(SWEEP_SECONDS)
        self.sweeping.close_if_blind()
        async with asyncio.timeout(SWEEP_PATIENCE):
            await self.sweeping.sweep()

    def _keep(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
