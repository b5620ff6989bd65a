"""A room's book: places and versions, append, change, and what changed since. It knows no rights and no screens.

1. `lock` the rooms' rows, in the order of their ids; from here on nobody else moves their counters.
2. decide what goes in.
3. `append` or `change`: counters, rows and announcements together.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.foundation.announcements import Change
from app.foundation.clock import now
from app.foundation.database import Session
from app.rooms.models import Entry, Room
from app.rooms.telling import TOLD, as_told, told

MOST_CHANGES = 500
MOST_BYTES = 256 * 1024
PAGE = 50
MOST_ON_A_PAGE = 200


@dataclass(slots=True)
class Book:
    """A locked room: its counters, and the database's time when it was locked."""

    room_id: str
    last_seq: int
    version: int
    kind: str
    closed: bool
    paused: bool
    now: datetime


@dataclass(slots=True)
class NewEntry:
    """What goes into the book. A notice has no ref; its words are in the room's language, its facts in `data`."""

    room_id: str
    author_id: str
    author_name: str
    text: str
    ref: str | None = None
    reply_to: int | None = None
    kind: str = "message"
    data: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    seq: int
    version: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Entries as told, the room's version they belong to, and whether there is more before them."""

    version: int
    entries: list[dict[str, Any]]
    more: bool
    reset: bool = False


_LOCK = (
    select(Room.id, Room.last_seq, Room.version, Room.kind, Room.closed_at, Room.paused_at, now())
    .where(Room.id.in_(bindparam("ids", expanding=True)))
    .order_by(Room.id)
    .with_for_update()
)
_COUNT = (
    update(Room.__table__)  # type: ignore[arg-type]
    .where(Room.__table__.c.id == bindparam("room"))
    .values(last_seq=bindparam("seq"), version=bindparam("to"))
)
_INSERT = insert(Entry.__table__)  # type: ignore[arg-type]


def lock(session: Session, room_ids: list[str]) -> dict[str, Book]:
    """Lock these rooms, in one order for all; rooms that do not exist are not in the answer."""
    rows = session.connection().execute(_LOCK, {"ids": sorted(set(room_ids))})
    return {
        row[0]: Book(row[0], row[1], row[2], row[3], row[4] is not None, row[5] is not None, row[6]) for row in rows
    }


def append(session: Session, books: dict[str, Book], new: list[NewEntry]) -> list[Place]:
    """Put entries into their locked books, in this order, and announce them."""
    places, rows = [], []
    for entry in new:
        book = books[entry.room_id]
        book.last_seq += 1
        book.version += 1
        places.append(Place(book.last_seq, book.version))
        row = {
            "room_id": entry.room_id, "seq": book.last_seq, "version": book.version,
            "first_version": book.version, "kind": entry.kind, "author_id": entry.author_id,
            "author_name": entry.author_name, "text": entry.text, "at": book.now, "ref": entry.ref,
            "reply_to": entry.reply_to, "data": entry.data,
        }  # fmt: skip
        rows.append(row)
        session.announce(Change(entry.room_id, book.version, as_told(row)))
    _count(session, [books[room_id] for room_id in {entry.room_id for entry in new}])
    session.connection().execute(_INSERT, rows)
    return places


def append_one(session: Session, entry: NewEntry) -> Place:
    """Lock one room and put one entry into its book."""
    return append(session, lock(session, [entry.room_id]), [entry])[0]


def change(session: Session, book: Book, seq: int, *, hides: bool = False, **values: Any) -> Place:
    """Change one entry of a locked book: it takes the next version, keeps its place, and is announced."""
    book.version += 1
    where = (Entry.room_id == book.room_id, Entry.seq == seq)
    session.execute(update(Entry).where(*where).values(version=book.version, **values))
    _count(session, [book])
    row = session.execute(select(*TOLD).where(*where)).one()
    session.announce(Change(book.room_id, book.version, told(row), hides))
    return Place(seq, book.version)


def tell_again(session: Session, room_id: str, seq: int) -> None:
    """Announce a removed entry once more: a process that answers for another's removal must know of it."""
    row = session.execute(select(*TOLD).where(Entry.room_id == room_id, Entry.seq == seq)).one()
    session.announce(Change(room_id, row.version, told(row), hides=True))


def newest(session: Session, room_id: str, *, before: int | None = None, limit: int = PAGE) -> Pages:
    """The newest entries before a place, oldest first, as many as fit 256 KiB."""
    version = session.scalar(select(Room.version).where(Room.id == room_id)) or 0
    query = select(*TOLD).where(Entry.room_id == room_id).order_by(Entry.seq.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(Entry.seq < before)
    rows = session.execute(query).all()
    entries = _that_fit([told(row) for row in rows[:limit]])
    return Pages(version, entries[::-1], more=len(rows) > len(entries))


def changes_since(session: Session, room_id: str, after: int) -> Pages:
    """Every entry that changed after a version, by version; or a fresh start where that is too much to tell.

    First load, gap, reconnect and refocus all ask this.
    """
    counters = session.execute(select(Room.version, Room.forgot_at_version).where(Room.id == room_id)).first()
    version, forgot = counters or (0, 0)
    query = (
        select(*TOLD)
        .where(Entry.room_id == room_id, Entry.version > after)
        .order_by(Entry.version)
        .limit(MOST_CHANGES + 1)
    )
    entries = [told(row) for row in session.execute(query)]
    if forgot <= after <= version and len(entries) <= MOST_CHANGES and len(_that_fit(entries)) == len(entries):
        return Pages(version, entries, more=False)
    return start_afresh(session, room_id)


def start_afresh(session: Session, room_id: str) -> Pages:
    """The newest page, with the word to forget what was known of the room."""
    pages = newest(session, room_id)
    return Pages(pages.version, pages.entries, more=True, reset=True)


def _count(session: Session, books: list[Book]) -> None:
    in_order = sorted(books, key=lambda book: book.room_id)
    counters = [{"room": book.room_id, "seq": book.last_seq, "to": book.version} for book in in_order]
    session.connection().execute(_COUNT, counters)


def _that_fit(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    total = 0
    for count, entry in enumerate(entries):
        total += len(json.dumps(entry, ensure_ascii=False).encode())
        if total > MOST_BYTES:
            return entries[:count]
    return entries
