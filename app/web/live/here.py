"""Who is here, as this process knows it: noted in the database, refreshed, and told when it changes anywhere."""

import asyncio
from collections import Counter

from app.foundation.database import Database
from app.foundation.realtime.hub import Hub
from app.rooms import presence
from app.web.frames import frame
from app.web.live.opening import presence_body

A_LITTLE = 0.1
REFRESH_SECONDS = 10.0
HOUSE = ""
"""The room id under which connected staff are noted, whatever page they have open."""


class Here:
    def __init__(self, database: Database, hub: Hub, process_id: str) -> None:
        self.database, self.hub, self.process_id = database, hub, process_id
        self.counts: Counter[tuple[str, str]] = Counter()
        self.noted: set[tuple[str, str]] = set()
        self.states: dict[str, int] = {}
        self.changed = asyncio.Event()

    def came(self, room_id: str, person_id: str) -> None:
        self.counts[room_id, person_id] += 1
        self.changed.set()

    def went(self, room_id: str, person_id: str) -> None:
        self.counts[room_id, person_id] -= 1
        self.changed.set()

    def told(self, room_id: str, state_version: int) -> None:
        """Somebody who entered was told this state. If others know a newer one, the next sweep tells it to all."""
        self.states[room_id] = min(state_version, self.states.get(room_id, state_version))

    async def note_changes(self) -> None:
        """Store what changed, many together; a person who only reloads is never gone."""
        await self.changed.wait()
        await asyncio.sleep(A_LITTLE)
        self.changed.clear()
        here = {place for place, count in self.counts.items() if count > 0}
        self.counts = Counter({place: count for place, count in self.counts.items() if count > 0})
        came, went = here - self.noted, self.noted - here
        if came or went:
            await self.database.transaction(presence.note, self.process_id, came, went)
            self.noted = here

    async def refresh(self) -> None:
        """Every ten seconds: we are alive, and so are our people."""
        await asyncio.sleep(REFRESH_SECONDS)
        self.noted = {place for place, count in self.counts.items() if count > 0}
        await self.database.transaction(presence.refresh, self.process_id, self.noted)

    async def tell(self, room_ids: set[str]) -> None:
        """Tell who is in these rooms now, to those who have them open at this process."""
        open_here = [room_id for room_id in room_ids if room_id in self.hub.channels]
        if not open_here:
            return
        for room_id, (version, here) in (await self.database.read(presence.here_in, open_here)).items():
            if version >= self.states.get(room_id, 0):
                self.states[room_id] = version
                self.hub.say(room_id, frame(presence_body(room_id, here)))

    async def forget(self) -> None:
        await self.database.transaction(presence.forget, self.process_id)
