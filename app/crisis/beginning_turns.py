"""Whoever's turn on the rota begins is asked, by their ways, to say that they are there.

For a turn that begins in the night they are asked in the evening: nobody is woken by it. After a quarter of an hour
without an answer whoever leads has a task, and those who would be called next are asked, too. Nobody is taken off the
rota by it: calls go to them all the same.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.crisis.duty_tests import A_DAY, AT_TURNS, UNANSWERED, send
from app.crisis.duty_ways import usable_ways
from app.crisis.holes import moments
from app.crisis.lines import Lines
from app.crisis.models import DutyTest, IncidentEvent
from app.crisis.on_call import Rota, rota
from app.crisis.rota import KEPT_LEVELS
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.due import must_happen
from app.foundation.tokens import new_id
from app.people.leading import lead_besides
from app.people.models import Person
from app.people.tasks import ask_for

ASK, LATE = "ask_at_turn", "look_at_turn"
ANSWER_IN = timedelta(minutes=15)
TOGETHER = timedelta(minutes=1)
"""Those who come on at the same time are asked one after the other."""
DAYS = 2
JUST_BEFORE = timedelta(seconds=1)
MORNING, LATE_EVENING, EVENING = time(8), time(22), time(21)
"""By the clock on the wall: a turn that begins between the second and the first is asked about at the third."""
LOUD = "ring"
"""Nobody is rung for it whom another way reaches."""
THEIR_ACTS = (
    "answered", "answered_late", "taken_over", "passed_on", "arrived", "on_the_phone", "still_there", "services_called",
    "note", "looked_in", "lowered", "not_lowered", "asked_by_staff", "closed", "followed_up",
)  # fmt: skip
"""What only a person does with a call. That a page went out to them, or that they went quiet, names them as well."""


def plan(session: Session, lines: Lines) -> None:
    """Each day, and when the rota changes: the turns that begin within DAYS."""
    at = database_now(session)
    known = _whoever_is_named(rota(session, at))
    for moment in moments(known.shifts, known, at, DAYS, lines.zone)[1:-1]:
        when = asked_at(moment, lines.zone)
        for person_id in sorted(_who_begins(known, moment, lines.zone)) if when > at else ():
            must_happen(session, ASK, person_id, when, turn_at=moment.isoformat())


def on_duty_now(session: Session, lines: Lines) -> set[str]:
    at = database_now(session)
    return _on_duty(rota(session, at), at, lines.zone)


def ask_who_is_new(session: Session, before: set[str], lines: Lines) -> None:
    """The rota was changed, and a turn of somebody who was not on duty `before` has begun by it."""
    at = database_now(session)
    if asked_at(at, lines.zone) != at:
        return
    for person_id in sorted(on_duty_now(session, lines) - before):
        if not _asked_since(session, person_id, at - ANSWER_IN):
            _ask(session, new_id(), person_id, "turn", at, at, lines)


def asked_at(turn_at: datetime, zone: ZoneInfo) -> datetime:
    local = turn_at.astimezone(zone)
    if MORNING <= local.time() <= LATE_EVENING:
        return turn_at
    day = local.date() - timedelta(days=local.time() < MORNING)
    return datetime.combine(day, EVENING, zone).astimezone(UTC)


def ask(session: Session, test_id: str, person_id: str, turn_at: datetime, lines: Lines) -> None:
    """If it still begins then, and it is not too late for the question. After a crash it is the same one."""
    at = database_now(session)
    begins = person_id in _who_begins(rota(session, turn_at - JUST_BEFORE), turn_at, lines.zone)
    if begins and at < asked_at(turn_at, lines.zone) + ANSWER_IN and session.get(DutyTest, test_id) is None:
        _ask(session, test_id, person_id, "turn", at, turn_at, lines)


def nobody_answered(session: Session, test_id: str, lines: Lines) -> None:
    """A quarter of an hour is over. Whoever leads rings them, and knows who is called next; those are asked."""
    test = session.get(DutyTest, test_id)
    if test is None or test.answered_at or test.turn_at is None or _answers_calls(session, test):
        return
    at = database_now(session)
    known, then = rota(session, at), max(at, test.turn_at)
    if test.why == "turn" and test.person_id not in _on_duty(known, then, lines.zone):
        return
    silent = {test.person_id, *_silent(session, at - ANSWER_IN + TOGETHER)}
    following = _next(known, test.person_id, silent, then, lines.zone) if test.why == "turn" else []
    names = session.scalars(select(Person.name).where(Person.id.in_(following)).order_by(Person.name))
    lead = lead_besides(session, {test.person_id})
    kind = UNANSWERED[0] if following else UNANSWERED[1]
    role, told = "" if lead else "responder", ", ".join(names)
    ask_for(session, kind, test.person_id, role=role, given_to=lead, due_at=test.asked_at + ANSWER_IN, who=told)
    for person_id in following:
        if not _asked_since(session, person_id, test.asked_at - ANSWER_IN):
            _ask(session, new_id(), person_id, "next", at, test.turn_at, lines)


def unanswered(session: Session) -> dict[str, datetime]:
    """Person → the beginning of the turn about which they were asked today, and did not answer in time."""
    return _silent(session, database_now(session) - ANSWER_IN)


def _silent(session: Session, asked_by: datetime) -> dict[str, datetime]:
    """Who was asked about their turn by then, and has answered neither that, nor a later question, nor a call."""
    asked = (DutyTest.why.in_(AT_TURNS), DutyTest.asked_at > asked_by + ANSWER_IN - A_DAY)
    found: dict[str, datetime] = {}
    for test in session.scalars(select(DutyTest).where(*asked).order_by(DutyTest.asked_at)):
        if test.answered_at or _answers_calls(session, test):
            found.pop(test.person_id, None)
        elif test.why == "turn" and test.turn_at and test.asked_at <= asked_by:
            found[test.person_id] = test.turn_at
    return found


def _ask(
    session: Session, test_id: str, person_id: str, why: str, at: datetime, turn_at: datetime, lines: Lines
) -> None:  # fmt: skip
    ways = [way for way in usable_ways(session, person_id) if way.kind in lines.kinds]
    quiet = [way.id for way in ways if way.kind != LOUD] or [way.id for way in ways]
    send(session, DutyTest(id=test_id, person_id=person_id, why=why, asked_at=at, turn_at=turn_at), quiet)
    must_happen(session, LATE, test_id, at + ANSWER_IN)


def _whoever_is_named(known: Rota) -> Rota:
    """Who is away today may be back when their turn begins: then it is looked at again."""
    named = {one.person_id for one in known.shifts} | {one.person_id for one in known.changes}
    return replace(known, answering=frozenset(named - {""}))


def _who_begins(known: Rota, moment: datetime, zone: ZoneInfo) -> set[str]:
    """On duty from then on, and not before: a turn that goes on under another level is the same one."""
    return _on_duty(known, moment, zone) - _on_duty(known, moment - JUST_BEFORE, zone)


def _on_duty(known: Rota, at: datetime, zone: ZoneInfo) -> set[str]:
    """On the rota of any level."""
    return {one for level in KEPT_LEVELS for one in known.people(level, at, zone)}


def _next(known: Rota, person_id: str, silent: set[str], at: datetime, zone: ZoneInfo) -> list[str]:
    """Who is called besides those who are silent on their own level, or else on the one after it."""
    levels = [known.people(level, at, zone) for level in KEPT_LEVELS]
    own = next((number for number, people in enumerate(levels) if person_id in people), len(levels))
    return sorted(next((rest for people in levels[own:] if (rest := people - silent)), set()))


def _asked_since(session: Session, person_id: str, since: datetime) -> bool:
    """Whether they were asked about their own turn, or for another's."""
    theirs = (DutyTest.person_id == person_id, DutyTest.why.in_(AT_TURNS), DutyTest.asked_at > since)
    return session.scalar(select(DutyTest.id).where(*theirs).limit(1)) is not None


def _answers_calls(session: Session, test: DutyTest) -> bool:
    """Who has done something about a call since then is there."""
    theirs = (IncidentEvent.who == test.person_id, IncidentEvent.what.in_(THEIR_ACTS))
    since = IncidentEvent.at >= test.asked_at
    return session.scalar(select(IncidentEvent.number).where(*theirs, since).limit(1)) is not None
