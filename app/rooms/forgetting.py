"""Letting go of what was kept long enough. It knows no rights.

The rows are deleted, places and refs are never given again, and the room takes one version: whoever knew it before
reads it afresh (`entries.changes_since`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.foundation.database import Session
from app.rooms import entries
from app.rooms.models import Entry, ForgottenRef, Room, Waiting

AT_ONCE = 500


def forget_before(session: Session, room_id: str, moment: datetime) -> int:
    """Let go of what was said in a room before a moment, at most AT_ONCE entries. How many it were."""
    book = entries.lock(session, [room_id])[room_id]
    old = select(Entry.seq, Entry.author_id, Entry.ref, Entry.first_version).where(
        Entry.room_id == room_id, Entry.at < moment
    )
    rows = session.execute(old.order_by(Entry.seq).limit(AT_ONCE)).all()
    if rows:
        _keep_refs(session, room_id, rows)
        session.execute(delete(Entry).where(Entry.room_id == room_id, Entry.seq.in_([row.seq for row in rows])))
        counted = {"version": book.version + 1, "forgot_at_version": book.version + 1}
        session.execute(update(Room).where(Room.id == room_id).values(**counted))
    decided = (Waiting.room_id == room_id, Waiting.decided_at < moment, Waiting.text != "")
    session.execute(update(Waiting).where(*decided).values(text="", author_name=""))
    return len(rows)


def _keep_refs(session: Session, room_id: str, rows: Sequence[Any]) -> None:
    gone = [
        {"room_id": room_id, "author_id": author, "ref": ref, "seq": seq, "first_version": version}
        for seq, author, ref, version in rows
        if ref is not None
    ]
    if gone:
        session.execute(insert(ForgottenRef), gone)
