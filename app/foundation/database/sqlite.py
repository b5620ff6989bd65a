"""SQLite: one thread writes, first come first served; a few threads read. Each verb runs whole in one thread."""

import asyncio
import itertools
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from app.foundation.database.session import Session

READERS = 4
LOCK_PATIENCE = 10.0
LOCK_RETRY = 0.002
BUSY_FOR = 0.100
FREE_FOR = 0.005


@dataclass(order=True)
class Job:
    rank: tuple[int, int]
    work: Callable[[Session], Any] | None = field(compare=False)
    done: "Future[tuple[Any, list[Any]]]" = field(compare=False, default_factory=Future)


class SqliteEngine:
    def __init__(self, url: str) -> None:
        self.url = url
        self.waiting: queue.PriorityQueue[Job] = queue.PriorityQueue()
        self.numbers = itertools.count()
        self.reader = _engine(url, READERS, timeout=5.0, begin=_begin_reading)
        self.readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self.writer = threading.Thread(target=self._write_all, name="write", daemon=True)
        self.writer.start()

    async def write(self, work: Callable[[Session], Any], urgent: bool) -> tuple[Any, list[Any]]:
        job = Job((0 if urgent else 1, next(self.numbers)), work)
        self.waiting.put(job)
        return await asyncio.wrap_future(job.done)

    async def read(self, work: Callable[[Session], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.readers, self._read, work)

    def _read(self, work: Callable[[Session], Any]) -> Any:
        with Session(self.reader) as session:
            return work(session)

    def _write_all(self) -> None:
        """The writer thread: one job after another; now and then it leaves the file free for other processes."""
        engine = _engine(self.url, 1, timeout=0.0, begin=_begin_writing)
        busy_since = time.monotonic()
        while (job := self.waiting.get()).work is not None:
            _run(engine, job)
            if self.waiting.empty():
                busy_since = time.monotonic()
            elif time.monotonic() - busy_since > BUSY_FOR:
                time.sleep(FREE_FOR)
                busy_since = time.monotonic()
        engine.dispose()

    async def close(self) -> None:
        """Finish every write that was asked for, then let go of the file."""
        self.waiting.put(Job((2, next(self.numbers)), None))
        await asyncio.to_thread(self.writer.join)
        self.readers.shutdown()
        self.reader.dispose()


def _run(engine: Engine, job: Job) -> None:
    if not job.done.set_running_or_notify_cancel():
        return
    try:
        with Session(engine) as session:
            result = job.work(session)  # type: ignore[misc]
            session.commit()
        job.done.set_result((result, session.announcements))
    except BaseException as trouble:
        job.done.set_exception(trouble)


def _engine(url: str, size: int, *, timeout: float, begin: Callable[[Connection], None]) -> Engine:
    arguments = {"check_same_thread": False, "isolation_level": None, "timeout": timeout}
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args=arguments,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    return engine


def _prepare(connection: sqlite3.Connection, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        _patiently(lambda pragma=pragma: connection.execute(f"PRAGMA {pragma}").close())  # type: ignore[misc]


def _begin_reading(connection: Connection) -> None:
    """A verb that writes on a snapshot is a mistake of ours: it is refused, and not thrown away unseen."""
    connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    _patiently(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))


def _patiently(attempt: Callable[[], Any]) -> None:
    """Another process may hold the file: try every 2 ms for 10 s, where SQLite's own waiting would starve."""
    give_up_at = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            attempt()
            return
        except Exception as trouble:
            if "locked" not in str(trouble) or time.monotonic() > give_up_at:
                raise
            time.sleep(LOCK_RETRY)
