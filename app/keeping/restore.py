"""`hearthside restore`: a backup becomes a house again, in an empty folder or database.

1. Look: the passphrase opens the file, this release knows its shape, and nobody lives in the database.
2. The house's key files are put in place, and the database gets the shape it had.
3. All rows go in, in one transaction, and as many as the index says. From here the epoch says that it is not finished.
4. The database is brought to this release; the journal goes on in its new place, so that no line is lost.
5. In one transaction: what ended after the backup, by the journal, ends again; the audit log tells of the restore;
   the house gets a new epoch, so that tablets read everything afresh. Only now may people come in.
"""

import asyncio
import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select, update

from app.foundation import audit, journal, migrating
from app.foundation.audit import AuditHead
from app.foundation.beat import RESTORING, Beat, access_changed, begin_new_epoch, is_half_restored
from app.foundation.database import Session, open_database
from app.foundation.database.whole import read_whole, write_whole
from app.foundation.journal import Line
from app.foundation.tokens import write_down
from app.keeping import box, rows
from app.keeping.backup import key_files
from app.keeping.box import Unreadable
from app.keeping.checks import MADE
from app.keeping.ending_again import AGAIN, end_again
from app.people.models import Person
from app.settings import Settings

WITHOUT = (
    "Without it people who were erased come back, and cards, sign-ins and roles that ended since the backup are alive "
    "again. Name it with --journal, or say --without-journal."
)
BEFORE = timedelta(days=1)
"""What was noted longer than this before the backup is in it, whether or not its row was swept since."""


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: str
    people: int
    ended_again: Counter[str]


async def restore(settings: Settings, file: Path, passphrase: str, lines: list[Line]) -> Restored:
    """Put it back. Raises Unreadable with a sentence, before anything is changed or with nothing kept."""
    index = box.index_of(file)
    content = looked_into(file, passphrase)
    await asyncio.to_thread(settings.data_dir.mkdir, parents=True, exist_ok=True)
    await read_whole(settings.database, lambda connection: refuse_unless_empty(connection, index))
    content = put_keys(settings, content)
    await migrating.migrate(settings.database, index["revision"])
    await write_whole(settings.database, lambda connection: fill(connection, index, content))
    await migrating.migrate(settings.database)
    database = open_database(settings.database)
    try:
        journal.carry_on(settings.journal_path, lines)
        return await database.transaction(come_back, index, lines)
    finally:
        await database.close()


def journal_for(file: Path, journals: list[Path]) -> list[Line]:
    """What these journals say; one of them must have been there when the backup was made."""
    if missing := [one for one in journals if not one.exists()]:
        raise Unreadable(f"There is no journal at {missing[0]}. {WITHOUT}")
    lines = sorted((line for one in journals for line in journal.read(one)), key=journal.moment)
    if box.index_of(file)["id"] not in {line.id for line in lines}:
        raise Unreadable(f"This journal does not know of this backup: it is older, or another house's. {WITHOUT}")
    if strange := {line.what for line in lines} - {MADE, *AGAIN}:
        raise Unreadable(f"The journal is of a newer release, which knows of {min(strange)}. Upgrade first.")
    return lines


def looked_into(file: Path, passphrase: str) -> Iterator[Any]:
    """Its lines; the first piece is unsealed now, so that a wrong passphrase changes nothing."""
    lines = (json.loads(line) for line in box.opened(file, passphrase))
    return chain([next(lines)], lines)


def refuse_unless_empty(connection: Connection, index: dict[str, Any]) -> None:
    if not migrating.knows(index["revision"]):
        raise Unreadable(f"This backup is of release {index['release']}, which is newer than this one. Upgrade first.")
    found = set(inspect(connection).get_table_names())
    if not found:
        return
    if "people" not in found or migrating.revision_of(connection) != index["revision"]:
        raise Unreadable("There is something else in this database. Give an empty folder or database.")
    if is_half_restored(connection):
        raise Unreadable("A restore was cut short here. Give an empty folder or database, and start again.")
    people = connection.scalar(select(func.count()).select_from(Person.__table__))
    if people or connection.scalar(select(AuditHead.number)):
        raise Unreadable(f"There is a house here, with {people} people. Give an empty folder or database.")


def put_keys(settings: Settings, content: Iterator[Any]) -> Iterator[Any]:
    """Each key file takes its place, one that was there is kept beside it; the rows come after them."""
    places = key_files(settings)
    for line in content:
        if "key" not in line:
            return chain([line], content)
        put_key(places[line["key"]], b64decode(line["content"]))
    raise Unreadable("There is nothing in this backup.")


def put_key(path: Path, key: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_bytes() != key:
        path.rename(path.with_name(f"{path.name}-before-restore-{datetime.now():%Y%m%d%H%M%S}"))
    if not path.exists():
        write_down(path, key)


def fill(connection: Connection, index: dict[str, Any], content: Iterator[Any]) -> None:
    put = rows.load(connection, content)
    if put != index["tables"]:
        raise Unreadable("This backup does not hold what its index says. Use another one.")
    connection.execute(update(Beat.__table__).values(epoch=RESTORING))  # type: ignore[arg-type]


def come_back(session: Session, index: dict[str, Any], lines: list[Line]) -> Restored:
    """What ended since ends again, the log tells of it, and the house is open for a new epoch."""
    new = [line for line in lines if is_news(session, line, datetime.fromisoformat(index["made_at"]))]
    end_again(session, new)
    for line in new:
        journal.remember(session, line)
    head = session.get_one(AuditHead, 1)
    newest = max((line.audit for line in lines), default=[head.number, head.hash])
    audit.record(
        session, "system", "restore", backup=index["id"], made_at=index["made_at"],
        went_on_from=head.number, log_had_reached=newest[0], its_hash=newest[1],
    )  # fmt: skip
    access_changed(session)
    begin_new_epoch(session)
    people = session.scalar(select(func.count()).select_from(Person)) or 0
    return Restored(index["made_at"], people, Counter(line.what for line in new))


def is_news(session: Session, line: Line, made_at: datetime) -> bool:
    return line.what != MADE and journal.moment(line) > made_at - BEFORE and not journal.known(session, line)
