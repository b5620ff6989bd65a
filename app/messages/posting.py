"""Saying something. What waits while one commit is written goes into the next, together.

A batch: 1 lock the rooms, read counters · 2 read known refs and rights · 3 decide · 4 raise the counters by what
was let in · 5 insert. The batch holds plain words only; what needs more than its row is written alone after it.
"""

from dataclasses import dataclass
from typing import Any

from app.crisis.answering import wrote_in_help_room
from app.crisis.lines import EVERY_LINE, Lines
from app.crisis.screening import Screened, worry_in
from app.crisis.worrying import worry
from app.foundation.database import Session
from app.foundation.words import clean
from app.messages.holding import hold
from app.messages.pace import Pace
from app.messages.refs import Fate, Held, Key, Said, SentBack, known
from app.messages.rights import Right, rights_of
from app.people.actors import Actor
from app.problems import N_, Invalid, Muted, NotAllowed, NotFound, Problem, RoomClosed, RoomPaused, TooFast, TooLong
from app.rooms import entries

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
    worry: Screened | None = None
    """What the screen found in them, whatever becomes of them."""
    refused: Problem | None = None
    """Why they cannot be let in, known before anything was asked."""

    @property
    def key(self) -> Key:
        return self.room_id, self.person_id, self.ref


@dataclass(frozen=True, slots=True)
class Alone:
    """The batch leaves these words out: they need a transaction of their own."""


Answer = Fate | Problem | Alone


def words_of(actor: Actor, room_id: str, ref: str, text: str, reply_to: int | None = None) -> Words:
    """What somebody wrote, cleaned, measured and read by the screen. Raises Invalid where there is nothing."""
    text = clean(text)
    if not text:
        raise Invalid(N_("There are no words in it yet."))
    refused = TooLong() if len(text) > LONGEST_TEXT else None
    worry = worry_in(text[: LONGEST_TEXT + LONGEST_TEXT])
    return Words(room_id, actor.id, ref, text, reply_to, actor.no_limits, worry=worry, refused=refused)


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
        if (words.worry or _to_help(books, words)) and _is_new(answer):
            answer = Alone()
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


def post_alone(session: Session, words: Words, pace: Pace, lines: Lines = EVERY_LINE) -> Answer:
    """One person's words that need more than their row: they wait for a facilitator, or the screen found something.

    What the screen found is kept with them in one transaction, whatever becomes of them.
    """
    books, fates, rights = _what_is_known(session, [words])
    answer = _decide(words, books, fates, rights, pace)
    new = _is_new(answer)
    right = rights.get((words.room_id, words.person_id))
    if isinstance(answer, Alone) and right is not None:
        answer = _hold(session, words, right)
    elif answer is None and right is not None:
        [place] = entries.append(session, books, [_entry(words, right, books[words.room_id])])
        answer = Said(place.seq, place.version)
        if _to_help(books, words):
            wrote_in_help_room(session, words.room_id, words.person_id)
    if words.worry and new:
        _keep_worry(session, words, answer, right is not None, lines)
    assert answer is not None
    return answer


def _to_help(books: dict[str, entries.Book], words: Words) -> bool:
    """Whether they go to a help room, where the words of who answered are the arrival."""
    return words.room_id in books and books[words.room_id].kind == "help"


def _hold(session: Session, words: Words, right: Right) -> Answer:
    try:
        return hold(
            session, words.room_id, words.person_id, right.called, words.ref, words.text, words.reply_to, words.data
        )  # fmt: skip
    except TooFast as problem:
        return problem


def _is_new(answer: Answer | None) -> bool:
    """Whether these words are here for the first time, or were refused."""
    return not isinstance(answer, (Said, Held, SentBack))


def _keep_worry(session: Session, words: Words, answer: Answer | None, inside: bool, lines: Lines) -> None:
    """Of a room to which they do not belong nothing is noted: somebody may just have been taken out of it."""
    assert words.worry is not None
    became = "said" if isinstance(answer, Said) else "held" if isinstance(answer, Held) else "refused"
    seq = answer.seq if isinstance(answer, Said) else None
    room_id = words.room_id if inside else ""
    worry(session, words.person_id, room_id, words.ref, words.worry, became, seq, lines, words.text)


def _what_is_known(
    session: Session, batch: list[Words]
) -> tuple[dict[str, entries.Book], dict[Key, Fate], dict[tuple[str, str], Right]]:
    rooms, people = {words.room_id for words in batch}, {words.person_id for words in batch}
    books = entries.lock(session, list(rooms))
    fates = known(session, [words.ref for words in batch])
    return books, fates, rights_of(session, rooms, people)


def _decide(
    words: Words,
    books: dict[str, entries.Book],
    fates: dict[Key, Fate],
    rights: dict[tuple[str, str], Right],
    pace: Pace,
) -> Answer | None:
    """None lets the words in. The order is the contract's: a known ref is answered before any limit. Where somebody is
    helped nothing is held, and no mute, pace or withdrawal counts."""
    book, right = books.get(words.room_id), rights.get((words.room_id, words.person_id))
    if book is None or right is None:
        return NotFound(N_("We cannot find that room."))
    if fate := fates.get(words.key):
        return fate
    if words.refused:
        return words.refused
    if book.kind == "help":
        return RoomClosed() if book.closed else None
    if right.withdrew_at:
        return NotAllowed(WITHDREW)
    if right.muted_until and right.muted_until > book.now:
        return Muted(until=right.muted_until, reason=right.muted_why)
    if book.closed:
        return RoomClosed()
    if book.paused:
        return RoomPaused()
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
