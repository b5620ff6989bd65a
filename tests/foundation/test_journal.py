"""What has ended is written outside the database, a line each, and read again."""

from pathlib import Path

import pytest

from app.foundation import due
from app.foundation.audit import record
from app.foundation.clock import database_now, spoken
from app.foundation.database import Database, Session
from app.foundation.journal import JOURNAL, Line, known, line_of, note, read, write

LINE = Line("a1", "2026-11-22T10:00:00.000Z", "card_ended", "card-7", {}, [3, "abc"])
LATER = Line("a2", "2026-11-22T11:00:00.000Z", "role_taken", "gil", {"role": "admin"}, [4, "abd"])


def end_a_card(session: Session) -> None:
    record(session, "nora", "revoke_card", whom="rose", card="card-7")
    note(session, "card_ended", "card-7", because="lost")


async def one_line(database: Database) -> Line:
    row = await database.transaction(due.claim, [JOURNAL])
    return await database.read(line_of, row)


async def test_a_line_says_what_ended_when_and_how_far_the_audit_log_was(database: Database):
    await database.transaction(end_a_card)
    line = await one_line(database)
    assert (line.what, line.whom, line.details) == ("card_ended", "card-7", {"because": "lost"})
    assert line.at <= spoken(await database.read(database_now))
    assert line.audit[0] == 1


async def test_what_was_not_committed_is_not_noted(database: Database):
    def stumble(session: Session) -> None:
        end_a_card(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.transaction(stumble)
    assert await database.transaction(due.claim, [JOURNAL]) is None


async def test_a_database_knows_the_lines_it_wrote_itself_and_no_others(database: Database):
    await database.transaction(end_a_card)
    line = await one_line(database)
    assert await database.read(known, line)
    assert not await database.read(known, LINE)


def test_lines_are_read_by_the_time_they_happened(tmp_path: Path):
    for line in (LATER, LINE):
        write(tmp_path / "new" / "journal.jsonl", line)
    assert read(tmp_path / "new" / "journal.jsonl") == [LINE, LATER]


def test_a_line_that_a_crash_cut_short_harms_no_other(tmp_path: Path):
    file = tmp_path / "journal.jsonl"
    write(file, LINE)
    with file.open("a") as cut:
        cut.write('\n{"id":"a9","at":"2026')
    write(file, LATER)
    assert read(file) == [LINE, LATER]


def test_the_file_is_for_its_owner_alone(tmp_path: Path):
    write(tmp_path / "journal.jsonl", LINE)
    assert (tmp_path / "journal.jsonl").stat().st_mode & 0o077 == 0
