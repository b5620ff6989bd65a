"""Who is on call at a level, at a moment, by the clocks of the house's time zone.

A weekly rota, changed by overrides. Level 1 is called first, then 2, then 3, with whom everybody who may answer is
called. A shift that ends before it begins ends on the next day; on the nights when clocks change it is as long as
that night is.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.people.models import Grant
from app.people.roles import GRANTS, holds
from app.people.standing import reachable_people

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
class Rota:
    """All that says who is on call, read once, to ask about many moments."""

    shifts: list[Shift]
    changes: list[Override]
    answering: frozenset[str]

    def people(self, level: int, at: datetime, zone: ZoneInfo) -> set[str]:
        """Of a level at that moment those who may answer: by shifts and overrides, and at level 3 everybody."""
        if level == EVERYBODY:
            return set(self.answering)
        people = {one.person_id for one in self.shifts if one.level == level and covers(one, at, zone)}
        for change in self.changes:
            if change.level == level and change.from_at <= at < change.until_at:
                people.discard(change.instead_of)
                people |= {change.person_id} - {""}
        return people & self.answering


def plan_now(session: Session) -> dict[str, int]:
    """The times as an incident freezes them when it opens."""
    plan = session.get_one(OnCallPlan, 1)
    names = ("level_2_after", "level_3_after", "again_after", "arrive_within", "remind_after", "lease", "phone_lease")
    return {name: getattr(plan, name) for name in names}


def on_call(session: Session, level: int, at: datetime, zone: ZoneInfo) -> list[str]:
    """The people of a level at that moment who may answer."""
    return sorted(rota(session, at).people(level, at, zone))


def rota(session: Session, at: datetime) -> Rota:
    """As it stands now, with what is to come; overrides that ended by `at` are left out."""
    changes = select(Override).where(Override.until_at > at).order_by(Override.from_at, Override.id)
    answering = reachable_people(session, who_may_answer(session))
    return Rota(list(session.scalars(select(Shift))), list(session.scalars(changes)), frozenset(answering))


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
        for start, end in [bounds(shift, day, zone)]
    )


def is_awake(session: Session, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the house says that on-call is awake now. `meetings` counts nobody in until there are meetings."""
    plan = session.get_one(OnCallPlan, 1)
    if plan.hours != "set":
        return plan.hours == "always"
    return any(covers(shift, at, zone) for shift in set_hours(plan))


def set_hours(plan: OnCallPlan) -> list[Shift]:
    """The stated hours, each like a shift of nobody."""
    return [Shift(weekday=day, starts=starts, ends=ends) for day, starts, ends in plan.set_hours]


def bounds(shift: Shift, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the shift that begins on that day begins and ends."""
    starts, ends = (datetime.strptime(clock, CLOCK).time() for clock in (shift.starts, shift.ends))
    first = datetime.combine(day, starts, zone)
    last = datetime.combine(day + timedelta(days=ends <= starts), ends, zone)
    return first.astimezone(UTC), last.astimezone(UTC)


def is_clock(text: str) -> bool:
    try:
        return datetime.strptime(text, CLOCK).strftime(CLOCK) == text
    except ValueError:
        return False
