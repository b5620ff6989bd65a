"""How far each has read. Marks only move forward; they are stored together, a second or two late."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.foundation.database import Session
from app.messages.models import ReadMark
from app.people.actors import Actor
from app.rooms.models import Entry, Membership, Room


def store(session: Session, marks: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Keep marks, (room, person) → seq, and answer those that moved: forward only, never past the last words."""
    lasts = select(Room.id, Room.last_seq).where(Room.id.in_({room for room, _ in marks}))
    last = dict(session.execute(lasts).all())
    before = _marks_of(session, set(marks))
    kept = {(room, who): min(seq, last[room]) for (room, who), seq in sorted(marks.items()) if room in last}
    kept = {key: seq for key, seq in kept.items() if seq > before.get(key, 0)}
    if not kept:
        return {}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(ReadMark)
    forward = statement.on_conflict_do_update(
        index_elements=["room_id", "person_id"],
        set_={"seq": statement.excluded.seq},
        where=ReadMark.seq < statement.excluded.seq,
    )
    rows = [{"room_id": room, "person_id": who, "seq": seq} for (room, who), seq in kept.items()]
    session.connection().execute(forward, rows)
    return kept


def _marks_of(session: Session, keys: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rooms, people = {room for room, _ in keys}, {who for _, who in keys}
    query = select(ReadMark).where(ReadMark.room_id.in_(rooms), ReadMark.person_id.in_(people))
    return {(mark.room_id, mark.person_id): mark.seq for mark in session.scalars(query)}


def marks_in(session: Session, room_id: str) -> dict[str, int]:
    """Person → seq, for one room."""
    rows = session.execute(select(ReadMark.person_id, ReadMark.seq).where(ReadMark.room_id == room_id))
    return dict(rows.all())


def news_for(session: Session, actor: Actor) -> dict[str, tuple[int, str]]:
    """For each of my rooms with something unread: how much, and who wrote last. Never the words."""
    rooms = (
        select(Room.id, Room.last_seq, ReadMark.seq, Entry.author_name)
        .join(Membership, Membership.room_id == Room.id)
        .join(Entry, (Entry.room_id == Room.id) & (Entry.seq == Room.last_seq))
        .outerjoin(ReadMark, (ReadMark.room_id == Room.id) & (ReadMark.person_id == actor.id))
        .where(Membership.person_id == actor.id, Membership.removed_at.is_(None), Entry.author_id != actor.id)
    )
    return {room: (last - (seen or 0), name) for room, last, seen, name in session.execute(rooms) if last > (seen or 0)}
