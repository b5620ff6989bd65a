"""Taking words back, removing others' words, and putting them back. What was removed is kept as evidence."""

from datetime import timedelta

from sqlalchemy import select

from app.foundation import audit, journal
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.messages.refs import Said
from app.people.actors import Actor
from app.problems import N_, NotAllowed, NotFound
from app.rooms import entries
from app.rooms.finding import may_moderate, room_for
from app.rooms.models import Entry

OWN_MINUTES = 5


def remove(session: Session, actor: Actor, room_id: str, seq: int, reason: str = "") -> Said:
    """Take an entry out of sight: its author within five minutes, a facilitator at any time. Twice is once."""
    book, entry, moderates = _found(session, actor, room_id, seq)
    if not moderates and not (entry.author_id == actor.id and book.now - entry.at <= timedelta(minutes=OWN_MINUTES)):
        raise NotAllowed(_too_late(entry, actor))
    if entry.removed_at is not None:
        entries.tell_again(session, room_id, seq)
        return Said(entry.seq, entry.version)
    why = clean_name(reason)[:200]
    place = entries.change(session, book, seq, hides=True, removed_at=book.now, removed_by=actor.id, removed_why=why)
    journal.note(session, "words_removed", entry.author_id, room=room_id, seq=seq, by=actor.id)
    if actor.id != entry.author_id:
        audit.record(session, actor.id, "remove_words", whom=entry.author_id, place=room_id, seq=seq, reason=why)
    return Said(place.seq, place.version)


def put_back(session: Session, actor: Actor, room_id: str, seq: int) -> Said:
    """Show removed words again: a facilitator others', their author what they took back within five minutes."""
    book, entry, moderates = _found(session, actor, room_id, seq)
    if entry.removed_at is None:
        return Said(entry.seq, entry.version)
    own = entry.removed_by == actor.id == entry.author_id
    moderates = moderates and actor.id != entry.author_id
    if not moderates and not (own and book.now - entry.removed_at <= timedelta(minutes=OWN_MINUTES)):
        raise NotAllowed(_too_late(entry, actor))
    place = entries.change(session, book, seq, removed_at=None, removed_by=None, removed_why=None)
    journal.note(session, "words_put_back", entry.author_id, room=room_id, seq=seq)
    if actor.id != entry.author_id:
        audit.record(session, actor.id, "put_back_words", whom=entry.author_id, place=room_id, seq=seq)
    return Said(place.seq, place.version)


def removed_words(session: Session, actor: Actor, room_id: str, seq: int) -> Entry:
    """The words that were removed, for who may moderate; the look is recorded."""
    _, entry, moderates = _found(session, actor, room_id, seq)
    if not moderates or entry.removed_at is None:
        raise NotFound()
    audit.record(session, actor.id, "look_at_removed_words", whom=entry.author_id, place=room_id, seq=seq)
    return entry


def _found(session: Session, actor: Actor, room_id: str, seq: int) -> tuple[entries.Book, Entry, bool]:
    book = entries.lock(session, [room_id]).get(room_id)
    room = room_for(session, actor, room_id)
    entry = session.scalar(select(Entry).where(Entry.room_id == room_id, Entry.seq == seq))
    if book is None or entry is None or entry.kind != "message" or entry.erased_at is not None:
        raise NotFound(N_("Those words are not here."))
    return book, entry, may_moderate(actor.roles, room)


def _too_late(entry: Entry, actor: Actor) -> str:
    if entry.author_id == actor.id:
        return N_("Words can be taken back for five minutes. Ask the facilitator to take them out now.")
    return N_("Only the facilitator can do that.")
