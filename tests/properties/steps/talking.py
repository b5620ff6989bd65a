from dataclasses import dataclass

from app.messages.reacting import REACTIONS
from tests.properties.judge import Asked
from tests.properties.world import World, pick


@dataclass(frozen=True)
class Say:
    """`count` times at once, so that they wait for one commit together."""

    tablet: int
    room: int
    count: int
    reply_to: int
    process: int
    by_post: bool

    def happen(self, world: World) -> None:
        tablet, room = pick(world.tablets, self.tablet), pick(world.rooms, self.room)
        for _ in range(self.count):
            asked = world.new_words(room, tablet.person)
            _put(world, asked, self.tablet, self.reply_to, None if tablet.is_on and not self.by_post else self.process)


@dataclass(frozen=True)
class Retry:
    """The same ref again, by its author, at any time, anywhere; perhaps with other words or in another room."""

    which: int
    process: int
    by_post: bool
    other_words: bool

    def happen(self, world: World) -> None:
        asked = pick(list(world.judge.asked.values()), self.which)
        if asked is None:
            return
        if self.other_words:
            asked = world.new_words(world.truth.rooms[asked.room], asked.author, asked.ref)
        devices = [count for count, one in enumerate(world.tablets) if one.person == asked.author and one.is_on]
        _put(world, asked, pick(devices, self.process) or 0, 0, None if devices and not self.by_post else self.process)


@dataclass(frozen=True)
class React:
    tablet: int
    room: int
    seq: int
    reaction: int
    on: bool

    def happen(self, world: World) -> None:
        tablet, room = pick(world.tablets, self.tablet), pick(world.rooms, self.room)
        if tablet.is_on and room.entries:
            seq = self.seq % len(room.entries) + 1
            tablet.react(room.id, world.new_ref(), seq, pick(REACTIONS, self.reaction), self.on)


def _put(world: World, asked: Asked, tablet: int, reply_to: int, process: int | None) -> None:
    if process is None:
        pick(world.tablets, tablet).say(asked.room, asked.ref, asked.text, reply_to or None)
    else:
        world.post(pick(world.processes, process), asked, reply_to or None)
