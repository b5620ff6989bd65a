"""A head kept outside the database: a log that was cut, and given a head that fits, is found out."""

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app.foundation.audit import AuditHead, AuditLink, first_broken_link, link_hash, record
from app.foundation.audit_heads import Head, first_missing, present_head, read, write
from app.foundation.database import Database, Session
from tests.support.meddling import look_away


def keep(session: Session, count: int = 5) -> None:
    for number in range(count):
        record(session, "fay", "mute", whom="ken", place="monday", seq=number)


def cut_well(session: Session) -> None:
    """By somebody who knows how links are made: the tail goes, and the head is turned back to fit."""
    look_away(session)
    session.execute(delete(AuditLink).where(AuditLink.number > 3))
    session.execute(update(AuditHead).values(number=3, hash=session.get_one(AuditLink, 3).hash))


def write_anew(session: Session) -> None:
    """The same number of links, each sealed to the one before, and one of them says another name."""
    look_away(session)
    before = session.get_one(AuditLink, 2).hash
    for number in range(3, 6):
        link = session.get_one(AuditLink, number)
        link.who = "gil"
        before = link.hash = link_hash(before, link)
    session.execute(update(AuditHead).values(hash=before))


@pytest.mark.parametrize("meddle", [cut_well, write_anew])
async def test_what_the_chain_alone_cannot_tell_is_found_by_the_head_kept_outside(database: Database, meddle):
    await database.transaction(keep)
    head = await database.read(present_head)
    assert await database.read(first_missing, [head]) is None
    await database.transaction(meddle)
    assert await database.read(first_broken_link) is None
    assert await database.read(first_missing, [head]) == head


async def test_the_first_of_many_heads_that_is_missing_is_named(database: Database):
    heads = []
    for _ in range(3):
        await database.transaction(keep)
        heads.append(await database.read(present_head))
    await database.transaction(cut_well)
    assert await database.read(first_missing, reversed(heads)) == heads[0]


async def test_a_house_where_nothing_happened_has_a_head_that_holds(database: Database):
    head = await database.read(present_head)
    assert head.number == 0
    await database.transaction(keep)
    assert await database.read(first_missing, [head]) is None


def test_heads_are_read_as_they_were_written_and_a_torn_line_harms_none(tmp_path: Path):
    file = tmp_path / "elsewhere" / "audit-heads.txt"
    assert read(file) == []
    heads = [Head("2026-11-22T00:00:00.000Z", 7, "ab"), Head("2026-11-23T00:00:00.000Z", 9, "cd")]
    write(file, heads[0])
    with file.open("a") as torn:
        torn.write("\n2026-11-22T12")
    write(file, heads[1])
    assert read(file) == heads
    assert file.stat().st_mode & 0o077 == 0
    assert str(heads[0]) == "2026-11-22T00:00:00.000Z 7 ab"
