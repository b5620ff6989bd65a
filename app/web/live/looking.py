"""The kind of page each opened last: gathered for a moment, then stored together, for who helps on the telephone."""

import asyncio

from sqlalchemy import update

from app.foundation.clock import now
from app.foundation.database import Database, Session
from app.people.models import SignIn

GATHER_SECONDS = 2.0


class Looking:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.gathered: dict[str, str] = {}
        self.some = asyncio.Event()

    def saw(self, sign_in_id: str, kind: str) -> None:
        """The kind only: never which room, nor what stood there."""
        self.gathered[sign_in_id] = kind
        self.some.set()

    async def store_gathered(self) -> None:
        """What a database that is away does not take is let go: it is no more than what is good to know."""
        await self.some.wait()
        await asyncio.sleep(GATHER_SECONDS)
        self.some.clear()
        gathered, self.gathered = self.gathered, {}
        await self.database.transaction(store, gathered)


def store(session: Session, gathered: dict[str, str]) -> None:
    for sign_in_id, kind in sorted(gathered.items()):
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(page=kind, page_at=now()))
