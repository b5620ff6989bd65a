"""Words covered for the others for a while, and shown again. Nothing is taken out, and nothing was done wrong.

To everybody else they are told as out of sight; their writer still has them, and is told kindly why.
"""

from sqlalchemy import select

from app.foundation import audit
from app.foundation.database import Session
from app.messages.refs import Said
from app.people.actors import Actor
from app.problems import N_, NotAllowed, NotFound
from app.rooms import entries
from app.rooms.finding import may_moderate, room_for
from app.rooms.models import Entry


def cover(session: Session, actor: Actor, room_id: str, seq: int) -> Said:
    """Fold one entry for the others. Twice is once."""
    book, entry = _found(session, actor, room_id, seq)
    if entry.covered_at is not None:
        return Said(entry.seq, entry.version)
    place = entries.change(session, book, seq, hides=True, covered_at=book.now, covered_by=actor.id)
    audit.record(session, actor.id, "cover_words", whom=entry.author_id, place=room_id, seq=seq)
    return Said(place.seq, place.version)


def uncover(session: Session, actor: Actor, room_id: str, seq: int) -> Said:
    """Everybody sees them again, where they stood."""
    book, entry = _found(session, actor, room_id, seq)
    if entry.covered_at is None:
        return Said(entry.seq, entry.version)
    place = entries.change(session, book, seq, covered_at=None, covered_by=None)
    audit.record(session, actor.id, "uncover_words", whom=entry.author_id, place=room_id, seq=seq)
    return Said(place.seq, place.version)


def own_covered(session: Session, actor: Actor, room_id: str) -> dict[int, str]:
    """What of my own words is covered here: place → words, for me alone."""
    mine = (Entry.room_id == room_id, Entry.author_id == actor.id, Entry.covered_at.is_not(None))
    query = select(Entry.seq, Entry.text).where(*mine, Entry.removed_at.is_(None))
    return {seq: text for seq, text in session.execute(query)}


def _found(session: Session, actor: Actor, room_id: str, seq: int) -> tuple[entries.Book, Entry]:
    book = entries.lock(session, [room_id]).get(room_id)
    room = room_for(session, actor, room_id)
    if not may_moderate(actor.roles, room):
        raise NotAllowed(N_("Only the facilitator can do that."))
    entry = session.scalar(select(Entry).where(Entry.room_id == room_id, Entry.seq == seq))
    if book is None or entry is None or entry.kind != "message" or entry.erased_at is not None:
        raise NotFound(N_("Those words are not here."))
    return book, entry
