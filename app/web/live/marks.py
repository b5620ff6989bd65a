"""How far each has read: gathered for a second, then stored and told together, so that reading costs little."""

import asyncio
from collections import defaultdict

from app.foundation.announcements import Moment
from app.foundation.database import Database, Session
from app.messages import read_marks
from app.problems import TryAgain
from app.web.live.opening import seen_body

GATHER_SECONDS = 1.0


class Marks:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.gathered: dict[tuple[str, str], int] = {}
        self.some = asyncio.Event()

    def seen(self, room_id: str, person_id: str, seq: int) -> None:
        key = room_id, person_id
        if seq > self.gathered.get(key, 0):
            self.gathered[key] = seq
            self.some.set()

    async def store_gathered(self) -> None:
        await self.some.wait()
        await asyncio.sleep(GATHER_SECONDS)
        await self.store_now()

    async def store_now(self) -> None:
        self.some.clear()
        gathered, self.gathered = self.gathered, {}
        try:
            if gathered:
                await self.database.transaction(store_and_tell, gathered)
        except TryAgain:
            self.gathered = gathered | self.gathered
            self.some.set()
            raise


def store_and_tell(session: Session, gathered: dict[tuple[str, str], int]) -> None:
    by_room: dict[str, dict[str, int]] = defaultdict(dict)
    for (room_id, person_id), seq in read_marks.store(session, gathered).items():
        by_room[room_id][person_id] = seq
    for room_id, marks in by_room.items():
        for person_id, seq in marks.items():
            session.announce(Moment(room_id, seen_body(room_id, person_id, seq)))
