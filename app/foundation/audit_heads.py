"""The newest link's number and hash, kept outside the database once a day: a log that was cut off shows.

Whoever can write the database file can also write a shorter log with a head that fits it. They cannot reach a line
that was written elsewhere before. A line holds a time, a number and a hash: nothing of what anybody did.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.foundation.audit import AuditHead, AuditLink
from app.foundation.clock import database_now, spoken
from app.foundation.database.session import Session


@dataclass(frozen=True, slots=True)
class Head:
    at: str
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.at} {self.number} {self.hash}"


def present_head(session: Session) -> Head:
    head = session.get_one(AuditHead, 1)
    return Head(spoken(database_now(session)), head.number, head.hash)


def write(file: Path, head: Head) -> None:
    """Append one line and wait for the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab", buffering=0) as target:
        target.write(f"\n{head}\n".encode())
        os.fsync(target.fileno())


def read(file: Path) -> list[Head]:
    """Every whole line, none where there is no file yet. A line that a crash cut short stays alone."""
    if not file.exists():
        return []
    words = [line.split() for line in file.read_text("utf-8", errors="replace").splitlines()]
    return [Head(one[0], int(one[1]), one[2]) for one in words if len(one) == 3 and one[1].isdecimal()]


def first_missing(session: Session, heads: Iterable[Head]) -> Head | None:
    """The first of these heads that the log does not hold (any more)."""
    known = {head.number: head for head in heads}
    found = select(AuditLink.number, AuditLink.hash).where(AuditLink.number.in_(known))
    kept = {number: hash for number, hash in session.execute(found)}
    lost = [head for number, head in known.items() if number and kept.get(number) != head.hash]
    return min(lost, key=lambda head: head.number, default=None)
