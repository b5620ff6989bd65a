"""What facilitators and administrators do, and what authors do with their own words."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from app.foundation.clock import Clock, database_now, now
from app.foundation.database import Session
from app.messages.removing import put_back, remove
from app.messages.reviewing import decline, release, withdraw
from app.people.actors import Actor
from app.people.models import Person
from app.rooms import membership
from app.rooms.models import Presence, Room
from tests.cast import FAY, GIL, NORA
from tests.properties.stage import IN_THE_ROOMS
from tests.properties.world import World, pick

KEEPERS = (FAY, GIL)
MUTED_MINUTES = 5
MOVES_MINUTES = 10
DECISIONS = {"release": release, "decline": decline, "withdraw": withdraw}


@dataclass(frozen=True)
class Limit:
    """Hold or mute somebody, or stop it; remove them from the room, or let them in again."""

    what: str
    keeper: int
    person: int
    room: int
    process: int

    def happen(self, world: World) -> None:
        process, room = pick(world.processes, self.process), pick(world.rooms, self.room)
        person = world.actors[pick(IN_THE_ROOMS, self.person)].id
        verb, *details = LIMITS[self.what]
        who = NORA if self.what in ("remove by admin", "add") else pick(KEEPERS, self.keeper)
        world.act(process, verb, who, room.id, person, *details)


@dataclass(frozen=True)
class Decide:
    """About words that wait, or waited once. Only their author withdraws them."""

    what: str
    which: int
    keeper: int
    process: int

    def happen(self, world: World) -> None:
        waiting = pick([one for room in world.rooms for one in room.waiting.values()], self.which)
        if waiting is not None:
            who = waiting.author if self.what == "withdraw" else pick(KEEPERS, self.keeper)
            world.act(pick(world.processes, self.process), DECISIONS[self.what], who, waiting.id)


@dataclass(frozen=True)
class TakeOut:
    """Remove an entry, or put it back: by its author, by a facilitator, or by somebody who may not."""

    back: bool
    by_author: bool
    person: int
    room: int
    seq: int
    process: int

    def happen(self, world: World) -> None:
        room = pick(world.rooms, self.room)
        entry = pick(room.entries, self.seq)
        if entry is not None:
            who = entry.author if self.by_author else pick((*KEEPERS, *IN_THE_ROOMS), self.person)
            world.act(pick(world.processes, self.process), put_back if self.back else remove, who, room.id, entry.seq)


@dataclass(frozen=True)
class TimePasses:
    """Ten minutes: own words can no longer be taken back, and who was muted may speak. Nobody acts meanwhile."""

    def happen(self, world: World) -> None:
        world.act(world.processes[0], move_clock, NORA, MOVES_MINUTES)


def mute_a_while(session: Session, actor: Actor, room_id: str, person_id: str, minutes: int) -> None:
    until = database_now(session) + timedelta(minutes=minutes)
    membership.mute(session, actor, room_id, person_id, until, "A rest")


def add_again(session: Session, actor: Actor, room_id: str, person_id: str) -> None:
    membership.add_member(session, actor, session.get_one(Room, room_id), session.get_one(Person, person_id))


def move_clock(session: Session, actor: Actor, minutes: int) -> None:
    """Meanwhile both processes have refreshed who is here, as they do every ten seconds."""
    session.execute(update(Clock).values(shift_ms=Clock.shift_ms + minutes * 60_000))
    session.execute(update(Presence).values(seen_at=now()))


LIMITS = {
    "hold": (membership.hold_words, True),
    "stop holding": (membership.hold_words, False),
    "mute": (mute_a_while, MUTED_MINUTES),
    "unmute": (membership.unmute,),
    "remove": (membership.remove_member,),
    "remove by admin": (membership.remove_member,),
    "add": (add_again,),
}
