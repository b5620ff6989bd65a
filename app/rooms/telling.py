"""An entry as everyone in the room is told it: the body of an `entry` frame. Removed words are left out here."""

from collections.abc import Mapping
from typing import Any

from app.foundation.clock import spoken
from app.rooms.models import Entry

TOLD = (
    Entry.room_id, Entry.seq, Entry.version, Entry.kind, Entry.author_id, Entry.author_name, Entry.text,
    Entry.at, Entry.ref, Entry.reply_to, Entry.reactions, Entry.data, Entry.removed_at,
    Entry.removed_by, Entry.covered_at, Entry.erased_at,
)  # fmt: skip


def told(row: Any) -> dict[str, Any]:
    """For a row of the columns in TOLD."""
    return as_told(row._mapping)


def as_told(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same for an entry that is only about to be stored: what it has no value for yet may be left out."""
    covered = row.get("removed_at") is None and row.get("covered_at") is not None
    removed = row.get("removed_at") is not None or covered
    body = {
        "type": "entry",
        "room": row["room_id"],
        "seq": row["seq"],
        "version": row["version"],
        "kind": row["kind"],
        "author": {"id": row["author_id"], "name": row["author_name"]},
        "text": None if removed else row["text"],
        "at": spoken(row["at"]),
        "reactions": {} if removed else row.get("reactions") or {},
    }
    for name in ("ref", "reply_to", "data"):
        if row.get(name) is not None:
            body[name] = row[name]
    if removed:
        body["state"] = "removed"
        body["removed_by"] = "author" if row.get("removed_by") == row["author_id"] else "facilitator"
    if covered:
        body["covered"] = True
    if row.get("erased_at") is not None:
        body["erased"] = True
    return body
