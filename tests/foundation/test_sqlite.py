"""SQLite: one queue for all writes of a process, and a file that other processes get their turn at."""

import asyncio
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

import app.foundation.database.sqlite as sqlite_engine
from app.foundation.database import Database, Session, open_database
from app.people.models import Site
from app.problems import TryAgain
from tests.support.databases import Stores


@pytest.fixture
async def database(stores: Stores, tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(await (await stores.empty("sqlite")).fresh(tmp_path))
    yield database
    await database.close()


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Another process writes, and takes its time."""
    connection = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def rename(session: Session, name: str) -> None:
    session.execute(update(Site).values(name=name))


def name_of(session: Session) -> str:
    return session.scalars(select(Site.name)).one()


class Gate:
    """A verb that holds the writer until it is told to go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, session: Session) -> None:
        self.reached.set()
        assert self.open.wait(30)


async def in_this_order(database: Database, *asked: tuple[str, bool]) -> list[str]:
    """Ask for writes, some urgent, while the writer is busy; the order in which they were done."""
    gate, done = Gate(), []
    first = asyncio.ensure_future(database.transaction(gate))
    await asyncio.to_thread(gate.reached.wait, 30)
    asks = []
    for name, urgent in asked:
        ask = database.urgently if urgent else database.transaction
        asks.append(asyncio.ensure_future(ask(lambda session, name=name: done.append(name))))
        await asyncio.sleep(0)
    gate.open.set()
    await asyncio.gather(first, *asks)
    return done


async def test_writes_are_done_first_come_first_served(database: Database):
    names = [str(number) for number in range(20)]
    assert await in_this_order(database, *((name, False) for name in names)) == names


async def test_help_goes_ahead_of_all_that_waits(database: Database):
    asked = [("words", False), ("more words", False), ("help", True), ("help again", True)]
    assert await in_this_order(database, *asked) == ["help", "help again", "words", "more words"]


async def test_readers_do_not_wait_for_a_writer(database: Database):
    gate = Gate()
    writing = asyncio.ensure_future(database.transaction(gate))
    await asyncio.to_thread(gate.reached.wait, 30)
    assert await database.read(name_of) == "Hearthside"
    gate.open.set()
    await writing


async def test_a_file_that_another_process_holds_is_tried_until_it_is_free(database: Database):
    with held(database):
        writing = asyncio.ensure_future(database.transaction(rename, "Oak House"))
        assert await database.read(name_of) == "Hearthside"
        await asyncio.sleep(0.05)
        assert not writing.done()
    await writing
    assert await database.read(name_of) == "Oak House"


async def test_a_file_that_is_never_free_says_try_again_and_keeps_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sqlite_engine, "LOCK_PATIENCE", 0.05)
    with held(database), pytest.raises(TryAgain):
        await database.transaction(rename, "Oak House")
    assert await database.read(name_of) == "Hearthside"
    await database.transaction(rename, "Elm House")
    assert await database.read(name_of) == "Elm House"


async def test_a_full_disk_says_try_again_and_keeps_what_was_there(database: Database):
    """`max_page_count` stops SQLite from growing the file, as a full disk does."""

    def fill(session: Session, most: int) -> None:
        session.execute(text(f"PRAGMA max_page_count = {most}"))

    def write_much(session: Session) -> None:
        rename(session, "Oak House")
        session.execute(text("CREATE TABLE much AS SELECT randomblob(10000000)"))

    await database.transaction(fill, 1)
    with pytest.raises(TryAgain):
        await database.transaction(write_much)
    assert await database.read(name_of) == "Hearthside"
    await database.transaction(fill, 1_000_000)
    await database.transaction(rename, "Elm House")
    assert await database.read(name_of) == "Elm House"


async def test_a_commit_survives_a_power_cut(database: Database):
    def settings(session: Session) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return [session.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    full = 2
    assert await database.transaction(settings) == ["wal", full, 1, 1]


ANOTHER_PROCESS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(3):
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError:
            pass
    connection.execute("UPDATE site SET helper_name = helper_name || 'x'")
    connection.execute("COMMIT")
print("done", flush=True)
"""


async def test_a_busy_house_lets_another_process_write(database: Database):
    """The queue is never empty until the other process has had three turns."""
    file = database.url.removeprefix("sqlite:///")
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ANOTHER_PROCESS, file, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdin and other.stdout
    await other.stdout.readline()
    other.stdin.write(b"go\n")
    finished = asyncio.ensure_future(other.stdout.readline())
    writes = {asyncio.ensure_future(database.transaction(rename, str(number))) for number in range(20)}
    async with asyncio.timeout(30):
        while not finished.done():
            _, writes = await asyncio.wait({*writes, finished}, return_when=asyncio.FIRST_COMPLETED)
            writes = {one for one in writes if one is not finished}
            writes |= {asyncio.ensure_future(database.transaction(rename, "again")) for _ in range(20 - len(writes))}
    await asyncio.gather(*writes)
    await other.communicate()
    assert await database.read(lambda session: session.scalars(select(Site.helper_name)).one()) == "xxx"


async def test_closing_finishes_every_write_that_was_asked_for(database: Database):
    gate = Gate()
    first = asyncio.ensure_future(database.transaction(gate))
    await asyncio.to_thread(gate.reached.wait, 30)
    last = asyncio.ensure_future(database.transaction(rename, "Oak House"))
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(database.close())
    gate.open.set()
    await asyncio.gather(first, last, closing)
    again = open_database(database.url)
    assert await again.read(name_of) == "Oak House"
    await again.close()


async def test_who_stops_waiting_before_their_turn_writes_nothing(database: Database):
    gate = Gate()
    first = asyncio.ensure_future(database.transaction(gate))
    await asyncio.to_thread(gate.reached.wait, 30)
    given_up = asyncio.ensure_future(database.transaction(rename, "Oak House"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    gate.open.set()
    await first
    await database.transaction(lambda session: None)
    assert await database.read(name_of) == "Hearthside"
