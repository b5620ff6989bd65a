"""Searching the log of staff acts: who did it, whom it was about, on which day. Each look is a link in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.people.actors import SYSTEM, Actor
from app.people.models import Person
from app.people.roles import require
from app.rooms.models import Room

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Search:
    """Parts of names, a span of time, and the link before which to go on; empty means all."""

    who: str = ""
    whom: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The newest links first, the names they need, and whether there are older ones."""

    links: list[AuditLink]
    names: dict[str, str]
    rooms: dict[str, str]
    more: bool


def look_at_audit(session: Session, actor: Actor, search: Search) -> Found:
    require(actor.roles, "see_audit")
    query = select(AuditLink).order_by(AuditLink.number.desc()).limit(ON_A_PAGE + 1)
    asked: dict[str, Any] = {}
    for column, part in ((AuditLink.who, search.who), (AuditLink.whom, search.whom)):
        if clean_name(part):
            asked[f"asked_{column.key}"] = people = _people_called(session, part)
            query = query.where(column.in_(people))
    if search.since and search.until:
        asked["since"], asked["until"] = search.since.isoformat(), search.until.isoformat()
        query = query.where(AuditLink.at >= search.since, AuditLink.at < search.until)
    if search.before is not None:
        asked["before"] = search.before
        query = query.where(AuditLink.number < search.before)
    links = list(session.scalars(query))
    shown = links[:ON_A_PAGE]
    found = Found(shown, _names(session, shown), _rooms(session, shown), len(links) > len(shown))
    audit.record(session, actor.id, "look_at_audit", **asked)
    return found


def _people_called(session: Session, part: str) -> list[str]:
    """The ids of everybody whose name has it in it; the house itself by its own name."""
    part = clean_name(part).lower()
    named = func.lower(Person.name).contains(part, autoescape=True)
    people = list(session.scalars(select(Person.id).where(named).order_by(Person.id).limit(ON_A_PAGE)))
    return people + ([SYSTEM.id] if part in SYSTEM.name.lower() else [])


def _names(session: Session, links: list[AuditLink]) -> dict[str, str]:
    ids = {one for link in links for one in (link.who, link.whom)}
    people = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {SYSTEM.id: SYSTEM.name} | {person_id: name for person_id, name in people}


def _rooms(session: Session, links: list[AuditLink]) -> dict[str, str]:
    rooms = session.execute(select(Room.id, Room.title).where(Room.id.in_({link.place for link in links})))
    return {room_id: title for room_id, title in rooms}
