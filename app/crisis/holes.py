"""Stretches to come in which a level has nobody whom a call would reach. Admins and supervisors are told in time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from app.crisis.duty_ways import usable_ways
from app.crisis.lines import Lines, lines_of
from app.crisis.on_call import OnCallPlan, Rota, Shift, bounds, covers, rota, set_hours
from app.crisis.rota import KEPT_LEVELS
from app.foundation.clock import database_now
from app.foundation.database import Database, Session
from app.foundation.due import Due
from app.people.models import Grant
from app.people.roles import holds
from app.people.standing import reachable_people
from app.people.tasks import Task, ask_for
from app.settings import Settings

LOOK = "look_for_holes"
WHO_HEARS = ("admin", "supervisor")
SOON = "rota_hole_soon"
AHEAD = {"rota_hole": timedelta(days=7), SOON: timedelta(hours=24)}
"""Kind of task → so long before the hole begins."""


@dataclass(frozen=True, slots=True)
class Hole:
    """`people` are on call in it, but have no way by which a call would reach them; mostly there is nobody."""

    level: int
    from_at: datetime
    until_at: datetime
    people: tuple[str, ...]


def holes(session: Session, from_at: datetime, days: int, lines: Lines) -> list[Hole]:
    """Within the house's hours, of each level that has a rota, the earliest first."""
    plan = session.get_one(OnCallPlan, 1)
    known = rota(session, from_at)
    hours = set_hours(plan) if plan.hours == "set" else []
    if plan.hours == "meetings":
        return []
    edges = moments([*known.shifts, *hours], known, from_at, days, lines.zone)
    deaf = {one for one in known.answering if not reached_by(session, one, lines)}
    found: list[Hole] = []
    for level in KEPT_LEVELS:
        for begin, end in pairwise(edges):
            people = known.people(level, begin, lines.zone)
            awake = plan.hours == "always" or any(covers(one, begin, lines.zone) for one in hours)
            if awake and people <= deaf:
                _add(found, Hole(level, begin, end, tuple(sorted(people))))
    return sorted(found, key=lambda hole: (hole.from_at, hole.level))


def reached_by(session: Session, person_id: str, lines: Lines) -> list[str]:
    """The kinds of their checked ways that this house can use."""
    return [way.kind for way in usable_ways(session, person_id) if way.kind in lines.kinds]


def tell(session: Session, lines: Lines) -> None:
    """Ask those who keep the rota to fill what is open: a week and a day before it begins, once each.

    The tasks are stored ahead and seen in their time; those of holes that have been filled are taken back.
    """
    at = database_now(session)
    coming = [hole for hole in holes(session, at, 9, lines) if hole.from_at > at]
    _take_back(session, coming, at)
    for person_id in _who_hears(session):
        for hole in coming:
            for kind, ahead in AHEAD.items():
                if kind == SOON or hole.from_at - at > AHEAD[SOON]:
                    ask_for(
                        session, kind, person_id, given_to=person_id, due_at=hole.from_at - ahead,
                        from_at=hole.from_at.isoformat(), until_at=hole.until_at.isoformat(),
                    )  # fmt: skip


async def look(database: Database, settings: Settings, row: Due) -> None:
    """Each day: what is open in the days to come?"""
    await database.transaction(tell, lines_of(settings))


def _take_back(session: Session, coming: list[Hole], at: datetime) -> None:
    begins = {hole.from_at.isoformat() for hole in coming}
    for task in session.scalars(select(Task).where(Task.kind.in_(AHEAD), Task.done_at.is_(None))):
        begun = datetime.fromisoformat(task.details["from_at"]) <= at
        over = datetime.fromisoformat(task.details["until_at"]) <= at
        if over or (not begun and task.details["from_at"] not in begins):
            session.execute(delete(Task).where(Task.id == task.id))


def _who_hears(session: Session) -> set[str]:
    query = select(Grant.person_id).where(Grant.role.in_(WHO_HEARS), Grant.room_id == "", holds())
    return reachable_people(session, set(session.scalars(query)))


def moments(shifts: list[Shift], known: Rota, from_at: datetime, days: int, zone: ZoneInfo) -> list[datetime]:
    """Between two of these nothing changes."""
    end = from_at + timedelta(days=days)
    first = from_at.astimezone(zone).date()
    calendar: list[date] = [first + timedelta(days=day) for day in range(-1, days + 2)]
    edges = {
        edge for one in shifts for day in calendar if day.weekday() == one.weekday for edge in bounds(one, day, zone)
    }
    edges |= {edge for change in known.changes for edge in (change.from_at, change.until_at)}
    inside = {edge.astimezone(UTC) for edge in edges if from_at < edge < end}
    return [from_at, *sorted(inside), end]


def _add(found: list[Hole], hole: Hole) -> None:
    last = found[-1] if found else None
    if last and (last.level, last.until_at, last.people) == (hole.level, hole.from_at, hole.people):
        found[-1] = Hole(hole.level, last.from_at, hole.until_at, hole.people)
    else:
        found.append(hole)
