"""Could a call reach each of the on-call staff? Their ways as they are now, and the last test that they answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.crisis import beginning_turns, duty_tests
from app.crisis.holes import reached_by
from app.crisis.lines import Lines
from app.crisis.models import DutyTest
from app.crisis.on_call import OnCallPlan, rota
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_to_find
from app.people.ways import Way, ways_in_use
from app.problems import N_, Invalid

CALLS = frozenset({"push", "ntfy", "text", "ring", "email"})
"""Kinds by which a call can come; paper and the tablet's Home are not among them."""
WAKES = frozenset({"push", "ntfy", "text", "ring"})
"""A mail wakes nobody."""
NOTHING = N_("There is nothing to send it by yet.")


@dataclass(frozen=True, slots=True)
class WayNow:
    """`counts`: it is checked, and this house can use it."""

    kind: str
    checked: bool
    counts: bool
    trouble_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ready:
    """One of the on-call staff. `tested`: they answered a test within the last week, or there is none they missed."""

    id: str
    name: str
    ways: list[WayNow]
    asked_at: datetime | None
    answered_at: datetime | None
    turn_at: datetime | None = None
    """When the turn began at which they were asked, and have not answered in time."""

    @property
    def reached_by(self) -> list[str]:
        return [way.kind for way in self.ways if way.counts]

    @property
    def by_one_only(self) -> bool:
        """One empty battery, and no call reaches them: one way in all, or one that wakes them."""
        return len(set(self.reached_by) & WAKES) < 2 and bool(self.reached_by)

    @property
    def missed(self) -> bool:
        """Whether the last test is not answered a day later."""
        return self.asked_at is not None and (self.answered_at is None or self.answered_at < self.asked_at)


@dataclass(frozen=True, slots=True)
class PlaceReady:
    """The telephone of the catch-all. `went`: way → its trouble in the last test, empty for none; only ways that this
    house has, and none that was not tried yet."""

    kinds: list[str]
    went: dict[str, str]
    asked_at: datetime | None
    answered_at: datetime | None


def place_ready(session: Session, actor: Actor, lines: Lines) -> PlaceReady | None:
    """None where no telephone is kept. The number is not in it."""
    require_to_find(actor.roles, "see_rota")
    if not session.get_one(OnCallPlan, 1).catch_all_phone:
        return None
    newest = duty_tests.newest_of_catch_all(session)
    kinds = [kind for kind in duty_tests.OF_CATCH_ALL if kind in lines.kinds]
    answered_at = duty_tests.catch_all_answered(session)
    return PlaceReady(kinds, newest.went if newest else {}, newest.asked_at if newest else None, answered_at)


def readiness(session: Session, actor: Actor, lines: Lines) -> list[Ready]:
    """By name. Numbers and addresses are not in it."""
    require_to_find(actor.roles, "see_rota")
    at = database_now(session)
    people = select(Person.id, Person.name).where(Person.id.in_(rota(session, at).answering))
    answered = duty_tests.last_answered(session)
    asked, turns = _last_asked(session, at), beginning_turns.unanswered(session)
    found = [
        Ready(
            one, name, [_now(way, lines) for way in _calls(session, one)], asked.get(one), answered.get(one),
            turns.get(one),
        )
        for one, name in session.execute(people)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.name, one.id))


def ask_now(session: Session, actor: Actor, person_id: str, lines: Lines) -> None:
    """*Send a test now*, where something can carry it."""
    duty_tests.ask_now(session, actor, person_id)
    kinds = duty_tests.OF_CATCH_ALL if person_id == duty_tests.CATCH_ALL else reached_by(session, person_id, lines)
    if not set(kinds) & lines.kinds:
        raise Invalid(NOTHING)


def _calls(session: Session, person_id: str) -> list[Way]:
    return [way for way in ways_in_use(session, person_id) if way.kind in CALLS]


def _now(way: Way, lines: Lines) -> WayNow:
    checked = way.verified_at is not None
    return WayNow(way.kind, checked, checked and way.kind in lines.kinds, way.trouble_at if way.trouble else None)


def _last_asked(session: Session, at: datetime) -> dict[str, datetime]:
    """Person → when they were last asked, a day ago or earlier: until then there is time to answer."""
    before = (DutyTest.asked_at <= at - duty_tests.A_DAY, DutyTest.why.in_(duty_tests.WEEKLY))
    last = select(DutyTest.person_id, func.max(DutyTest.asked_at)).where(*before).group_by(DutyTest.person_id)
    return {person_id: asked_at for person_id, asked_at in session.execute(last)}
