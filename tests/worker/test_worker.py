"""What is due is done: by one worker, through a real mail server, and again after a crash between sent and done."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app import worker
from app.crisis.raising import raise_help
from app.foundation import due
from app.foundation.announcements import AlertsChanged
from app.foundation.database import open_database
from app.foundation.delivery import mail
from app.foundation.due import LEASE_SECONDS, Due
from app.people.models import Site
from app.problems import TryAgain
from app.settings import Settings
from app.worker import AGAIN_SECONDS, do_one, work
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time
from tests.support.letterbox import Letterbox
from tests.support.servers import environment

OFFICE = "office@example.org"


@pytest.fixture
def settings(letterbox: Letterbox, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, smtp_url=letterbox.url, public_url="https://chat.example.org")


@pytest.fixture
async def called(company: Company) -> Company:
    """Rose has called for help, and the office is to be told by mail."""
    await company.do(lambda session: session.execute(update(Site).values(catch_all=OFFICE)).close())
    await company.do(raise_help, company.at.rose, new_ref(), company.at.monday, "I have fallen", by_mail=True)
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


async def test_a_call_for_help_reaches_the_screens_and_the_catch_all_address(called, settings, letterbox):
    assert await do_all(called, settings) == 2
    assert called.heard == [AlertsChanged()]
    [(to, letter)] = letterbox.letters
    assert (to, letter["Subject"]) == ([OFFICE], mail.HELP_TITLE)
    assert all(row.done_at for row in (await rows(called)).values())
    assert await do_all(called, settings) == 0


async def test_the_mail_tells_nobody_who_or_what(called, settings, letterbox):
    await do_all(called, settings)
    [(_, letter)] = letterbox.letters
    assert not [word for word in ("Rose", "fallen", "Monday", called.at.rose.id) if word in letter.as_string()]
    assert "https://chat.example.org/staff" in letter.get_payload(decode=True).decode()


async def test_mail_is_put_off_while_its_server_is_away_and_goes_out_when_it_is_back(called, settings, letterbox):
    letterbox.close()
    await do_all(called, settings)
    row = (await rows(called))["page_mail"]
    assert (row.done_at, row.token, row.tries, bool(row.trouble)) == (None, None, 1, True)
    letterbox.open()
    assert await do_all(called, settings) == 0
    await pass_time(called.database, seconds=AGAIN_SECONDS)
    assert await do_all(called, settings) == 1
    assert len(letterbox.letters) == 1
    row = (await rows(called))["page_mail"]
    assert row.done_at and (row.tries, row.trouble) == (2, "")


async def test_a_refusal_keeps_its_kind_and_no_address(called, settings, letterbox):
    letterbox.says = "550 no such office@example.org"
    await do_all(called, settings)
    assert (await rows(called))["page_mail"].trouble == "CouldNotSend"


async def test_without_a_mail_server_it_is_put_off_and_counted_as_late(called, tmp_path: Path):
    await do_all(called, Settings(data_dir=tmp_path, smtp_url=""))
    await pass_time(called.database, minutes=2)
    assert await called.read(due.overdue, 60) == 1


async def test_mail_that_fails_does_not_stand_in_the_way_of_what_comes_after(called, settings, letterbox):
    letterbox.says = "451 later"
    await do_all(called, settings)
    await called.do(due.must_happen, "page_screens", "another", (await rows(called))["page_mail"].due_at)
    assert await do_all(called, settings) == 1


async def test_two_workers_send_one_letter(called, settings, letterbox):
    other = open_database(called.database.url)
    await asyncio.gather(*(do_one(one, settings) for _ in range(3) for one in (called.database, other)))
    await other.close()
    assert len(letterbox.letters) == 1


SEND_AND_DIE = """
import asyncio, os, signal, sys
from app import worker
from app.foundation import due
from app.foundation.database import open_database
from app.settings import Settings

def die(*anything):
    os.kill(os.getpid(), signal.SIGKILL)

worker.due.done = die
async def main():
    settings = Settings()
    database = open_database(sys.argv[1])
    while await worker.do_one(database, settings):
        pass
worker.JOBS = {"page_mail": worker.page_mail}
asyncio.run(main())
"""


async def test_a_worker_killed_between_sent_and_done_is_followed_by_one_that_sends_again(called, settings, letterbox):
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SEND_AND_DIE, called.database.url,
        env=environment({"HEARTHSIDE_SMTP_URL": letterbox.url}),
    )  # fmt: skip
    assert await killed.wait() == -signal.SIGKILL
    assert len(letterbox.letters) == 1
    assert (await rows(called))["page_mail"].done_at is None
    await do_all(called, settings)
    assert len(letterbox.letters) == 1, "its lease still runs"
    await pass_time(called.database, seconds=LEASE_SECONDS)
    await do_all(called, settings)
    assert len(letterbox.letters) == 2, "at least once, and twice only after a crash"
    assert (await rows(called))["page_mail"].done_at


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


async def test_a_call_for_help_waits_behind_no_long_work(called, settings, never_idle, letterbox, monkeypatch):
    begun, told = asyncio.Event(), asyncio.Event()

    async def take_long(*anything: object) -> None:
        begun.set()
        await told.wait()

    async def tell(*anything: object) -> None:
        await begun.wait()
        told.set()

    monkeypatch.setitem(worker.JOBS, "erase", take_long)
    monkeypatch.setitem(worker.JOBS, "page_mail", tell)
    await called.do(due.must_happen, "erase", "somebody", (await rows(called))["page_mail"].due_at)
    await worked_until(called, settings, told)
