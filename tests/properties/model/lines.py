"""One room's book as it should be: every state that every entry ever had."""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.properties.store import Deed

Line = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    seq: int
    version: int
    first_version: int
    author: str
    ref: str
    text: str
    reply_to: int | None
    released: bool
    said_at: int
    reactions: tuple[tuple[str, str], ...] = ()
    removed_by: str | None = None
    removed_at: int = 0

    def told(self) -> Line:
        """What a frame about it says, apart from times and names."""
        told: Line = {
            "kind": "message", "seq": self.seq, "version": self.version, "author": self.author,
            "text": None if self.removed_by else self.text, "ref": self.ref, "reply_to": self.reply_to,
            "reactions": {}, "state": "removed" if self.removed_by else None, "released": self.released,
        }  # fmt: skip
        if not self.removed_by:
            for phrase, person in self.reactions:
                told["reactions"].setdefault(phrase, []).append(person)
        return told


def heard(frame: Line) -> Line:
    """A frame's entry, in the same words."""
    return {
        "kind": frame["kind"], "seq": frame["seq"], "version": frame["version"], "author": frame["author"]["id"],
        "text": frame["text"], "ref": frame["ref"], "reply_to": frame.get("reply_to"),
        "reactions": frame["reactions"], "state": frame.get("state"),
        "released": "written_at" in frame.get("data", {}),
    }  # fmt: skip


@dataclass
class Place:
    """One person in the room. `removal` counts the deed that put them out."""

    held: bool = False
    muted_until: int = 0
    removal: int | None = None


@dataclass
class Waiting:
    id: str
    author: str
    ref: str
    text: str
    reply_to: int | None
    state: str = "waiting"


@dataclass
class Room:
    id: str
    people: dict[str, Place]
    states: list[Entry] = field(default_factory=list)
    """The state that each version brought: version V is at V - 1."""
    made_by: list[Deed] = field(default_factory=list)
    """The deed that brought each version."""
    entries: list[Entry] = field(default_factory=list)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    by_ref: dict[tuple[str, str], Entry | Waiting] = field(default_factory=dict)
    """(author, ref) → the first state of the entry, or what waits."""
    hidden: dict[int, int] = field(default_factory=dict)
    """seq → the deed that removed it, while it is removed."""

    def append(self, **about: Any) -> Entry:
        place, version = len(self.entries) + 1, len(self.states) + 1
        entry = Entry(seq=place, version=version, first_version=version, **about)
        self.states.append(entry)
        self.entries.append(entry)
        self.by_ref[entry.author, entry.ref] = entry
        return entry

    def change(self, seq: int, **differences: Any) -> Entry:
        entry = replace(self.entries[seq - 1], version=len(self.states) + 1, **differences)
        self.states.append(entry)
        self.entries[seq - 1] = entry
        return entry

    def entry(self, seq: int) -> Entry | None:
        return self.entries[seq - 1] if 0 < seq <= len(self.entries) else None

    def as_of(self, version: int) -> dict[int, Entry]:
        """Every entry as it stood at a version."""
        return {entry.seq: entry for entry in self.states[:version]}

    def changed_since(self, version: int, until: int) -> list[int]:
        return sorted({entry.seq for entry in self.states[version:until]})
