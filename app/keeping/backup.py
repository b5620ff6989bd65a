"""`hearthside backup`: all that a house is, as it was at one moment, in one sealed file.

1. One snapshot of the database is read while people go on writing; what was acknowledged before it is in it.
2. The rows and the house's key files go through the passphrase's lock into the file.
3. The file gets its name only when all of it is on the disk, and the journal tells that it was made.
"""

from base64 import b64encode
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from app.foundation import journal
from app.foundation.audit import AuditHead
from app.foundation.clock import now, spoken
from app.foundation.database.whole import read_whole
from app.foundation.journal import Line
from app.foundation.migrating import is_current, revision_of
from app.foundation.tokens import new_id
from app.keeping import box, rows
from app.keeping.box import Unreadable
from app.keeping.checks import MADE
from app.settings import Settings


async def back_up(settings: Settings, file: Path, passphrase: str) -> dict[str, Any]:
    """Make it, and give its index. Raises Unreadable with a sentence where it cannot be made."""

    def write(connection: Connection) -> dict[str, Any]:
        if file.exists():
            raise Unreadable(f"There is a file {file} already. A backup is never written over another.")
        index = index_of(connection)
        box.shut(file, index, passphrase, content(connection, settings))
        return index

    index = await read_whole(settings.database, write)
    journal.write(settings.journal_path, Line(index["id"], index["made_at"], MADE, "", {}, index["audit"]))
    return index


def index_of(connection: Connection) -> dict[str, Any]:
    """What the file says about itself to anybody: when, how many rows, how far the audit log. No names or words."""
    if not is_current(connection):
        raise Unreadable("The database is not at this release: run `hearthside migrate` first.")
    moment = connection.scalar(select(now()))
    head = connection.execute(select(AuditHead.number, AuditHead.hash)).one()
    return {
        "id": new_id(),
        "made_at": spoken(moment),  # type: ignore[arg-type]
        "release": version("hearthside"),
        "revision": revision_of(connection),
        "audit": list(head),
        "tables": rows.counts(connection, rows.tables_of(connection)),
    }


def content(connection: Connection, settings: Settings) -> Iterator[bytes]:
    for name, path in key_files(settings).items():
        if path.exists():
            yield rows.as_line({"key": name, "content": b64encode(path.read_bytes()).decode()})
    yield from rows.lines_of(connection, rows.tables_of(connection))


def key_files(settings: Settings) -> dict[str, Path]:
    """Without these no card lets anybody in, and what is sealed stays shut: they travel with the rows."""
    return {
        "secret": settings.secret_path,
        "sealing-keys": settings.sealing_path,
        "push-key": settings.push_key_path,
    }
