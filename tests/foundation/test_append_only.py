"""The database itself refuses to change the log of staff acts: tried as the application's own role, on both."""

import asyncpg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.foundation.audit import AuditLink, first_broken_link, record
from app.foundation.database import Database, Session, open_database
from tests.support.databases import Stores

CHANGES = {
    "a reason": "UPDATE audit SET details = '{}' WHERE number = 2",
    "a hash": "UPDATE audit SET hash = 'x'",
    "its order": "UPDATE audit SET number = number + 10",
    "one link": "DELETE FROM audit WHERE number = 2",
    "the tail": "DELETE FROM audit WHERE number >= 2",
    "all of it": "DELETE FROM audit",
    "the head": "DELETE FROM audit_head",
    "back": "UPDATE audit_head SET number = 1",
    "to another hash": "UPDATE audit_head SET hash = 'x'",
    "to another row": "UPDATE audit_head SET id = 2, number = 9",
    "a second head": "INSERT INTO audit_head (id, number, hash) VALUES (2, 0, 'x')",
}
REPLACE = (
    "INSERT OR REPLACE INTO audit SELECT number, at, 'gil', did, whom, place, details, hash FROM audit "
    "WHERE number = 2",
    "REPLACE INTO audit_head (id, number, hash) VALUES (1, 0, 'x')",
)
ON_POSTGRES = (
    "TRUNCATE audit",
    "TRUNCATE audit_head",
    "ALTER TABLE audit DISABLE TRIGGER USER",
    "ALTER TABLE audit DISABLE TRIGGER audit_is_not_changed",
    "DROP TRIGGER audit_is_not_changed ON audit",
    "DROP TABLE audit",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION refuse_to_change_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; END $$",
    "INSERT INTO audit SELECT number, at, 'gil', did, whom, place, details, hash FROM audit WHERE number = 2 "
    "ON CONFLICT (number) DO UPDATE SET who = 'gil'",
)
ADDED = (
    "UPDATE audit_head SET number = number + 5",
    "INSERT INTO audit SELECT 4, at, 'gil', did, whom, place, details, hash FROM audit WHERE number = 3",
)
LEAST_RIGHTS = (
    "CREATE ROLE hearthside_app LOGIN",
    "GRANT USAGE ON SCHEMA public TO hearthside_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO hearthside_app",
    "REVOKE UPDATE, DELETE ON audit FROM hearthside_app",
    "REVOKE INSERT, DELETE ON audit_head FROM hearthside_app",
)
"""As docs/deploy.md says it: the house's role owns no table."""


def keep_three(session: Session) -> None:
    for number in range(3):
        record(session, "fay", "mute", whom="ken", place="monday", seq=number)


def who(session: Session) -> list[str]:
    return list(session.scalars(select(AuditLink.who).order_by(AuditLink.number)))


async def refused(database: Database, statement: str) -> None:
    """It is not done, and the log is as it was."""
    before = await database.read(who)
    with pytest.raises(DBAPIError):
        await database.transaction(lambda session: session.execute(text(statement)).close())
    assert await database.read(who) == before
    assert await database.read(first_broken_link) is None


@pytest.mark.parametrize("what", CHANGES)
async def test_nobody_changes_deletes_or_cuts(database: Database, what: str):
    await database.transaction(keep_three)
    await refused(database, CHANGES[what])


async def test_on_sqlite_nothing_is_replaced_either(stores: Stores, tmp_path):
    database = open_database(await (await stores.empty("sqlite")).fresh(tmp_path))
    await database.transaction(keep_three)
    for statement in REPLACE:
        await refused(database, statement)
    await database.close()


@pytest.mark.parametrize("statement", ADDED)
async def test_what_can_only_be_added_wrongly_is_found_out(database: Database, statement: str):
    await database.transaction(keep_three)
    await database.transaction(lambda session: session.execute(text(statement)).close())
    assert await database.read(first_broken_link) == 4


async def test_the_log_goes_on_after_every_refusal(database: Database):
    await database.transaction(keep_three)
    await refused(database, CHANGES["all of it"])
    await database.transaction(keep_three)
    assert await database.read(who) == ["fay"] * 6
    assert await database.read(first_broken_link) is None


@pytest.fixture
async def least(stores: Stores):
    """PostgreSQL as a role that owns no table: what a house in production should use."""
    url = (await stores.empty("postgresql")).url
    plain = url.replace("+asyncpg", "")
    owner = await asyncpg.connect(plain)
    for statement in LEAST_RIGHTS:
        await owner.execute(statement)
    database = open_database(url.replace("postgres@", "hearthside_app@"))
    yield database
    await database.close()
    await owner.execute("DROP OWNED BY hearthside_app")
    await owner.execute("DROP ROLE hearthside_app")
    await owner.close()


async def test_the_houses_own_role_can_do_nothing_else_to_it_on_postgresql(least: Database):
    await least.transaction(keep_three)
    for statement in (*CHANGES.values(), *ON_POSTGRES):
        await refused(least, statement)
    await least.transaction(keep_three)
    assert await least.read(first_broken_link) is None
