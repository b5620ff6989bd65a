"""Durable before seen: what a verb announces is published after its commit, and never without one."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.util import await_only

from app.foundation.beat import Beat
from app.foundation.database import Database, Session, open_database
from app.foundation.database.postgres import PostgresEngine
from app.people.models import Site
from app.problems import NotFound, TryAgain
from tests.support.databases import Stores, remember
from tests.support.postgres import Postgres


def rename(session: Session, name: str) -> str:
    session.execute(update(Site).values(name=name))
    session.announce(f"the house is called {name}")
    return name


def name_of(session: Session) -> str:
    return session.scalars(select(Site.name)).one()


async def test_a_transaction_answers_what_its_verb_answers(database: Database):
    assert await database.transaction(rename, "Oak House") == "Oak House"
    assert await database.read(name_of) == "Oak House"


async def test_news_is_published_when_everybody_else_can_see_its_cause(database: Database):
    other = open_database(database.url)
    seen: list[str] = []

    async def publish(announcements: list[Any]) -> None:
        seen.append(await other.read(name_of))

    database.publish = publish
    await database.transaction(rename, "Oak House")
    await other.close()
    assert seen == ["Oak House"]


async def test_nothing_is_published_of_what_is_not_kept(database: Database):
    published = remember(database)

    def think_again(session: Session) -> None:
        rename(session, "Oak House")
        raise NotFound()

    with pytest.raises(NotFound):
        await database.transaction(think_again)
    assert published == []
    assert await database.read(name_of) == "Hearthside"


async def test_nothing_is_published_when_the_commit_itself_fails(database: Database):
    published = remember(database)

    def break_a_rule(session: Session) -> None:
        rename(session, "Oak House")
        session.add(Site(id=1, name="A second one"))

    with pytest.raises(IntegrityError):
        await database.transaction(break_a_rule)
    assert published == []
    assert await database.read(name_of) == "Hearthside"


async def test_news_keeps_the_order_in_which_it_was_announced(database: Database):
    published = remember(database)

    def rename_twice(session: Session) -> None:
        rename(session, "Oak House")
        rename(session, "Elm House")

    await database.transaction(rename_twice)
    assert published == ["the house is called Oak House", "the house is called Elm House"]


async def test_what_a_reader_changes_is_thrown_away(database: Database):
    published = remember(database)
    await database.read(lambda session: session.scalar(select(Site)))
    await database.read(lambda session: session.announce("nothing"))
    assert published == []


async def test_a_reader_sees_one_moment_however_long_it_reads(database: Database):
    other = open_database(database.url)
    loop = asyncio.get_running_loop()

    def look_twice(session: Session) -> tuple[str, str]:
        before = name_of(session)
        if database.url.startswith("sqlite"):
            asyncio.run_coroutine_threadsafe(other.transaction(rename, "Oak House"), loop).result(30)
        else:
            await_only(other.transaction(rename, "Oak House"))
        session.expire_all()
        return before, name_of(session)

    assert await database.read(look_twice) == ("Hearthside", "Hearthside")
    assert await database.read(name_of) == "Oak House"
    await other.close()


async def test_many_at_once_lose_no_update(database: Database):
    def count(session: Session) -> None:
        site = session.get_one(Site, 1, with_for_update=True)
        site.name = str(int(site.name) + 1)

    await database.transaction(rename, "0")
    await asyncio.gather(*(database.transaction(count) for _ in range(20)))
    assert await database.read(name_of) == "20"


async def test_two_that_wait_for_each_other_are_both_done(stores: Stores):
    """PostgreSQL ends a deadlock by refusing one; what was refused is run again and nobody hears of it."""
    database = open_database((await stores.empty("postgresql")).url)
    published = remember(database)
    has_one, has_other = asyncio.Event(), asyncio.Event()

    def take_both(session: Session, first: type, mine: asyncio.Event, second: type, theirs: asyncio.Event) -> None:
        session.get_one(first, 1, with_for_update=True, populate_existing=True)
        session.announce(first.__name__)
        mine.set()
        await_only(theirs.wait())
        session.get_one(second, 1, with_for_update=True, populate_existing=True)

    await asyncio.gather(
        database.transaction(take_both, Site, has_one, Beat, has_other),
        database.transaction(take_both, Beat, has_other, Site, has_one),
    )
    await database.close()
    assert sorted(published) == ["Beat", "Site"]


async def test_a_database_that_is_not_there_says_try_again():
    database = open_database("postgresql+asyncpg://postgres@127.0.0.1:1/nowhere")
    with pytest.raises(TryAgain) as trouble:
        await database.transaction(rename, "Oak House")
    assert trouble.value.retry_after_ms
    with pytest.raises(TryAgain):
        await database.read(name_of)
    await database.close()


async def test_every_connection_to_postgresql_waits_until_its_commit_is_safe(stores):
    store = await stores.empty("postgresql")
    database = open_database(store.url)
    shown = await database.read(lambda session: session.execute(text("SHOW synchronous_commit")).scalar())
    isolation = await database.read(lambda session: session.execute(text("SHOW transaction_isolation")).scalar())
    await database.close()
    assert (shown, isolation) == ("on", "repeatable read")


async def test_who_is_stopped_in_the_midst_of_a_transaction_lets_go_of_what_it_holds(stores):
    database = open_database((await stores.empty("postgresql")).url)
    name = "idle_in_transaction_session_timeout"
    shown = await database.read(lambda session: session.execute(text(f"SHOW {name}")).scalar())
    await database.close()
    assert shown == "15s"


async def test_a_commit_that_was_cut_off_says_try_again_and_the_next_one_works():
    postgres = await Postgres.start()
    try:
        url = (await postgres.create_database()).replace("postgresql", "postgresql+asyncpg", 1)
        database = open_database(url)
        assert isinstance(database.engine, PostgresEngine)
        await database.transaction(lambda session: session.execute(text("CREATE TABLE kept (n int)")).close())

        def crash_in_the_middle(session: Session) -> None:
            session.execute(text("INSERT INTO kept VALUES (1)"))
            postgres.crash()
            session.execute(text("INSERT INTO kept VALUES (2)"))

        with pytest.raises(TryAgain):
            await database.transaction(crash_in_the_middle)
        with pytest.raises(TryAgain):
            await database.transaction(lambda session: session.execute(text("INSERT INTO kept VALUES (3)")).close())
        await postgres.restart()
        await database.transaction(lambda session: session.execute(text("INSERT INTO kept VALUES (4)")).close())
        kept = await database.read(lambda session: session.scalars(text("SELECT n FROM kept")).all())
        assert kept == [4]
        await database.close()
    finally:
        postgres.close()
