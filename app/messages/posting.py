"""Saying something. What waits while one commit is written goes into the next, together.

A batch: 1 lock the rooms, read counters · 2 read known refs and rights · 3 decide · 4 raise the counters by what
was let in · 5 insert. The batch holds plain words only; what needs more than its row is written alone after it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from app.foundation.database import Session
from app.foundation.words import clean
from app.messages.holding import hold
from app.messages.pace import Pace
from app.messages.refs import Fate, Key, Said, known
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_, Invalid, Muted, NotAllowed, NotFound, Problem, RoomClosed, TooLong
from app.rooms import entries
from app.rooms.finding import Supported, called
from app.rooms.models import Membership

LONGEST_TEXT = 4000
"""Code points, after NFC and trimming."""
WITHDREW = N_("You took back what you agreed to. You can read here, and join again when you like.")


@dataclass(slots=True)
class Words:
    """One person's words on their way into one room."""

    room_id: str
    person_id: str
    ref: str
    text: str
    reply_to: int | None = None
    no_limits: bool = False
    data: dict[str, Any] | None = None
    """What else the entry tells, such as who wrote it down on the telephone."""

    @property
    def key(self) -> Key:
        return self.room_id, self.person_id, self.ref


@dataclass(frozen=True, slots=True)
class Alone:
    """The batch leaves these words out: they need a transaction of their own."""


@dataclass(slots=True)
class Right:
    """What one person may say in one room, at the moment its row was locked."""

    name: str
    muted_until: datetime | None
    muted_why: str
    held: bool
    for_name: str | None = None
    for_id: str = ""
    withdrew_at: datetime | None = None

    @property
    def called(self) -> str:
        return called(self.name, self.for_name)


Answer = Fate | Problem | Alone

_RIGHTS = (
    select(
        Membership.room_id, Membership.person_id, Person.name,
        Membership.muted_until, Membership.muted_why, Membership.held, Supported.name, Membership.for_id,
        func.coalesce(Person.withdrew_at, Supported.withdrew_at),
    )
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(Supported, Supported.id == Membership.for_id)
    .where(
        Membership.room_id.in_(bindparam("rooms", expanding=True)),
        Membership.person_id.in_(bindparam("people", expanding=True)),
        Membership.removed_at.is_(None),
    )
)  # fmt: skip


def words_of(actor: Actor, room_id: str, ref: str, text: str, reply_to: int | None = None) -> Words:
    """What somebody wrote, cleaned and measured. Raises TooLong or Invalid."""
    text = clean(text)
    if not text:
        raise Invalid(N_("There are no words in it yet."))
    if len(text) > LONGEST_TEXT:
        raise TooLong()
    return Words(room_id, actor.id, ref, text, reply_to, actor.no_limits)


def post_batch(session: Session, batch: list[Words], pace: Pace) -> list[Answer]:
    """Let plain words into their rooms' books, in this order. One answer for each, at its place."""
    books, fates, rights = _what_is_known(session, batch)
    answers: list[Answer] = []
    let_in: dict[Key, int] = {}
    twins: dict[int, Key] = {}
    new: list[entries.NewEntry] = []
    for words in batch:
        if words.key in let_in:
            twins[len(answers)] = words.key
        answer = _decide(words, books, fates, rights, pace)
        if answer is None and words.key not in let_in:
            let_in[words.key] = len(new)
            right = rights[words.room_id, words.person_id]
            new.append(_entry(words, right, books[words.room_id]))
            twins[len(answers)] = words.key
        answers.append(answer or Alone())
    if new:
        places = entries.append(session, books, new)
        for index, key in twins.items():
            place = places[let_in[key]]
            answers[index] = Said(place.seq, place.version)
    return answers


def post_alone(session: Session, words: Words, pace: Pace) -> Answer:
    """One person's words that need more than their row: today, words that wait for a facilitator."""
    books, fates, rights = _what_is_known(session, [words])
    answer = _decide(words, books, fates, rights, pace)
    if not isinstance(answer, Alone):
        return answer or post_batch(session, [words], pace)[0]
    right = rights[words.room_id, words.person_id]
    return hold(
        session, words.room_id, words.person_id, right.called, words.ref, words.text, words.reply_to, words.data
    )  # fmt: skip


def _what_is_known(
    session: Session, batch: list[Words]
) -> tuple[dict[str, entries.Book], dict[Key, Fate], dict[tuple[str, str], Right]]:
    rooms, people = {words.room_id for words in batch}, {words.person_id for words in batch}
    books = entries.lock(session, list(rooms))
    fates = known(session, [words.ref for words in batch])
    rows = session.connection().execute(_RIGHTS, {"rooms": list(rooms), "people": list(people)})
    return books, fates, {(row[0], row[1]): Right(*row[2:]) for row in rows}


def _decide(
    words: Words,
    books: dict[str, entries.Book],
    fates: dict[Key, Fate],
    rights: dict[tuple[str, str], Right],
    pace: Pace,
) -> Answer | None:
    """None lets the words in. The order is the contract's: a known ref is answered before any limit."""
    book, right = books.get(words.room_id), rights.get((words.room_id, words.person_id))
    if book is None or right is None:
        return NotFound(N_("We cannot find that room."))
    if fate := fates.get(words.key):
        return fate
    if right.withdrew_at:
        return NotAllowed(WITHDREW)
    if right.muted_until and right.muted_until > book.now:
        return Muted(until=right.muted_until, reason=right.muted_why)
    if book.closed:
        return RoomClosed()
    if not words.no_limits and (problem := pace.too_fast(words.person_id, words.ref)):
        return problem
    return Alone() if right.held else None


def _entry(words: Words, right: Right, book: entries.Book) -> entries.NewEntry:
    reply_to = words.reply_to if words.reply_to and 0 < words.reply_to <= book.last_seq else None
    data = words.data
    if right.for_name:
        data = {**(data or {}), "for": {"id": right.for_id, "name": right.for_name}}
    entry = (words.room_id, words.person_id, right.called, words.text, words.ref, reply_to)
    return entries.NewEntry(*entry, data=data)
