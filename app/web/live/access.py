"""Whoever lost a sign-in or a room loses it here at once, on every process: told by the bus, or found by the sweep."""

import asyncio
from collections.abc import Sequence

from app.foundation.database import Database, Session
from app.people.actors import Actor
from app.people.signing_in import ended_by_staff, still_signed_in
from app.rooms.finding import still_in
from app.web.live.connection import Connection
from app.web.live.opening import Opening

SIGNED_OUT, ENDED_BY_STAFF = 4401, 4409


class Access:
    """`looks` counts the looks at everybody: who was read before the newest one must be looked up again."""

    def __init__(self, database: Database, opening: Opening, connections: set[Connection]) -> None:
        self.database, self.opening, self.connections = database, opening, connections
        self.turn = asyncio.Lock()
        self.looks = 0

    async def check(self) -> None:
        """Look every open connection up again. One look at a time, so that an older one never has the last word."""
        async with self.turn:
            self.looks += 1
            if self.connections:
                await self.look(list(self.connections))

    async def look(self, connections: Sequence[Connection]) -> None:
        """Each one's sign-in, the roles behind it, and every room it has open."""
        ids = {one.actor.sign_in_id for one in connections}
        pairs = {(one.actor.id, room_id) for one in connections for room_id in one.rooms}
        actors, staff_ended, allowed = await self.database.read(present_access, ids, pairs)
        for connection in connections:
            actor = actors.get(connection.actor.sign_in_id)
            if actor is None:
                ended = connection.actor.sign_in_id in staff_ended
                connection.close(*((ENDED_BY_STAFF, "ended by staff") if ended else (SIGNED_OUT, "sign in again")))
                continue
            connection.actor = actor
            for room_id in [room for room in connection.rooms if (actor.id, room) in pairs - allowed]:
                self.opening.put_out(connection, room_id)


def present_access(
    session: Session, sign_in_ids: set[str], pairs: set[tuple[str, str]]
) -> tuple[dict[str, Actor], set[str], set[tuple[str, str]]]:
    """Living sign-ins, those that staff ended, and the (person, room) pairs that still hold."""
    actors = still_signed_in(session, list(sign_in_ids))
    gone = sign_in_ids - actors.keys()
    return (
        actors,
        ended_by_staff(session, gone) if gone else set(),
        still_in(session, pairs) if pairs else set(),
    )
