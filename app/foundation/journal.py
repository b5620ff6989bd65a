"""What must stay ended when an older backup is put back: people erased, cards, sign-ins and roles ended.

1. The verb that ends it calls `note` in its own transaction: a `due` row is there exactly if it ended.
2. The worker writes that row as one line at the end of a file beside the data, or on another disk.
3. `hearthside restore` reads the file, and ends again whatever the backup does not know of yet.

A line holds ids and never a name or a word. It may be written twice, and doing it twice changes nothing.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.foundation.audit import AuditHead
from app.foundation.clock import database_now, now, spoken
from app.foundation.database.session import Session
from app.foundation.due import Due, must_happen
from app.foundation.tokens import new_id

JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Line:
    """`audit` is the number and hash of the newest audit link when it was written."""

    id: str
    at: str
    what: str
    whom: str
    details: dict[str, Any]
    audit: list[Any]


def note(session: Session, what: str, whom: str, **details: Any) -> None:
    """Keep what has just ended, in the caller's transaction. `app/keeping/ending_again.py` names every `what`."""
    must_happen(session, JOURNAL, new_id(), database_now(session), ended=what, about=whom, more=details)


def line_of(session: Session, row: Due) -> Line:
    """What the file will say of it."""
    head = session.get_one(AuditHead, 1)
    said = row.details
    return Line(row.whom, spoken(row.due_at), said["ended"], said["about"], said["more"], [head.number, head.hash])


def known(session: Session, line: Line) -> bool:
    """Whether this database was there when it ended."""
    return session.scalar(select(Due.id).where(Due.what == JOURNAL, Due.whom == line.id)) is not None


def remember(session: Session, line: Line) -> None:
    """From now on this database knows it, and so does every backup made of it."""
    said = {"ended": line.what, "about": line.whom, "more": line.details}
    must_happen(session, JOURNAL, line.id, moment(line), **said)
    session.execute(update(Due).where(Due.what == JOURNAL, Due.whom == line.id).values(done_at=now()))


def write(file: Path, line: Line) -> None:
    """Append it and wait for the disk. A line that a crash cut short stays alone: the next begins anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(line), separators=(",", ":"))
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab", buffering=0) as target:
        target.write(f"\n{text}\n".encode())
        os.fsync(target.fileno())


def carry_on(file: Path, lines: list[Line]) -> None:
    """Let a journal have what others said, as it takes their place."""
    there = {line.id for line in read(file)} if file.exists() else set()
    for line in lines:
        if line.id not in there:
            write(file, line)


def read(file: Path) -> list[Line]:
    """Every whole line, by the time it happened."""
    lines = [_parsed(text) for text in file.read_text("utf-8", errors="replace").splitlines() if text.strip()]
    return sorted((line for line in lines if line), key=lambda line: line.at)


def moment(line: Line) -> datetime:
    return datetime.fromisoformat(line.at)


def _parsed(text: str) -> Line | None:
    try:
        return Line(**json.loads(text))
    except (ValueError, TypeError):
        return None
