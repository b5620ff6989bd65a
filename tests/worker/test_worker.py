"""What is due is done: by one worker, through a real mail server, and again after a crash between sent and done."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from app import worker
from app.crisis.raising import raise_help
from app.foundation import due
from app.foundation.announcements import AlertsChanged
from app.foundation.database import open_database
from app.foundation.delivery.mail import CouldNotSend
from app.foundation.due import LEASE_SECONDS, Due
from app.problems import TryAgain
from app.settings import Settings
from app.worker import AGAIN_SECONDS, do_one, work
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time
from tests.support.servers import environment


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, public_url="https://chat.example.org")


@pytest.fixture
async def called(company: Company) -> Company:
    """Rose has called for help, and screens are to look again."""
    await company.do(raise_help, company.at.rose, new_ref(), company.at.monday, "I have fallen")
    company.heard.clear()
    return company


async def rows(company: Company) -> dict[str, Due]:
    return await company.read(lambda session: {row.what: row for row in session.scalars(select(Due))})


async def do_all(company: Company, settings: Settings) -> int:
    """Do what is due until nothing is; how much it was."""
    count = 0
    while await do_one(company.database, settings):
        count += 1
    return count


async def test_nothing_due_is_nothing_done(company: Company, settings: Settings):
    assert not await do_one(company.database, settings)


async def test_a_call_for_help_reaches_the_screens_once(called, settings):
    assert await do_all(called, settings) == 1
    assert called.heard == [AlertsChanged()]
    assert all(row.done_at for row in (await rows(called)).values())
    assert await do_all(called, settings) == 0


async def test_what_fails_is_put_off_and_keeps_its_kind_and_nothing_else(called, settings, monkeypatch):
    async def away(*anything: object) -> None:
        raise CouldNotSend("rose@example.org is away")

    with monkeypatch.context() as patch:
        patch.setitem(worker.JOBS, "page_screens", away)
        await do_all(called, settings)
    row = (await rows(called))["page_screens"]
    assert (row.done_at, row.token, row.tries, row.trouble) == (None, None, 1, "CouldNotSend")
    assert await do_all(called, settings) == 0
    await pass_time(called.database, seconds=AGAIN_SECONDS)
    assert await do_all(called, settings) == 1


async def test_what_does_not_happen_in_time_is_counted_as_late(called):
    await pass_time(called.database, minutes=2)
    assert await called.read(due.overdue, 60) == 1


async def test_two_workers_do_it_once(called, settings):
    other = open_database(called.database.url)
    await asyncio.gather(*(do_one(one, settings) for _ in range(3) for one in (called.database, other)))
    await other.close()
    row = (await rows(called))["page_screens"]
    assert row.done_at and row.tries == 1


DO_AND_DIE = """
import asyncio, os, signal, sys
from app import worker
from app.foundation.database import open_database
from app.settings import Settings

def die(*anything):
    os.kill(os.getpid(), signal.SIGKILL)

worker.due.done = die
asyncio.run(worker.do_one(open_database(sys.argv[1]), Settings()))
"""


async def test_a_worker_killed_between_done_and_told_is_followed_by_one_that_does_it_again(called, settings):
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DO_AND_DIE, called.database.url, env=environment({})
    )
    assert await killed.wait() == -signal.SIGKILL
    assert (await rows(called))["page_screens"].done_at is None
    assert await do_all(called, settings) == 0, "its lease still runs"
    await pass_time(called.database, seconds=LEASE_SECONDS)
    assert await do_all(called, settings) == 1


@pytest.fixture
def never_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.01)


async def worked_until(company: Company, settings: Settings, done: asyncio.Event) -> None:
    """Let the worker live until that has happened."""
    working = asyncio.create_task(work(company.database, settings))
    try:
        async with asyncio.timeout(20):
            await done.wait()
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


@pytest.mark.parametrize("trouble", [TryAgain(), ValueError("Ellen died on Sunday")])
async def test_a_worker_that_stumbles_goes_on(called, settings, never_idle, monkeypatch, trouble):
    told = asyncio.Event()

    async def stumble_first(*anything: object) -> None:
        monkeypatch.setitem(worker.JOBS, "page_screens", tell)
        raise trouble

    async def tell(*anything: object) -> None:
        told.set()

    monkeypatch.setitem(worker.JOBS, "page_screens", stumble_first)
    monkeypatch.setattr(due, "LEASE_SECONDS", 0)
    await worked_until(called, settings, told)


async def test_a_call_for_help_waits_behind_no_long_work(called, settings, never_idle, monkeypatch):
    begun, told = asyncio.Event(), asyncio.Event()

    async def take_long(*anything: object) -> None:
        begun.set()
        await told.wait()

    async def tell(*anything: object) -> None:
        await begun.wait()
        told.set()

    monkeypatch.setitem(worker.JOBS, "erase", take_long)
    monkeypatch.setitem(worker.JOBS, "page_screens", tell)
    await called.do(due.must_happen, "erase", "somebody", (await rows(called))["page_screens"].due_at)
    await worked_until(called, settings, told)
