"""Four phrases by which one answers another's words without writing."""

from sqlalchemy import select

from app.foundation.database import Session
from app.messages.refs import Said
from app.people.actors import Actor
from app.problems import N_, Invalid, Muted, NotFound, RoomClosed
from app.rooms import entries
from app.rooms.finding import membership_for
from app.rooms.models import Entry

REACTIONS = ("hear_you", "thank_you", "me_too", "well_done")


def react(session: Session, actor: Actor, room_id: str, seq: int, reaction: str, on: bool) -> Said:
    """Put or take back one phrase. The same again changes nothing and takes no version."""
    if reaction not in REACTIONS:
        raise Invalid(N_("Please choose one of the four phrases."))
    book = entries.lock(session, [room_id]).get(room_id)
    _, place = membership_for(session, actor, room_id)
    entry = session.scalar(select(Entry).where(Entry.room_id == room_id, Entry.seq == seq))
    if book is None or entry is None or entry.kind != "message" or entry.removed_at is not None:
        raise NotFound(N_("Those words are not here any more."))
    people = list(entry.reactions.get(reaction, []))
    if (actor.id in people) is on:
        return Said(entry.seq, entry.version)
    if place.muted_until and place.muted_until > book.now:
        raise Muted(until=place.muted_until, reason=place.muted_why)
    if book.closed:
        raise RoomClosed()
    people = [*people, actor.id] if on else [who for who in people if who != actor.id]
    reactions = {name: who for name in REACTIONS if (who := people if name == reaction else entry.reactions.get(name))}
    changed = entries.change(session, book, seq, reactions=reactions)
    return Said(changed.seq, changed.version)
