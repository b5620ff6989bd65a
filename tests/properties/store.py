"""A real Database that notes what it did in the order in which it did it, and whose ways can be made bad."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.foundation.database import Database, Session
from app.foundation.database.session import Engine
from app.problems import Problem


@dataclass(eq=False)
class Deed:
    """One verb that ran, under its locks, with its answer or what it raised."""

    verb: str
    args: tuple[Any, ...]
    outcome: Any = None
    committed: bool = False

    @property
    def stands(self) -> bool:
        return self.committed or isinstance(self.outcome, Problem)


class UnrulyEngine:
    """A real engine. Reads can be kept back when they were read; commits can fail, or happen and never be heard of."""

    def __init__(self, real: Engine, done: asyncio.Event) -> None:
        """`done` is set whenever something that was under way is done."""
        self.real, self.done = real, done
        self.begin()

    def behave(self) -> None:
        """As on a good day. What is kept back stays so until it is let go."""
        self.keeps_back = False
        self.reads_to_fail = self.commits_to_fail = self.commits_to_hide = 0

    def begin(self) -> None:
        self.behave()
        self.under_way = self.failed_reads = 0
        self.kept_back: list[asyncio.Future[None]] = []

    async def read(self, work: Callable[[Session], Any]) -> Any:
        if self.reads_to_fail:
            self.reads_to_fail -= 1
            self.failed_reads += 1
            raise OSError("the test took the database away")
        result = await self._while_under_way(self.real.read(work))
        if self.keeps_back:
            self.kept_back.append(asyncio.get_running_loop().create_future())
            await self.kept_back[-1]
        return result

    async def write(self, work: Callable[[Session], Any], urgent: bool) -> tuple[Any, list[Any]]:
        result, announcements = await self._while_under_way(self.real.write(work, urgent))
        for deed in announcements:
            if isinstance(deed, Deed):
                deed.committed = True
        if self.commits_to_hide:
            self.commits_to_hide -= 1
            raise OSError("the test took the process away between commit and publish")
        return result, [one for one in announcements if not isinstance(one, Deed)]

    def let_go(self, index: int) -> None:
        if self.kept_back:
            kept = self.kept_back.pop(index % len(self.kept_back))
            if not kept.done():
                kept.set_result(None)

    async def close(self) -> None:
        await self.real.close()

    async def _while_under_way(self, work: Awaitable[Any]) -> Any:
        self.under_way += 1
        try:
            return await work
        finally:
            self.under_way -= 1
            self.done.set()


class Store(Database):
    """`deeds` is one list for all the stores of one database: verbs add to it while they hold their room's lock."""

    engine: UnrulyEngine

    def __init__(self, real: Database, done: asyncio.Event) -> None:
        super().__init__(UnrulyEngine(real.engine, done), real.url)
        self.deeds: list[Deed] = []

    async def transaction(self, work: Any, *args: Any, **options: Any) -> Any:
        return (await self.do(work, *args, **options)).outcome

    async def do(self, work: Any, *args: Any, **options: Any) -> Deed:
        """A transaction, and the note that was made of it."""
        return await super().transaction(self._noted(work), *args, **options)

    def _noted(self, work: Callable[..., Any]) -> Callable[..., Deed]:
        def noted(session: Session, *args: Any, **options: Any) -> Deed:
            deed = Deed(work.__name__, args)
            try:
                deed.outcome = work(session, *args, **options)
                session.flush()
            except Problem as problem:
                deed.outcome = problem
                self.deeds.append(deed)
                raise
            if self.engine.commits_to_fail:
                self.engine.commits_to_fail -= 1
                raise OSError("the test took the database away before the commit")
            session.announce(deed)
            self.deeds.append(deed)
            return deed

        return noted
