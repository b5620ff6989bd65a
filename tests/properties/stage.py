"""Two processes on one database, and the people of the house. Each story begins with empty books."""

import asyncio
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from app.foundation.beat import Beat
from app.foundation.clock import Clock
from app.foundation.database import Session, open_database
from app.foundation.migrating import migrate
from app.messages.models import ReadMark
from app.people import signing_in
from app.people.actors import SYSTEM, Actor
from app.people.joining import add_person
from app.people.models import Person, SignIn
from app.people.open_house import open_to_all
from app.people.roles import roles_of
from app.rooms.finding import room_for
from app.rooms.membership import add_member
from app.rooms.models import Entry, Membership, Presence, Room, Waiting
from app.rooms.opening import make_room
from app.tables import ALL
from tests.cast import FAY, GIL, HAROLD, KEN, NORA, ROSE, SYBIL, Character
from tests.properties.process import KEY, Process
from tests.properties.store import Store

assert ALL
CAST = (ROSE, HAROLD, KEN, FAY, GIL, NORA, SYBIL)
IN_THE_ROOMS = (ROSE, HAROLD, KEN, FAY, GIL)
TABLETS = (ROSE, ROSE, HAROLD, KEN, FAY, GIL, SYBIL)
"""Rose has two."""
TITLES = ("Monday Circle", "Thursday Tea")


@dataclass(frozen=True)
class SignedIn:
    sign_in: str
    token: str


@dataclass(frozen=True)
class Scene:
    """The rooms of one story, by id, and a sign-in for each tablet."""

    rooms: list[str]
    sign_ins: list[SignedIn]


class Stage:
    """Stays for many stories. `run` runs something on the stage's own event loop."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.done = asyncio.Event()
        self.stores = [Store(open_database(url), self.done) for _ in "AB"]
        self.run(self._gather(url))

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def _gather(self, url: str) -> None:
        await migrate(url)
        store = self.stores[0]
        epoch, self.actors = await store.transaction(_welcome)
        self.processes = [Process(name, store, epoch) for name, store in zip("AB", self.stores, strict=True)]

    async def scene(self) -> Scene:
        return await self.stores[0].transaction(_set, self.actors)

    async def sign_in(self, character: Character) -> SignedIn:
        return await self.stores[0].transaction(_sign_in, self.actors[character].id)

    def close(self) -> None:
        for store in self.stores:
            self.run(store.close())
        self.run(self.loop.shutdown_default_executor())
        self.loop.close()


def _welcome(session: Session) -> tuple[str, dict[Character, Actor]]:
    open_to_all(session)
    actors = {}
    for one in CAST:
        person = add_person(session, SYSTEM, one.name, roles=one.roles, no_limits=True)
        actors[one] = Actor(person.id, person.name, roles_of(session, person.id), no_limits=True)
    return session.scalars(select(Beat.epoch)).one(), actors


def _set(session: Session, actors: dict[Character, Actor]) -> Scene:
    for table in (Entry, Waiting, Membership, Presence, ReadMark, Room, SignIn):
        session.execute(delete(table))
    session.execute(update(Clock).values(shift_ms=0))
    rooms = [make_room(session, SYSTEM, title) for title in TITLES]
    for room in rooms:
        for one in IN_THE_ROOMS:
            add_member(session, SYSTEM, room, session.get_one(Person, actors[one].id))
        assert room_for(session, actors[ROSE], room.id)
    return Scene([room.id for room in rooms], [_sign_in(session, actors[one].id) for one in TABLETS])


def _sign_in(session: Session, person: str) -> SignedIn:
    signed = signing_in.begin(session, session.get_one(Person, person), KEY)
    return SignedIn(signed.actor.sign_in_id, signed.token)
