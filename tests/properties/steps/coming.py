"""Coming and going: tablets and their sockets."""

from dataclasses import dataclass

from app.people.signing_in import end_sign_in
from tests.cast import NORA
from tests.properties.stage import TABLETS
from tests.properties.tablet import OLD_EPOCH, Tablet
from tests.properties.world import World, pick


@dataclass(frozen=True)
class Connect:
    """To one of the processes, leaving the other at once; then the rooms are opened."""

    tablet: int
    process: int

    def happen(self, world: World) -> None:
        pick(world.tablets, self.tablet).connect(pick(world.processes, self.process))


@dataclass(frozen=True)
class HangUp:
    tablet: int

    def happen(self, world: World) -> None:
        pick(world.tablets, self.tablet).hang_up()


@dataclass(frozen=True)
class Open:
    """With nothing, or with any version that this tablet had at some time; perhaps from before a restore."""

    tablet: int
    room: int
    memory: int | None
    epoch: str

    def happen(self, world: World) -> None:
        tablet = pick(world.tablets, self.tablet)
        epochs = {"none": None, "the same": world.processes[0].epoch, "old": OLD_EPOCH}
        tablet.open_room(pick(world.rooms, self.room).id, self.memory, epochs[self.epoch])


@dataclass(frozen=True)
class Leave:
    tablet: int
    room: int

    def happen(self, world: World) -> None:
        pick(world.tablets, self.tablet).leave(pick(world.rooms, self.room).id)


@dataclass(frozen=True)
class Stall:
    """The tablet stops reading, or reads on."""

    tablet: int
    stalls: bool

    def happen(self, world: World) -> None:
        tablet = pick(world.tablets, self.tablet)
        if tablet.socket:
            outbox = tablet.socket.wire.outbox
            outbox.pause() if self.stalls else outbox.resume()


@dataclass(frozen=True)
class EndSignIn:
    tablet: int
    process: int

    def happen(self, world: World) -> None:
        world.act(pick(world.processes, self.process), end_sign_in, NORA, pick(world.tablets, self.tablet).sign_in)


@dataclass(frozen=True)
class SignInAgain:
    tablet: int

    def happen(self, world: World) -> None:
        tablet, character = pick(world.tablets, self.tablet), pick(TABLETS, self.tablet)
        tablet.hang_up()
        world.start(_sign_in(world, tablet, character))


async def _sign_in(world: World, tablet: Tablet, character: object) -> None:
    signed = await world.stage.sign_in(character)
    tablet.sign_in, tablet.token = signed.sign_in, signed.token
