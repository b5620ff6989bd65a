"""The one clock is the database's: to the millisecond, in UTC, and tests move it instead of sleeping."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from app.foundation.clock import Clock, Instant, database_now, later, now, spoken
from app.foundation.database import Database, Session
from app.foundation.due import Due, must_happen
from tests.support.databases import pass_time

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))


async def test_the_database_and_this_machine_agree_what_time_it_is(database: Database):
    before = datetime.now(UTC)
    told = await database.read(database_now)
    assert before - timedelta(milliseconds=2) <= told <= datetime.now(UTC) + timedelta(milliseconds=2)


async def test_time_is_told_in_utc(database: Database):
    assert (await database.read(database_now)).tzinfo is UTC


@pytest.mark.parametrize("days", [100, -100])
async def test_the_clock_is_moved_by_one_row(database: Database, days: int):
    before = await database.read(database_now)
    await pass_time(database, days=days)
    after = await database.read(database_now)
    assert timedelta(days=days) <= after - before < timedelta(days=days, minutes=5)


async def test_a_clock_without_its_row_is_the_databases_own(database: Database):
    def lose_the_row(session: Session) -> None:
        session.delete(session.get_one(Clock, 1))

    await database.transaction(lose_the_row)
    assert abs(await database.read(database_now) - datetime.now(UTC)) < timedelta(minutes=1)


async def test_later_lies_that_many_seconds_ahead_or_behind(database: Database):
    def ask(session: Session) -> tuple[datetime, datetime, datetime]:
        return tuple(session.execute(select(later(-30), now(), later(0.25))).one())

    behind, present, ahead = await database.read(ask)
    assert abs(present - behind - timedelta(seconds=30)) < timedelta(seconds=1)
    assert timedelta(0) < ahead - present < timedelta(seconds=1)


async def test_times_are_compared_where_they_are_stored(database: Database):
    def compare(session: Session) -> list[bool]:
        return list(session.execute(select(now() < later(1), now() > later(1))).one())

    assert await database.read(compare) == [True, False]


async def test_a_moment_comes_back_from_the_database_as_it_went_in(database: Database):
    moment = datetime(2026, 11, 22, 10, 52, 3, 120_000, UTC)

    def keep(session: Session) -> None:
        must_happen(session, "call", "Rose", moment)

    await database.transaction(keep)
    assert await database.read(lambda session: session.scalars(select(Due.due_at)).one()) == moment


@given(MOMENTS)
def test_an_instant_loses_no_more_than_a_part_of_a_millisecond(moment: datetime):
    stored = Instant().process_bind_param(moment, sqlite.dialect())
    back = Instant().process_result_value(stored, sqlite.dialect())
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


def test_the_same_moment_elsewhere_is_the_same_instant():
    in_madrid = datetime(2026, 11, 22, 11, 0, tzinfo=timezone(timedelta(hours=1)))
    in_utc = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    dialect = sqlite.dialect()
    assert Instant().process_bind_param(in_madrid, dialect) == Instant().process_bind_param(in_utc, dialect)


def test_no_moment_is_no_number():
    assert Instant().process_bind_param(None, sqlite.dialect()) is None
    assert Instant().process_result_value(None, sqlite.dialect()) is None


def test_a_time_is_spoken_as_the_wire_writes_it():
    assert spoken(datetime(2026, 11, 22, 10, 52, 3, 120_000, UTC)) == "2026-11-22T10:52:03.120Z"


@given(MOMENTS)
def test_a_spoken_time_can_be_read_again(moment: datetime):
    assert datetime.fromisoformat(spoken(moment)) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
