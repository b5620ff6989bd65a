"""Erasing one person for good. Rooms stay readable: each of their entries keeps its place and loses words and name.

1. `erase` asks who may, shuts the person out, takes the name, and stores that the rest must happen.
2. A worker goes room by room, a few entries in each transaction; every one takes a version and is told live.
3. At last everything else that the house holds of them goes (`holdings`). What is done twice changes nothing.

The journal remembers it, so that a backup that is put back is emptied again before anybody reads it.
"""

from sqlalchemy import Text, cast, delete, or_, select, update

from app.crisis.models import Incident
from app.foundation import audit, journal
from app.foundation.clock import database_now
from app.foundation.database import Database, Session
from app.foundation.database.model import Model
from app.foundation.due import Due, must_happen
from app.foundation.words import clean_name
from app.keeping.erasing_words import SOMEBODY, erase_some, rooms_with
from app.keeping.holdings import HOLDINGS, Holding
from app.people.actors import SYSTEM, Actor
from app.people.changing_standing import let_go
from app.people.models import Card, Person
from app.people.proving import require_fresh
from app.people.roles import require, roles_of
from app.people.supporting import Support
from app.problems import N_, Invalid, NotAllowed
from app.rooms.supporters import end_with
from app.settings import Settings
from app.wording import say

ERASE = "erase"


def erase(session: Session, actor: Actor, person: Person, typed_name: str) -> None:
    """For good. Whoever does it writes the name once more, so that nobody is erased by a slip of the hand."""
    require(actor.roles, "erase_people")
    if actor.id == person.id:
        raise NotAllowed(N_("This is about yourself. Please ask somebody else to do it."))
    require_fresh(session, actor)
    session.refresh(person, with_for_update=True)
    if clean_name(typed_name).lower() != person.name.lower():
        raise Invalid(N_("That is not the name. Nothing was erased."), fields=(("name", N_("Please look again.")),))
    open_call = select(Incident.id).where(Incident.person_id == person.id, Incident.closed_at.is_(None)).limit(1)
    if session.scalar(open_call):
        raise Invalid(N_("{name} has asked for help, and that call is open. Close it first."), name=person.name)
    audit.record(session, actor.id, "erase_person", whom=person.id)
    journal.note(session, "erased", person.id)
    _begin(session, actor, person)


def erase_again(session: Session, person_id: str, said: dict[str, str]) -> None:
    """An older backup was put back: all of it at once, before anybody can read."""
    person = session.get(Person, person_id)
    if person is None:
        return
    supporters, name = _supporters(session, person_id), person.name
    _begin(session, SYSTEM, person)
    for room_id in rooms_with(session, person_id):
        while erase_some(session, room_id, person_id, name, supporters):
            pass
    erase_the_rest(session, person_id)


async def erase_all(database: Database, settings: Settings, row: Due) -> None:
    """The worker's part."""
    who, said = row.whom, row.details
    for room_id in await database.read(rooms_with, who):
        while await database.transaction(erase_some, room_id, who, said.get("name", ""), said.get("supporters", [])):
            pass
    await database.transaction(erase_the_rest, who)


def erase_the_rest(session: Session, person_id: str) -> None:
    """Whatever is left of them in any table but the log of staff acts."""
    mine = select(Card.id).where(Card.person_id == person_id)
    cards = Model.metadata.tables["tablet_cards"]
    session.execute(delete(cards).where(cards.c.card_id.in_(mine)))
    for holding in HOLDINGS:
        _let_go_of(session, holding, person_id)
    beside = Model.metadata.tables["consents"]
    session.execute(update(beside).where(beside.c.beside_id == person_id).values(beside_name=""))
    named = or_(Due.whom == person_id, cast(Due.details, Text).contains(person_id))
    session.execute(delete(Due).where(named, Due.what.not_in((journal.JOURNAL, ERASE))))
    session.execute(update(Due).where(Due.what == ERASE, Due.whom == person_id).values(details={}))


def _begin(session: Session, actor: Actor, person: Person) -> None:
    details = {"name": person.name, "supporters": _supporters(session, person.id)}
    end_with(session, actor, person.id)
    if roles_of(session, person.id).pairs or person.standing not in ("moved_on", "died"):
        let_go(session, actor, person)
    person.name = say(SOMEBODY, "en")
    person.standing, person.standing_at, person.standing_by = "moved_on", database_now(session), actor.id
    session.flush()
    must_happen(session, ERASE, person.id, database_now(session), **details)


def _supporters(session: Session, person_id: str) -> list[str]:
    return list(session.scalars(select(Support.supporter_id).where(Support.member_id == person_id)))


def _let_go_of(session: Session, holding: Holding, person_id: str) -> None:
    table = Model.metadata.tables[holding.table]
    rows = or_(*(table.c[column] == person_id for column in holding.whose))
    session.execute(update(table).where(rows).values(**holding.blank) if holding.blank else delete(table).where(rows))
