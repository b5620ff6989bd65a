"""What must happen: stored with its cause, leased to one worker at a time, done at least once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.foundation import due
from app.foundation.clock import database_now, later
from app.foundation.database import Database, Session, open_database
from app.foundation.due import LEASE_SECONDS, Due, claim, done, must_happen, overdue, put_off
from tests.support.databases import pass_time

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def ring_rose(session: Session, at: datetime = NOON) -> bool:
    return must_happen(session, "ring", "rose", at, why="Monday Circle")


async def the_row(database: Database) -> Due:
    return await database.read(lambda session: session.scalars(select(Due)).one())


async def claimed(database: Database, *whats: str) -> Due | None:
    return await database.transaction(claim, list(whats) or ["ring"])


async def test_the_same_thing_for_the_same_person_at_the_same_time_is_stored_once(database: Database):
    assert await database.transaction(ring_rose)
    assert not await database.transaction(ring_rose)
    await the_row(database)


@pytest.mark.parametrize(
    ("what", "whom", "at"),
    [("mail", "rose", NOON), ("ring", "dot", NOON), ("ring", "rose", NOON + timedelta(milliseconds=1))],
)
async def test_another_thing_person_or_time_is_another_row(database: Database, what: str, whom: str, at: datetime):
    await database.transaction(ring_rose)
    assert await database.transaction(must_happen, what, whom, at)


async def test_two_at_once_store_it_once(database: Database):
    stored = await asyncio.gather(*(database.transaction(ring_rose) for _ in range(4)))
    assert sorted(stored) == [False, False, False, True]


async def test_a_row_is_there_exactly_if_its_cause_is(database: Database):
    def stumble(session: Session) -> None:
        ring_rose(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.transaction(stumble)
    assert await database.transaction(ring_rose)


async def test_what_is_not_due_yet_is_left_alone_until_the_clock_says_so(database: Database):
    tomorrow = await database.read(database_now) + timedelta(days=1)
    await database.transaction(ring_rose, tomorrow)
    assert await claimed(database) is None
    await pass_time(database, days=1)
    assert (await claimed(database)).whom == "rose"


async def test_a_worker_takes_only_what_it_knows_how_to_do(database: Database):
    await database.transaction(ring_rose)
    assert await claimed(database, "mail") is None


async def test_what_has_waited_longest_goes_first(database: Database):
    await database.transaction(must_happen, "ring", "dot", NOON)
    await database.transaction(must_happen, "ring", "mei", NOON - timedelta(hours=1))
    assert [(await claimed(database)).whom for _ in range(2)] == ["mei", "dot"]


async def test_a_claimed_row_bears_its_details_a_token_and_how_often_it_was_tried(database: Database):
    await database.transaction(ring_rose)
    row = await claimed(database)
    assert (row.details, row.tries) == ({"why": "Monday Circle"}, 1)
    assert row.token


async def test_a_claimed_row_is_held_by_nobody_else(database: Database):
    await database.transaction(ring_rose)
    await claimed(database)
    assert await claimed(database) is None


async def test_workers_in_two_processes_never_hold_one_row(database: Database):
    """Two databases on one store stand for two processes: connections and writer threads of their own."""
    for number in range(12):
        await database.transaction(must_happen, "ring", f"member {number}", NOON)
    other = open_database(database.url)
    takers = [claimed(one) for _ in range(8) for one in (database, other)]
    rows = [row for row in await asyncio.gather(*takers) if row is not None]
    await other.close()
    assert len({row.id for row in rows}) == len(rows) == 12
    assert len({row.token for row in rows}) == 12


async def test_a_lease_that_ran_out_lets_another_worker_act(database: Database):
    await database.transaction(ring_rose)
    first = await claimed(database)
    await pass_time(database, seconds=LEASE_SECONDS)
    second = await claimed(database)
    assert (second.id, second.tries) == (first.id, 2)
    assert second.token != first.token


async def test_who_lost_the_lease_finishes_nothing(database: Database):
    await database.transaction(ring_rose)
    first = await claimed(database)
    await pass_time(database, seconds=LEASE_SECONDS)
    second = await claimed(database)
    assert not await database.transaction(done, first)
    assert not await database.transaction(put_off, first, "too slow", 5)
    assert await database.transaction(done, second)


async def test_what_is_done_is_done_for_ever(database: Database):
    await database.transaction(ring_rose)
    row = await claimed(database)
    assert await database.transaction(done, row)
    assert not await database.transaction(done, row)
    await pass_time(database, days=400)
    assert await claimed(database) is None
    assert not await database.transaction(ring_rose)


async def test_what_was_put_off_comes_back_after_that_time(database: Database):
    await database.transaction(ring_rose)
    await database.transaction(put_off, await claimed(database), "nobody answered", 90)
    assert await claimed(database) is None
    await pass_time(database, seconds=90)
    row = await claimed(database)
    assert (row.tries, row.trouble) == (2, "nobody answered")


async def test_trouble_of_any_length_is_kept(database: Database):
    await database.transaction(ring_rose)
    assert await database.transaction(put_off, await claimed(database), "busy " * 500, 1)
    assert len((await the_row(database)).trouble) == 200


async def test_what_is_late_is_counted_until_it_happens(database: Database):
    await database.transaction(lambda session: ring_rose(session, database_now(session)))
    assert await database.read(overdue, 60) == 0
    await pass_time(database, seconds=61)
    assert await database.read(overdue, 60) == 1
    await database.transaction(due.done, await claimed(database))
    assert await database.read(overdue, 60) == 0


async def test_what_is_put_off_again_and_again_counts_as_late(database: Database):
    await database.transaction(lambda session: ring_rose(session, database_now(session)))
    await database.transaction(put_off, await claimed(database), "away", 3600)
    await pass_time(database, seconds=61)
    assert await database.read(overdue, 60) == 1


async def test_a_lease_is_counted_by_the_databases_clock(database: Database):
    await database.transaction(ring_rose)
    row = await claimed(database)
    sooner = update(Due).values(next_try_at=later(0))
    await database.transaction(lambda session: session.execute(sooner).close())
    assert (await claimed(database)).token != row.token
