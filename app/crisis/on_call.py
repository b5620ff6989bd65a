"""Who is on call at a level, at a moment, by the clocks of the house's time zone.

A weekly rota, changed by overrides. Level 1 is called first, then 2, then 3, with whom everybody who may answer is
called. A shift that ends before it begins ends on the next day; on the nights when clocks change it is as long as
that night is.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.clock import Instant, database_now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.models import Grant, Person
from app.people.roles import GRANTS, holds, require
from app.people.standing import reachable_people
from app.problems import N_, Invalid, NotFound

LEVELS = (1, 2, 3)
EVERYBODY = 3
HOURS = ("always", "set", "meetings")
CLOCK = "%H:%M"


class Shift(Model):
    """Every week, from that weekday (0 is Monday) at `starts` until `ends`, in the house's time zone."""

    __tablename__ = "shifts"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    level: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    weekday: Mapped[int]
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))


class Override(Model):
    """For once: `person_id` is on call in the place of `instead_of`, or besides those who are (empty)."""

    __tablename__ = "overrides"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    level: Mapped[int]
    person_id: Mapped[str] = mapped_column(String(40), default="")
    instead_of: Mapped[str] = mapped_column(String(40), default="")
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(40))


class OnCallPlan(Model):
    """One row: when on-call is awake, and the times of escalation in seconds. Incidents keep a copy."""

    __tablename__ = "on_call_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    hours: Mapped[str] = mapped_column(String(10), default="always")
    set_hours: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Of `set`: [weekday, "09:00", "21:00"] each."""
    level_2_after: Mapped[int] = mapped_column(default=180)
    level_3_after: Mapped[int] = mapped_column(default=360)
    again_after: Mapped[int] = mapped_column(default=600)
    arrive_within: Mapped[int] = mapped_column(default=180)
    remind_after: Mapped[int] = mapped_column(default=480)
    lease: Mapped[int] = mapped_column(default=600)
    phone_lease: Mapped[int] = mapped_column(default=1800)
    catch_all_phone: Mapped[str] = mapped_column(String(40), default="")


@dataclass(frozen=True, slots=True)
class OnCall:
    """Whom a level reaches at one moment."""

    level: int
    people: tuple[str, ...]


def plan_now(session: Session) -> dict[str, int]:
    """The times as an incident freezes them when it opens."""
    plan = session.get_one(OnCallPlan, 1)
    names = ("level_2_after", "level_3_after", "again_after", "arrive_within", "remind_after", "lease", "phone_lease")
    return {name: getattr(plan, name) for name in names}


def on_call(session: Session, level: int, at: datetime, zone: ZoneInfo) -> list[str]:
    """The people of a level at that moment who may answer: by rota and overrides, and at level 3 everybody."""
    people = {
        one.person_id for one in session.scalars(select(Shift).where(Shift.level == level)) if covers(one, at, zone)
    }
    standing = (Override.level == level, Override.from_at <= at, Override.until_at > at)
    for change in session.scalars(select(Override).where(*standing).order_by(Override.from_at)):
        people.discard(change.instead_of)
        people |= {change.person_id} - {""}
    answering = who_may_answer(session)
    people = answering if level == EVERYBODY else people & answering
    return sorted(reachable_people(session, list(people)))


def who_may_answer(session: Session) -> set[str]:
    roles = [role for role, grants in GRANTS.items() if "take_calls" in grants]
    return set(session.scalars(select(Grant.person_id).where(Grant.role.in_(roles), holds())))


def covers(shift: Shift, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a moment lies in one of the weeks' shifts, by the clock on the wall."""
    local = at.astimezone(zone)
    return any(
        start <= at < end
        for day in (local.date() - timedelta(days=1), local.date())
        if day.weekday() == shift.weekday
        for start, end in [_bounds(shift, datetime.combine(day, time()), zone)]
    )


def is_awake(session: Session, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the house says that on-call is awake now. `meetings` counts nobody in until there are meetings."""
    plan = session.get_one(OnCallPlan, 1)
    if plan.hours != "set":
        return plan.hours == "always"
    shifts = [Shift(weekday=day, starts=starts, ends=ends) for day, starts, ends in plan.set_hours]
    return any(covers(shift, at, zone) for shift in shifts)


def add_shift(
    session: Session, actor: Actor, level: int, person: Person, weekday: int, starts: str, ends: str
) -> Shift:
    """Put somebody on the weekly rota."""
    require(actor.roles, "keep_rota")
    if level not in LEVELS or weekday not in range(7) or not (_is_clock(starts) and _is_clock(ends)):
        raise Invalid(N_("Please choose a day, and times such as 09:00 and 17:30."))
    if person.id not in who_may_answer(session):
        raise Invalid(N_("{name} is not on the on-call staff. Give them that role first."), name=person.name)
    shift = Shift(id=new_id(), level=level, person_id=person.id, weekday=weekday, starts=starts, ends=ends)
    session.add(shift)
    audit.record(session, actor.id, "add_shift", whom=person.id, shift=shift.id)
    return shift


def end_shift(session: Session, actor: Actor, shift_id: str) -> None:
    require(actor.roles, "keep_rota")
    shift = session.get(Shift, shift_id)
    if shift is None:
        raise NotFound()
    audit.record(session, actor.id, "end_shift", whom=shift.person_id, shift=shift.id)
    session.delete(shift)


def override(
    session: Session, actor: Actor, level: int, person_id: str, from_at: datetime, until_at: datetime,
    *, instead_of: str = "",
) -> Override:  # fmt: skip
    """Somebody takes a turn for once."""
    require(actor.roles, "keep_rota")
    if until_at <= from_at or until_at <= database_now(session):
        raise Invalid(N_("The end has to come after the beginning, and after now."))
    if person_id and person_id not in who_may_answer(session):
        raise Invalid(N_("That person is not on the on-call staff. Give them that role first."))
    row = Override(
        id=new_id(), level=level, person_id=person_id, instead_of=instead_of,
        from_at=from_at, until_at=until_at, made_by=actor.id,
    )  # fmt: skip
    session.add(row)
    audit.record(session, actor.id, "override_shift", whom=person_id, instead_of=instead_of)
    return row


def holes(
    session: Session, level: int, from_at: datetime, days: int, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """Stretches within the coming days in which a level has nobody, to the quarter of an hour."""
    found: list[tuple[datetime, datetime]] = []
    moment, end = from_at, from_at + timedelta(days=days)
    while moment < end:
        later = moment + timedelta(minutes=15)
        if not on_call(session, level, moment, zone):
            if found and found[-1][1] == moment:
                found[-1] = (found[-1][0], later)
            else:
                found.append((moment, later))
        moment = later
    return found


def _bounds(shift: Shift, day: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    starts, ends = (datetime.strptime(clock, CLOCK).time() for clock in (shift.starts, shift.ends))
    first = datetime.combine(day, starts, zone)
    last = datetime.combine(day + timedelta(days=ends <= starts), ends, zone)
    utc = ZoneInfo("UTC")
    return first.astimezone(utc), last.astimezone(utc)


def _is_clock(text: str) -> bool:
    try:
        return datetime.strptime(text, CLOCK).strftime(CLOCK) == text
    except ValueError:
        return False
