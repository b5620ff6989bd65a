"""The rota at one look: who is on call now, whom a call would reach and how, the weeks, and what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.crisis.holes import Hole, holes, reached_by
from app.crisis.lines import Lines
from app.crisis.on_call import LEVELS, OnCallPlan, Override, Shift, is_awake, rota
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person, Site
from app.people.roles import require_to_find

DAYS = 7


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who may answer, and the kinds of ways by which a call would reach them."""

    id: str
    name: str
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class Board:
    at: datetime
    awake: bool
    plan: OnCallPlan
    mail: str
    now: dict[int, list[OnDuty]]
    answering: list[OnDuty]
    shifts: list[Shift]
    changes: list[Override]
    holes: list[Hole]
    names: dict[str, str]


def look_at_rota(session: Session, actor: Actor, lines: Lines) -> Board:
    """For who may see it: telephone numbers of staff are not in it."""
    require_to_find(actor.roles, "see_rota")
    at, known = database_now(session), rota(session, database_now(session))
    open_soon = holes(session, at, DAYS, lines)
    ids = known.answering | {one.person_id for one in known.shifts}
    ids |= {one for change in known.changes for one in (change.person_id, change.instead_of)}
    names: dict[str, str] = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())  # type: ignore[arg-type]
    on_duty = {one: OnDuty(one, names[one], reached_by(session, one, lines)) for one in known.answering}
    return Board(
        at=at,
        awake=is_awake(session, at, lines.zone),
        plan=session.get_one(OnCallPlan, 1),
        mail=session.get_one(Site, 1).catch_all,
        now={level: _by_name(on_duty[one] for one in known.people(level, at, lines.zone)) for level in LEVELS},
        answering=_by_name(on_duty.values()),
        shifts=sorted(known.shifts, key=lambda one: (one.weekday, one.starts, one.level, names[one.person_id])),
        changes=known.changes,
        holes=open_soon,
        names=names,
    )


def _by_name(people: Iterable[OnDuty]) -> list[OnDuty]:
    return sorted(people, key=lambda one: (one.name, one.id))
