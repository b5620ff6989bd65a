"""Entering a room live: register, read one snapshot, send it, then all that came meanwhile, nothing between lost."""

from collections.abc import Callable
from typing import Any

from app.foundation.database import Database
from app.foundation.realtime.channel import CaughtUp, Fetched, Subscription, Told
from app.foundation.realtime.hub import Hub
from app.messages import reading
from app.problems import N_, NotAllowed, NotFound
from app.web.frames import frame
from app.web.live.connection import Connection
from app.wording import say

MOST_ROOMS = 64
REMOVED = N_("You are no longer in this room. Ring your helper if you would like to know more.")


class Opening:
    def __init__(self, database: Database, epoch: str) -> None:
        self.database, self.epoch = database, epoch
        self.hub = Hub(self.fetch, self.catch_up)
        self.came: Callable[[str, str], None]
        self.went: Callable[[str, str], None]
        self.told_who_is_here: Callable[[str, int], None]

    async def open(self, connection: Connection, room_id: str, after: int | None, epoch: str | None) -> None:
        """Answer `open` with `opened` and the room's moments. Raises NotFound for strangers."""
        if room_id not in connection.rooms and len(connection.rooms) >= MOST_ROOMS:
            raise NotAllowed(N_("That is the most rooms one tablet can have open. Close one first."))
        subscription = self.hub.subscribe(room_id, connection, connection.actor.id)
        connection.rooms[room_id] = subscription
        fresh = after is not None and epoch not in (None, self.epoch)
        try:
            while True:
                opened = await self.database.read(reading.open_room, connection.actor, room_id, after, fresh)
                start = CaughtUp(opened.pages.version, frame(opened_body(opened)) + moments(opened))
                if connection.rooms.get(room_id) is not subscription:
                    return
                if self.hub.begin(subscription, start):
                    self.told_who_is_here(room_id, opened.state_version)
                    return self.count(connection, room_id)
        except Exception:
            self.leave(connection, room_id)
            raise

    def leave(self, connection: Connection, room_id: str) -> None:
        if connection.rooms.pop(room_id, None):
            self.hub.unsubscribe(room_id, connection)
        if room_id in connection.counted:
            connection.counted.discard(room_id)
            self.went(room_id, connection.actor.id)

    def put_out(self, connection: Connection, room_id: str) -> None:
        """They do not belong to the room any more, and are told so."""
        connection.recall()
        self.leave(connection, room_id)
        message = say(REMOVED, connection.actor.language)
        connection.tell({"type": "closed", "room": room_id, "code": "removed", "message": message})

    def count(self, connection: Connection, room_id: str) -> None:
        """This connection's person is here now."""
        if room_id not in connection.counted:
            connection.counted.add(room_id)
            self.came(room_id, connection.actor.id)

    async def fetch(self, room_id: str, after: int) -> Fetched:
        """For the hub: what a room's book holds past a version; too much of it is no list at all."""
        found = await self.database.read(reading.changes, room_id, after)
        entries = found["entries"] if found["whole"] else []
        changes = [Told(entry["version"], frame(entry), "state" in entry) for entry in entries]
        return Fetched(found["version"], changes)

    async def catch_up(self, subscription: Subscription, after: int) -> CaughtUp | None:
        """For the hub: `opened` again, unasked, from the connection's last version."""
        connection, room_id = subscription.connection, subscription.channel.name
        assert isinstance(connection, Connection)
        try:
            opened = await self.database.read(reading.open_room, connection.actor, room_id, after)
        except NotFound:
            if connection.rooms.get(room_id) is subscription:
                self.put_out(connection, room_id)
            return None
        self.told_who_is_here(room_id, opened.state_version)
        return CaughtUp(opened.pages.version, frame(opened_body(opened) | {"repair": True}) + moments(opened))


def opened_body(opened: reading.Opened) -> dict[str, Any]:
    room, pages, here = opened.room, opened.pages, set(opened.here)
    people = [{"id": one.id, "name": one.name, "roles": one.roles, "here": one.id in here} for one in opened.people]
    body = {
        "type": "opened", "room": room.id, "title": room.title, "kind": room.kind, "version": pages.version,
        "entries": pages.entries, "more": pages.more,
        "people": people, "can": opened.can,
    }  # fmt: skip
    if room.paused_at:
        body["paused"] = True
    return body | ({"reset": True} if pages.reset else {})


def moments(opened: reading.Opened) -> bytes:
    """What follows `opened`: who is here and how far each has read, whole."""
    room_id = opened.room.id
    marks = [frame(seen_body(room_id, person, seq)) for person, seq in opened.seen.items()]
    return frame(presence_body(room_id, opened.here)) + b"".join(marks)


def presence_body(room_id: str, here: list[str]) -> dict[str, Any]:
    return {"type": "presence", "room": room_id, "here": here}


def seen_body(room_id: str, person_id: str, seq: int) -> dict[str, Any]:
    return {"type": "seen", "room": room_id, "person": person_id, "seq": seq}
