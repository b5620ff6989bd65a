"""The life of a ref: what became of words that were sent before. Looked up before any limit."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, literal, null, select, union_all

from app.foundation.database import Session
from app.problems import N_
from app.rooms.models import Entry, ForgottenRef, Waiting

WHY_SENTENCES = {"review": N_("A facilitator reads this first. The room does not see it yet.")}


@dataclass(frozen=True, slots=True)
class Said:
    """In the book, for ever at this place."""

    seq: int
    version: int


@dataclass(frozen=True, slots=True)
class Held:
    """Stored and waiting for a person."""

    waiting: str
    why: str

    @property
    def sentence(self) -> str:
        return WHY_SENTENCES[self.why]


@dataclass(frozen=True, slots=True)
class SentBack:
    """Declined by a facilitator or withdrawn by its author: the room never sees it."""


Fate = Said | Held | SentBack
Key = tuple[str, str, str]
"""(room, author, ref)"""

_KNOWN: CompoundSelect[Any] = union_all(
    select(
        Entry.room_id, Entry.author_id, Entry.ref, Entry.seq, Entry.first_version,
        null().label("waiting"), literal("").label("why"), literal("said").label("state"),
    ).where(Entry.ref.in_(bindparam("refs", expanding=True))),
    select(
        Waiting.room_id, Waiting.author_id, Waiting.ref, literal(0), literal(0),
        Waiting.id, Waiting.why, Waiting.state,
    ).where(Waiting.ref.in_(bindparam("refs", expanding=True)), Waiting.state != "released"),
    select(
        ForgottenRef.room_id, ForgottenRef.author_id, ForgottenRef.ref, ForgottenRef.seq, ForgottenRef.first_version,
        null(), literal(""), literal("said"),
    ).where(ForgottenRef.ref.in_(bindparam("refs", expanding=True))),
)  # fmt: skip


def known(session: Session, refs: list[str]) -> dict[Key, Fate]:
    """What became of each of these refs, by room and author."""
    fates: dict[Key, Fate] = {}
    for room, author, ref, seq, version, waiting, why, state in session.connection().execute(_KNOWN, {"refs": refs}):
        if state == "said":
            fates[room, author, ref] = Said(seq, version)
        elif state == "waiting":
            fates[room, author, ref] = Held(waiting, why)
        else:
            fates[room, author, ref] = SentBack()
    return fates
