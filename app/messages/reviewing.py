"""What waits, and its end: a facilitator lets it through or sends it back; its author may withdraw it."""

from sqlalchemy import select

from app.foundation import audit
from app.foundation.announcements import Whisper
from app.foundation.beat import alerts_changed
from app.foundation.clock import now, spoken
from app.foundation.database import Session
from app.messages.refs import Said, known
from app.people.actors import Actor
from app.problems import N_, Declined, NotAllowed, NotFound
from app.rooms import entries
from app.rooms.finding import may_moderate, room_for
from app.rooms.models import Waiting


def waiting_in(session: Session, actor: Actor, room_id: str) -> list[Waiting]:
    """What waits in a room: all of it for who may moderate, their own for everybody else. Oldest first."""
    room = room_for(session, actor, room_id)
    query = select(Waiting).where(Waiting.room_id == room_id, Waiting.state == "waiting")
    if not may_moderate(actor.roles, room):
        query = query.where(Waiting.author_id == actor.id)
    return list(session.scalars(query.order_by(Waiting.written_at, Waiting.id)))


def look_at_waiting(session: Session, actor: Actor, room_id: str) -> list[Waiting]:
    """What waits, to be read: a look at others' words is recorded."""
    found = waiting_in(session, actor, room_id)
    if any(waiting.author_id != actor.id for waiting in found):
        audit.record(session, actor.id, "look_at_waiting_words", place=room_id, count=len(found))
    return found


def release(session: Session, actor: Actor, waiting_id: str) -> Said:
    """Let it through: it takes the next place in the book, and says when it was written. Twice is once."""
    waiting = _to_review(session, actor, waiting_id)
    if waiting.state == "released":
        return released_place(session, waiting)
    _require_waiting(waiting)
    entry = entries.NewEntry(
        waiting.room_id, waiting.author_id, waiting.author_name, waiting.text, waiting.ref, waiting.reply_to,
        data={**(waiting.data or {}), "written_at": spoken(waiting.written_at)},
    )  # fmt: skip
    place = entries.append_one(session, entry)
    _end(session, actor, waiting, "released")
    said = {
        "type": "said",
        "ref": waiting.ref,
        "room": waiting.room_id,
        "seq": place.seq,
        "version": place.version,
    }
    session.announce(Whisper(waiting.author_id, said))
    return Said(place.seq, place.version)


def decline(session: Session, actor: Actor, waiting_id: str) -> None:
    """Send it back: the room never sees it, its author is told kindly."""
    waiting = _to_review(session, actor, waiting_id)
    if waiting.state == "declined":
        return
    _require_waiting(waiting)
    _end(session, actor, waiting, "declined")
    _tell_author(session, waiting)


def withdraw(session: Session, actor: Actor, waiting_id: str) -> None:
    """Its author takes it back before anybody decided."""
    waiting = _locked(session, waiting_id)
    if waiting is None or waiting.author_id != actor.id:
        raise NotFound()
    if waiting.state == "withdrawn":
        return
    _require_waiting(waiting)
    _end(session, actor, waiting, "withdrawn")
    _tell_author(session, waiting)


def released_place(session: Session, waiting: Waiting) -> Said:
    """Where words that were let through stand in the book."""
    place = known(session, [waiting.ref])[waiting.room_id, waiting.author_id, waiting.ref]
    assert isinstance(place, Said), "what was let through has a place for ever"
    return place


def _locked(session: Session, waiting_id: str) -> Waiting | None:
    room_id = session.scalar(select(Waiting.room_id).where(Waiting.id == waiting_id))
    if room_id is None:
        return None
    entries.lock(session, [room_id])
    return session.get(Waiting, waiting_id, populate_existing=True)


def _to_review(session: Session, actor: Actor, waiting_id: str) -> Waiting:
    waiting = _locked(session, waiting_id)
    if waiting is None:
        raise NotFound()
    if not may_moderate(actor.roles, room_for(session, actor, waiting.room_id)):
        raise NotFound()
    if waiting.author_id == actor.id:
        raise NotAllowed(N_("These are your own words. Please ask somebody else to read them."))
    return waiting


def _require_waiting(waiting: Waiting) -> None:
    if waiting.state != "waiting":
        raise Declined(N_("Someone has dealt with these words already."))


def _end(session: Session, actor: Actor, waiting: Waiting, state: str) -> None:
    waiting.state, waiting.decided_at, waiting.decided_by = state, now(), actor.id  # type: ignore[assignment]
    audit.record(session, actor.id, f"words_{state}", whom=waiting.author_id, place=waiting.room_id, waiting=waiting.id)
    alerts_changed(session)


def _tell_author(session: Session, waiting: Waiting) -> None:
    body = {"type": "declined", "ref": waiting.ref, "room": waiting.room_id, "message": Declined.sentence}
    session.announce(Whisper(waiting.author_id, body))
