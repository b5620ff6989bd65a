"""What the bus does, what the sweep mends, and what goes wrong."""

from dataclasses import dataclass

from tests.properties.world import World, pick


@dataclass(frozen=True)
class OnTheBus:
    """A message arrives, arrives and will arrive again, or is lost; or all that is on its way arrives or is lost."""

    what: str
    which: int

    def happen(self, world: World) -> None:
        match self.what:
            case "arrives":
                world.air.deliver(self.which)
            case "arrives, and again":
                world.air.deliver(self.which, keep=True)
            case "is lost":
                world.air.lose(self.which)
            case "all arrive":
                while world.air.under_way:
                    world.air.deliver(self.which)
            case "all are lost":
                world.air.lose_all()


@dataclass(frozen=True)
class Sweep:
    process: int

    def happen(self, world: World) -> None:
        world.start(pick(world.processes, self.process).sweep())


@dataclass(frozen=True)
class NotePresence:
    process: int

    def happen(self, world: World) -> None:
        world.start(pick(world.processes, self.process).note_presence())


@dataclass(frozen=True)
class KeepBack:
    """From now on a process is slow: what it read, or what it is to tell after a commit, waits for `LetGo`."""

    process: int
    reads: bool

    def happen(self, world: World) -> None:
        process = pick(world.processes, self.process)
        if self.reads:
            process.store.engine.keeps_back = True
        else:
            process.keeps_news = True


@dataclass(frozen=True)
class LetGo:
    """One thing that was kept back goes on its way; with `all` all of them, and nothing more is kept back."""

    process: int
    reads: bool
    which: int
    all: bool

    def happen(self, world: World) -> None:
        process = pick(world.processes, self.process)
        if self.all:
            process.behave()
        elif self.reads:
            process.store.engine.let_go(self.which)
        else:
            process.let_news_go(self.which)


@dataclass(frozen=True)
class Fault:
    """The next commit fails; or it happens and nobody hears of it, as after kill -9; or the next read fails."""

    what: str
    process: int

    def happen(self, world: World) -> None:
        engine = pick(world.processes, self.process).store.engine
        match self.what:
            case "a commit fails":
                engine.commits_to_fail += 1
            case "a commit is never heard of":
                engine.commits_to_hide += 1
            case "a read fails":
                engine.reads_to_fail += 1
