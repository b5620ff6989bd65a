"""A test page to everybody whom a call may reach: once a week, by every way they have, to be answered.

It says that it is a test. It is answered by its code in a text, or by a tap on *Who is on call* after signing in:
what goes out is not yet known to arrive. Who has not answered within a day is somebody's task. The telephone of the
catch-all is texted, and rung. (`beginning_turns` asks in the same way when a turn begins.)
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from app.crisis.codes import free_code
from app.crisis.duty_ways import usable_ways
from app.crisis.lines import TEAM, Lines
from app.crisis.models import DutyTest
from app.crisis.on_call import OnCallPlan, rota
from app.foundation import audit
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.due import must_happen
from app.people.actors import Actor
from app.people.roles import require, require_to_find
from app.people.tasks import ask_for, drop
from app.problems import NotFound

ASK, SEND, LATE = "duty_test", "send_duty_test", "duty_test_late"
UNANSWERED = ("turn_unanswered", "turn_unanswered_alone")
"""Tasks about somebody who did not answer when their turn began."""
CATCH_ALL = ""
OF_CATCH_ALL = ("text", "ring", TEAM)
WEEKLY, AT_TURNS = ("week",), ("turn", "next")
WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
AGAIN_AFTER = WEEK - timedelta(hours=12)
IN_THE_MORNING = time(10)
"""By the clock on the house's wall: nobody is woken by a test."""


def plan_week(session: Session, lines: Lines) -> None:
    """Each day: who was not asked for a week is asked in the morning."""
    at = database_now(session)
    recent = (DutyTest.asked_at > at - AGAIN_AFTER, DutyTest.why.in_(WEEKLY), _number_of_now(session))
    lately = set(session.scalars(select(DutyTest.person_id).where(*recent)))
    for person_id in sorted(_everybody(session, at) - lately):
        must_happen(session, ASK, person_id, next_morning(at, lines.zone))


def ask_now(session: Session, actor: Actor, person_id: str) -> None:
    """*Send a test now*, for somebody who may be called, or the telephone of the catch-all."""
    require(actor.roles, "keep_rota")
    at = database_now(session)
    if person_id not in _everybody(session, at):
        raise NotFound()
    must_happen(session, ASK, person_id, at)
    audit.record(session, actor.id, "ask_duty_test", whom=person_id)


def begin(session: Session, test_id: str, person_id: str, lines: Lines) -> None:
    """Ask them, by all their ways. After a crash it is the same test."""
    at = database_now(session)
    if session.get(DutyTest, test_id) is not None or person_id not in _everybody(session, at):
        return
    if person_id == CATCH_ALL:
        ways = [kind for kind in OF_CATCH_ALL if kind in lines.kinds]
        address = session.get_one(OnCallPlan, 1).catch_all_phone
    else:
        ways, address = [way.id for way in usable_ways(session, person_id) if way.kind in lines.kinds], ""
    send(session, DutyTest(id=test_id, person_id=person_id, asked_at=at, address=address), ways)
    must_happen(session, LATE, test_id, at + A_DAY)


def send(session: Session, test: DutyTest, ways: list[str]) -> None:
    """Keep that they are asked, with a code of its own; by each of these ways it goes out."""
    test.code = free_code(session)
    session.add(test)
    for way in ways:
        must_happen(session, SEND, f"{test.id} {way}", test.asked_at, test=test.id, way=way)


def went(session: Session, test_id: str, kind: str, trouble: str = "") -> None:
    """How it went with one way of the catch-all."""
    test = session.get(DutyTest, test_id, with_for_update=True, populate_existing=True)
    if test is not None and test.person_id == CATCH_ALL:
        test.went = {**test.went, kind: trouble}


def is_late(session: Session, test_id: str) -> None:
    """A day is over. Somebody who keeps the rota finds out why they did not answer."""
    test = session.get(DutyTest, test_id)
    if test and test.answered_at is None and test.person_id in _everybody(session, database_now(session)) - {CATCH_ALL}:
        ask_for(session, "duty_test_late", test.person_id, role="supervisor", due_at=test.asked_at + A_DAY)


def answer(session: Session, actor: Actor) -> None:
    """*I have it*, on the screen: whoever can tap here was reached, and can sign in."""
    require_to_find(actor.roles, "see_rota")
    _answered(session, waiting(session, actor.id), "screen")


def answer_by_code(session: Session, person_ids: list[str], code: str) -> str | None:
    """The code of a test, sent back by one of those who share a telephone: whose it was."""
    open_ones = (DutyTest.person_id.in_(person_ids), DutyTest.code == code)
    since = DutyTest.asked_at > database_now(session) - WEEK
    test = session.scalar(select(DutyTest).where(*open_ones, since).order_by(DutyTest.asked_at.desc()).limit(1))
    if test is None:
        return None
    _answered(session, test, "text")
    return test.person_id


def waiting(session: Session, person_id: str) -> DutyTest | None:
    """What this person has not answered: of a turn that began within a day, or the newest test of the last week."""
    at = database_now(session)
    for whys, since in ((AT_TURNS, A_DAY), (WEEKLY, WEEK)):
        mine = (DutyTest.person_id == person_id, DutyTest.why.in_(whys), DutyTest.asked_at > at - since)
        newest = session.scalar(select(DutyTest).where(*mine).order_by(DutyTest.asked_at.desc()).limit(1))
        if newest and newest.answered_at is None:
            return newest
    return None


def newest_of_catch_all(session: Session) -> DutyTest | None:
    """The last test of the telephone that is the catch-all's now."""
    theirs = (DutyTest.person_id == CATCH_ALL, _number_of_now(session))
    return session.scalar(select(DutyTest).where(*theirs).order_by(DutyTest.asked_at.desc()).limit(1))


def catch_all_answered(session: Session) -> datetime | None:
    """When the telephone that is the catch-all's now last answered a test."""
    theirs = (DutyTest.person_id == CATCH_ALL, _number_of_now(session))
    return session.scalar(select(func.max(DutyTest.answered_at)).where(*theirs))


def last_answered(session: Session) -> dict[str, datetime]:
    """Person → when they last answered a test; empty stands for the telephone of the catch-all."""
    last = select(DutyTest.person_id, func.max(DutyTest.answered_at)).where(DutyTest.answered_at.is_not(None))
    return {person_id: at for person_id, at in session.execute(last.group_by(DutyTest.person_id)) if at}


def next_morning(at: datetime, zone: ZoneInfo) -> datetime:
    day = at.astimezone(zone).date()
    today = datetime.combine(day, IN_THE_MORNING, zone)
    return (today if today >= at else datetime.combine(day + A_DAY, IN_THE_MORNING, zone)).astimezone(UTC)


def _everybody(session: Session, at: datetime) -> set[str]:
    """Whom a call may reach: all of the on-call staff, and the telephone of the catch-all."""
    phone = session.get_one(OnCallPlan, 1).catch_all_phone
    return set(rota(session, at).answering) | ({CATCH_ALL} if phone else set())


def _number_of_now(session: Session) -> ColumnElement[bool]:
    """Of the catch-all only what was asked of its number of today counts."""
    return DutyTest.address.in_(("", session.get_one(OnCallPlan, 1).catch_all_phone))


def _answered(session: Session, test: DutyTest | None, by: str) -> None:
    if test is not None and test.answered_at is None:
        test.answered_at, test.answered_by = database_now(session), by
        if test.why in AT_TURNS:
            for kind in UNANSWERED:
                drop(session, kind, test.person_id)
