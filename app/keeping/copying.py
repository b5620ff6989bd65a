"""One person's own copy of what the house holds of them: their words and their things, nobody else's words.

It holds what is in `holdings`, their entries wherever they stand (also those that were taken out), their answers in
phrases, and what staff did and looked at concerning them. What is sealed stays sealed: they read it on their own page.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, or_, select

from app.foundation import audit
from app.foundation.audit import AuditLink
from app.foundation.clock import database_now, spoken
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.keeping.holdings import HOLDINGS, Holding
from app.people.actors import Actor
from app.people.models import Person
from app.people.proving import require_fresh
from app.people.roles import require
from app.problems import N_, NotAllowed
from app.rooms.models import Entry, Room, Waiting

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Copy:
    """`parts`: heading → rows, in the order of a page; moments are written as on the wire."""

    person: Person
    made_at: datetime
    parts: dict[str, Rows]


def copy_of(session: Session, actor: Actor, person: Person) -> Copy:
    """All of it as of one moment. That it was taken out, by whom, is a link in the log of staff acts."""
    require(actor.roles, "export_people")
    if actor.id == person.id:
        raise NotAllowed(N_("This is about yourself. Please ask somebody else to do it."))
    require_fresh(session, actor)
    audit.record(session, actor.id, "export_person", whom=person.id)
    parts = {holding.called: _held(session, holding, person.id) for holding in HOLDINGS if holding.told}
    about_me = parts.pop("about_me")
    words = {
        "my_words": _words(session, person.id),
        "my_words_that_waited": _waited(session, person.id),
        "my_answers_in_phrases": _answers(session, person.id),
    }
    acts = {"what_staff_did_and_looked_at": _acts(session, person.id)}
    return Copy(person, database_now(session), {"about_me": about_me} | words | parts | acts)


def _held(session: Session, holding: Holding, person_id: str) -> Rows:
    table = Model.metadata.tables[holding.table]
    mine = or_(*(table.c[column] == person_id for column in holding.whose))
    names = [column for column in holding.told]
    rows = session.execute(select(*(table.c[name] for name in names)).where(mine))
    return _named(session, [dict(zip(names, row, strict=True)) for row in rows])


def _words(session: Session, person_id: str) -> Rows:
    """Room, place, time and text; to which place it was an answer, not what stands there."""
    query = (
        select(Entry.room_id, Entry.seq, Entry.at, Entry.text, Entry.reply_to, Entry.removed_at)
        .where(Entry.author_id == person_id)
        .order_by(Entry.at, Entry.room_id, Entry.seq)
    )
    return _named(session, [dict(row._mapping) for row in session.execute(query)])


def _waited(session: Session, person_id: str) -> Rows:
    query = select(Waiting.room_id, Waiting.written_at, Waiting.text, Waiting.state, Waiting.decided_at)
    rows = session.execute(query.where(Waiting.author_id == person_id).order_by(Waiting.written_at))
    return _named(session, [dict(row._mapping) for row in rows])


def _answers(session: Session, person_id: str) -> Rows:
    query = select(Entry.room_id, Entry.seq, Entry.reactions).order_by(Entry.room_id, Entry.seq)
    given = session.execute(query.where(cast(Entry.reactions, Text).contains(person_id)))
    rows = [
        {"room_id": room_id, "seq": seq, "phrase": phrase}
        for room_id, seq, reactions in given
        for phrase, people in reactions.items()
        if person_id in people
    ]
    return _named(session, rows)


def _acts(session: Session, person_id: str) -> Rows:
    """Who did and looked at what concerning them: an accounting of disclosures."""
    query = select(AuditLink.at, AuditLink.who, AuditLink.did, AuditLink.place.label("room_id"))
    mine = query.where(AuditLink.whom == person_id).order_by(AuditLink.number)
    return _named(session, [dict(row._mapping) for row in session.execute(mine)])


def _named(session: Session, rows: Rows) -> Rows:
    """Moments as text; rooms and people by their names."""
    names: dict[str, str] = {}
    for table, columns in ((Room, ("room_id",)), (Person, ("who", "supporter_id", "member_id"))):
        ids = {row[column] for row in rows for column in columns if row.get(column)}
        title = Room.title if table is Room else Person.name
        names |= {one: name for one, name in session.execute(select(table.id, title).where(table.id.in_(ids)))}
    return [{_plain(column): _told(value, names) for column, value in row.items()} for row in rows]


def _plain(column: str) -> str:
    return column.removesuffix("_id")


def _told(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, datetime):
        return spoken(value)
    return names.get(value, value) if isinstance(value, str) else value
