"""One story's world: two processes, seven tablets, the air between, and who judges them."""

import asyncio
import uuid
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from app.messages.posting import words_of
from app.people.actors import Actor
from tests.cast import FAY, GIL, NORA, Character
from tests.properties.air import Air
from tests.properties.judge import Asked, Judge
from tests.properties.model.lines import Place, Room
from tests.properties.model.truth import Truth
from tests.properties.process import Process, is_harmless
from tests.properties.stage import IN_THE_ROOMS, TABLETS, Scene, Stage
from tests.properties.store import Deed
from tests.properties.tablet import Tablet

T = TypeVar("T")
QUIET_TURNS = 20
PATIENCE = 60.0


class World:
    def __init__(self, stage: Stage, scene: Scene) -> None:
        self.stage = stage
        self.processes, self.actors = stage.processes, stage.actors
        self.deeds: list[Deed] = []
        self.air = Air()
        self.truth = Truth(
            {room: Room(room, {self.actors[one].id: Place() for one in IN_THE_ROOMS}) for room in scene.rooms},
            moderators=frozenset(self.actors[one].id for one in (FAY, GIL)),
            admins=frozenset({self.actors[NORA].id}),
        )
        self.rooms = list(self.truth.rooms.values())
        self.judge = Judge(self.truth, self.deeds)
        self.tablets = [
            Tablet(f"{one.name} {count}", self.actors[one].id, signed.token, signed.sign_in, self.judge)
            for count, (one, signed) in enumerate(zip(TABLETS, scene.sign_ins, strict=True))
        ]
        self.tasks: set[asyncio.Task[Any]] = set()
        self.refs = 0
        for process in self.processes:
            process.begin(self.air, self.deeds)

    def new_words(self, room: Room, author: str, ref: str | None = None) -> Asked:
        """Words that nobody ever said, under a new ref or one of before."""
        text = f"words-{len(self.judge.asked) + 1}"
        self.judge.asked[text] = Asked(room.id, author, ref or self.new_ref(), text)
        return self.judge.asked[text]

    def new_ref(self) -> str:
        self.refs += 1
        return str(uuid.UUID(int=self.refs))

    def actor_with(self, person: str) -> Actor:
        [actor] = [actor for actor in self.actors.values() if actor.id == person]
        return actor

    def act(self, process: Process, verb: Any, who: Character | str, *args: Any) -> None:
        """Somebody asks a process to do something, as over HTTP."""
        actor = self.actor_with(who) if isinstance(who, str) else self.actors[who]
        self.start(self._act(process, verb, actor, *args))

    def post(self, process: Process, asked: Asked, reply_to: int | None) -> None:
        """Somebody says something over HTTP."""
        words = words_of(self.actor_with(asked.author), asked.room, asked.ref, asked.text, reply_to)
        answer = process.posting.ask(words)
        answer.add_done_callback(self._ended)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        task.add_done_callback(self._ended)

    async def settle(self) -> None:
        """Until nothing moves any more of itself."""
        quiet = 0
        async with asyncio.timeout(PATIENCE):
            while quiet < QUIET_TURNS:
                quiet += 1
                if any(process.store.engine.under_way for process in self.processes):
                    quiet = 0
                    self.stage.done.clear()
                    await self.stage.done.wait()
                await asyncio.sleep(0)
        self.truth.follow(self.deeds)
        for tablet in self.tablets:
            tablet.remember()
        troubles = self.judge.settled()
        assert not troubles, "\n".join(troubles)

    async def end(self) -> None:
        for tablet in self.tablets:
            tablet.hang_up()
        for process in self.processes:
            process.behave()
        tasks = [*self.tasks, *(tablet.task for tablet in self.tablets if tablet.task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for process in self.processes:
            await process.end()

    async def _act(self, process: Process, verb: Any, actor: Actor, *args: Any) -> None:
        self.judge.answered(process, await process.store.do(verb, actor, *args))

    def _ended(self, task: "asyncio.Future[Any]") -> None:
        if not task.cancelled() and not is_harmless(task.exception()):
            self.judge.troubles.append(repr(task.exception()))


def pick(things: Sequence[T], index: int) -> T | None:
    return things[index % len(things)] if things else None
