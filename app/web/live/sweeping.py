"""Every two seconds, one look at the database: what did this process not hear? However well the bus seems."""

import time
from datetime import datetime

import structlog
from sqlalchemy import select

from app.foundation.beat import Beat
from app.foundation.database import Database, Session
from app.people.roles import newest_end
from app.rooms.models import Room
from app.web.live.access import Access
from app.web.live.alerts import Alerts
from app.web.live.connection import Connection
from app.web.live.here import Here
from app.web.live.opening import Opening

log = structlog.get_logger()
SWEEP_SECONDS = 2.0
BLIND_SECONDS = 15.0
ACCESS_ANYWAY_SECONDS = 60.0


class Sweeping:
    def __init__(
        self,
        database: Database,
        opening: Opening,
        here: Here,
        access: Access,
        alerts: Alerts,
        everyone: set[Connection],
    ) -> None:
        self.database, self.opening, self.hub, self.here = database, opening, opening.hub, here
        self.access, self.alerts, self.connections = access, alerts, everyone
        self.access_version: tuple[int, datetime | None] = -1, None
        self.alert_version = -1
        self.swept_at = self.access_at = time.monotonic()

    async def sweep(self) -> None:
        """Mend what is behind; look again at who may be here if that changed."""
        beat, role_ended, rooms = await self.database.read(look, list(self.hub.channels))
        self.swept_at = time.monotonic()
        if beat.epoch != self.opening.epoch:
            self._begin_afresh(beat.epoch)
        self.hub.behind({room_id: version for room_id, version, _ in rooms})
        stale = {room for room, _, state in rooms if state > self.here.states.get(room, 0)}
        access = beat.access_version, role_ended
        if access != self.access_version or self.swept_at - self.access_at > ACCESS_ANYWAY_SECONDS:
            await self.access.check()
            self.access_version, self.access_at = access, self.swept_at
        elif short := [one for one in self.connections if one.actor.shared]:
            await self.access.look(short)
        if beat.alert_version != self.alert_version:
            await self.alerts.tell()
            self.alert_version = beat.alert_version
        await self.here.tell(stale)

    def _begin_afresh(self, epoch: str) -> None:
        """A backup was put back under us: nothing anybody knows of a room holds any more."""
        log.warning("new_epoch", connections=len(self.connections))
        self.opening.epoch = epoch
        for connection in list(self.connections):
            connection.close(1012, "come back")
            for room_id in list(connection.rooms):
                self.opening.leave(connection, room_id)

    def close_if_blind(self) -> None:
        """A process that has not seen the database for 15 s cannot know who may listen: it hangs up."""
        if time.monotonic() - self.swept_at > BLIND_SECONDS and self.connections:
            log.warning("blind_without_database", connections=len(self.connections))
            for connection in list(self.connections):
                connection.close(1012, "come back")


def look(session: Session, room_ids: list[str]) -> tuple[Beat, datetime | None, list[tuple[str, int, int]]]:
    """The house's versions, when a role last came to its end, and version and state of the rooms open here."""
    rooms = session.execute(select(Room.id, Room.version, Room.state_version).where(Room.id.in_(room_ids)))
    return session.get_one(Beat, 1), newest_end(session), [(row[0], row[1], row[2]) for row in rooms]
