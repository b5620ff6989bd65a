import asyncpg

from tests.support.houses import Houses
from tests.support.postgres import Postgres


async def test_each_database_is_new_and_every_commit_reaches_the_disk(houses: Houses):
    postgres = await houses.postgres()
    first, second = await postgres.create_database(), await postgres.create_database()
    assert first != second
    connection = await asyncpg.connect(first)
    settings = [await connection.fetchval(f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
    await connection.close()
    assert settings == ["on", "on"]


async def test_a_crashed_server_comes_back_with_what_was_committed():
    postgres = await Postgres.start()
    try:
        url = await postgres.create_database()
        connection = await asyncpg.connect(url)
        await connection.execute("CREATE TABLE words AS SELECT 'kept' AS text")
        postgres.crash()
        connection.terminate()
        await postgres.restart()
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT text FROM words") == "kept"
        await connection.close()
    finally:
        postgres.close()
