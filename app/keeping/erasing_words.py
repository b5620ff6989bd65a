"""One room's book without the words and the name of somebody who is erased. A few entries at a time."""

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, or_, select, update

from app.foundation.beat import access_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.people.models import Person
from app.problems import N_
from app.rooms import entries
from app.rooms.entries import Book
from app.rooms.models import Entry, Membership, Room, Waiting
from app.wording import say

SOMEBODY = N_("Somebody who left")
AT_ONCE = 50


def rooms_with(session: Session, person_id: str) -> list[str]:
    """Every room in whose book, or among whose people, something of them stands."""
    belongs = or_(Membership.person_id == person_id, Membership.for_id == person_id)
    found = {
        *session.scalars(select(Entry.room_id).where(_touched(person_id)).distinct()),
        *session.scalars(select(Waiting.room_id).where(_waited(person_id))),
        *session.scalars(select(Membership.room_id).where(belongs)),
    }
    return sorted(found)


def erase_some(session: Session, room_id: str, person_id: str, name: str, supporters: list[str]) -> bool:
    """Empty the next few entries, each with a version of its own. False when nothing of them is left in this room."""
    book = entries.lock(session, [room_id])[room_id]
    room = session.get_one(Room, room_id)
    left = say(SOMEBODY, room.languages[0])
    mine = (Entry.author_id == person_id) | _typed_for(name, supporters)
    theirs = select(Entry).where(Entry.room_id == room_id, mine, Entry.erased_at.is_(None)).order_by(Entry.seq)
    found = list(session.scalars(theirs.limit(AT_ONCE)))
    for entry in found:
        _empty(session, book, entry, left if entry.author_id == person_id else _name(session, entry.author_id))
    if len(found) < AT_ONCE:
        found += _forget_mentions(session, book, person_id, left, AT_ONCE - len(found))
    if found:
        return True
    _forget_waiting(session, room_id, person_id, name, supporters, left)
    _leave(session, room, person_id, name, left)
    return False


def _touched(person_id: str) -> ColumnElement[bool]:
    unerased = (Entry.author_id == person_id) & Entry.erased_at.is_(None)
    return unerased | _mentioned(person_id)


def _mentioned(person_id: str) -> ColumnElement[bool]:
    return or_(cast(Entry.reactions, Text).contains(person_id), cast(Entry.data, Text).contains(person_id))


def _waited(person_id: str) -> ColumnElement[bool]:
    return or_(Waiting.author_id == person_id, cast(Waiting.data, Text).contains(person_id))


def _typed_for(name: str, supporters: list[str]) -> ColumnElement[bool]:
    """What somebody typed for them, as "Mei, for Rose"."""
    return Entry.author_id.in_(supporters) & Entry.author_name.contains(name, autoescape=True)


def _empty(session: Session, book: Book, entry: Entry, author_name: str) -> None:
    gone: dict[str, Any] = {
        "text": "", "author_name": author_name, "reactions": {}, "data": None, "erased_at": book.now,
        "removed_at": entry.removed_at or book.now, "removed_by": entry.author_id, "removed_why": None,
    }  # fmt: skip
    entries.change(session, book, entry.seq, hides=True, **gone)


def _forget_mentions(session: Session, book: Book, person_id: str, left: str, most: int) -> list[Entry]:
    """Their answers in phrases to others, and their name on what they typed for others."""
    query = select(Entry).where(Entry.room_id == book.room_id, _mentioned(person_id)).order_by(Entry.seq).limit(most)
    found = list(session.scalars(query))
    for entry in found:
        kept = {key: [who for who in people if who != person_id] for key, people in entry.reactions.items()}
        reactions = {key: people for key, people in kept.items() if people}
        entries.change(session, book, entry.seq, reactions=reactions, data=_without(entry.data, person_id, left))
    return found


def _without(data: Any, person_id: str, left: str) -> Any:
    """What an entry tells beside its words, with somebody else where it named them."""
    if not isinstance(data, dict):
        return None if data == person_id else data
    if data.get("id") == person_id:
        return {**data, "id": "", "name": left}
    return {key: _without(value, person_id, left) for key, value in data.items()}


def _forget_waiting(
    session: Session, room_id: str, person_id: str, name: str, supporters: list[str], left: str
) -> None:
    """What they wrote and a facilitator read first, what was typed for them, and their name on what others wrote."""
    typed = Waiting.author_id.in_(supporters) & Waiting.author_name.contains(name, autoescape=True)
    words = update(Waiting).where(Waiting.room_id == room_id, (Waiting.author_id == person_id) | typed)
    waiting = words.where(Waiting.state == "waiting")
    session.execute(waiting.values(state="withdrawn", decided_at=now(), decided_by=person_id))
    session.execute(words.values(text="", author_name=left, data=None))
    named = select(Waiting).where(Waiting.room_id == room_id, cast(Waiting.data, Text).contains(person_id))
    for one in session.scalars(named):
        one.data = _without(one.data, person_id, left)


def _leave(session: Session, room: Room, person_id: str, name: str, left: str) -> None:
    belongs = or_(Membership.person_id == person_id, Membership.for_id == person_id)
    session.execute(delete(Membership).where(Membership.room_id == room.id, belongs))
    if room.kind in ("pair", "help"):
        room.title = room.title.replace(name, left)[:80]
    access_changed(session)


def _name(session: Session, person_id: str) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""
