"""What happens once a day: the audit log's head goes outside, and what is long done is forgotten."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.foundation import audit_heads, due, journal
from app.foundation.audit_heads import present_head
from app.foundation.database import open_database
from app.foundation.due import Due, plan_today, unplanned
from app.foundation.journal import JOURNAL
from app.people.models import Site
from app.settings import Settings
from app.worker import DAILY, do_one
from tests.support.company import Company
from tests.support.databases import pass_time
from tests.support.letterbox import Letterbox

BOARD = "board@example.org"


@pytest.fixture
def settings(letterbox: Letterbox, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, smtp_url=letterbox.url)


async def live_a_day(company: Company, settings: Settings) -> None:
    await company.do(plan_today, DAILY)
    while await do_one(company.database, settings):
        pass


async def whats(company: Company) -> list[str]:
    return await company.read(lambda session: list(session.scalars(select(Due.what))))


async def test_it_is_planned_once_a_day_by_however_many_workers(company: Company):
    other = open_database(company.database.url)
    assert await company.read(unplanned, DAILY)
    assert sorted(await company.do(plan_today, DAILY)) == sorted(DAILY)
    assert await other.transaction(plan_today, DAILY) == []
    assert not await company.read(unplanned, DAILY)
    await pass_time(company.database, days=1)
    assert await company.read(unplanned, DAILY)
    await other.close()


async def test_daily_work_that_is_late_is_nobodys_page(company: Company):
    await company.do(plan_today, DAILY)
    await pass_time(company.database, minutes=5)
    assert await company.read(due.overdue, 60) == 0


async def test_the_head_is_written_outside_the_database_each_day(company: Company, settings: Settings):
    for _ in range(2):
        await live_a_day(company, settings)
        await live_a_day(company, settings)
        await pass_time(company.database, days=1)
    newest = await company.read(present_head)
    kept = audit_heads.read(settings.audit_heads_path)
    assert [(head.number, head.hash) for head in kept] == [(newest.number, newest.hash)] * 2


async def test_it_goes_by_mail_where_somebody_is_named_and_says_nothing_else(company, settings, letterbox):
    await company.do(lambda session: session.execute(update(Site).values(audit_mail=BOARD)).close())
    await live_a_day(company, settings)
    [(to, letter)] = letterbox.letters
    said = letter.get_payload(decode=True).decode()
    [head] = audit_heads.read(settings.audit_heads_path)
    assert to == [BOARD] and str(head) in said
    assert not [word for word in ("Rose", "Nora", company.at.rose.id, "mute") if word in letter.as_string()]


async def test_without_a_mail_server_the_file_is_enough(company: Company, tmp_path: Path):
    await company.do(lambda session: session.execute(update(Site).values(audit_mail=BOARD)).close())
    await live_a_day(company, Settings(data_dir=tmp_path))
    assert "mail_audit_head" not in await whats(company)


async def test_what_is_done_is_forgotten_after_a_month_but_not_what_the_journal_knows(company, settings):
    await company.do(lambda session: due.must_happen(session, "page_screens", "x", due.database_now(session)))
    await company.do(journal.note, "card_ended", "rose", card="c")
    await live_a_day(company, settings)
    before = await whats(company)
    assert JOURNAL in before
    await pass_time(company.database, days=31)
    await company.do(lambda session: due.must_happen(session, "page_screens", "y", due.database_now(session)))
    await live_a_day(company, settings)
    kept = await company.read(lambda session: {(row.what, row.whom) for row in session.scalars(select(Due))})
    assert ("page_screens", "x") not in kept and ("page_screens", "y") in kept
    assert len([what for what, _ in kept if what == JOURNAL]) == before.count(JOURNAL)
