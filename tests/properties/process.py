"""One server process: its real Live and its real line of words, over a Store and a Line."""

import asyncio
from typing import Any

from app.crisis.lines import EVERY_LINE
from app.foundation.sealing import Seals
from app.main import line_of_words
from app.problems import Problem
from app.resources.helplines import helplines_for
from app.settings import Settings
from app.web.attempts import Attempts
from app.web.house import House
from app.web.live.live import Live
from tests.properties.air import Air
from tests.properties.store import Deed, Store

KEY = b"a key for tests"


class Process:
    """`bound` and `answered` say by which deeds it must abide: those before its last sweep, and those it took."""

    def __init__(self, name: str, store: Store, epoch: str) -> None:
        self.name, self.store, self.epoch = name, store, epoch

    def begin(self, air: Air, deeds: list[Deed]) -> None:
        self.store.engine.begin()
        self.store.deeds = self.deeds = deeds
        line = air.line()
        self.live = Live(self.store, line, self.epoch)
        line.heard = self.live.heard
        self.store.publish = self._publish
        self.posting = line_of_words(self.store, EVERY_LINE)
        self.house = House(
            settings=Settings(), key=KEY, database=self.store, live=self.live, posting=self.posting,
            helplines=helplines_for("US"), attempts=Attempts(), seals=Seals(Settings().sealing_path),
        )  # fmt: skip
        self.writing = asyncio.create_task(self.posting.run())
        self.keeps_news, self.kept_news = False, list[asyncio.Future[None]]()
        self.bound, self.answered = 0, set[int]()

    async def end(self) -> None:
        channels = list(self.live.hub.channels.values())
        menders = [channel.mender for channel in channels if channel.mender]
        tasks: list[asyncio.Task[Any]] = [
            self.writing, *self.live.tasks, *self.live.telling.tasks, *self.live.hub.repairs, *menders,
        ]  # fmt: skip
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def abides_by(self, deed: int | None) -> bool:
        return deed is not None and (deed <= self.bound or deed in self.answered)

    async def sweep(self) -> None:
        """As every two seconds. When all is mended that it found, the process is bound by what went before."""
        began = next((count for count, deed in enumerate(self.deeds) if not deed.stands), len(self.deeds))
        failed = self.store.engine.failed_reads
        await self.live.sweeping.sweep()
        while menders := [channel.mender for channel in self.live.hub.channels.values() if channel.mender]:
            await asyncio.gather(*menders, return_exceptions=True)
        if failed == self.store.engine.failed_reads:
            self.bound = max(self.bound, began)

    async def note_presence(self) -> None:
        """As after every coming and going."""
        self.live.here.changed.set()
        await self.live.here.note_changes()

    async def _publish(self, announcements: list[Any]) -> None:
        if self.keeps_news:
            self.kept_news.append(asyncio.get_running_loop().create_future())
            await self.kept_news[-1]
        await self.live.telling.publish(announcements)

    def let_news_go(self, index: int) -> None:
        if self.kept_news:
            kept = self.kept_news.pop(index % len(self.kept_news))
            if not kept.done():
                kept.set_result(None)

    def behave(self) -> None:
        """Everything that was kept back goes on its way, oldest first."""
        self.store.engine.behave()
        self.keeps_news = False
        while self.kept_news or self.store.engine.kept_back:
            self.let_news_go(0)
            self.store.engine.let_go(0)


def is_harmless(trouble: BaseException | None) -> bool:
    return trouble is None or isinstance(trouble, Problem)
