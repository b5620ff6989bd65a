"""What the worker asks of staff by the clock: a test every week, an answer when a turn begins, to look in again."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from sqlalchemy import select

from app.crisis import beginning_turns, duty_tests, duty_ways, following_up
from app.crisis.lines import lines_of
from app.crisis.models import DutyTest
from app.crisis.on_call import OnCallPlan
from app.foundation.database import Database, Session
from app.foundation.delivery import phone, push
from app.foundation.due import Due
from app.paging_out import Outgoing, clock, hand_over
from app.people.models import Person, Site
from app.people.ways import Way
from app.problems import N_
from app.settings import Settings
from app.wording import say

log = structlog.get_logger()
LOOK = "look_for_duty_tests"
MOST_TRIES = 5
ASKS = {
    "week": N_("{house}: TEST {code}, {time}. Nobody needs help. Send {code} back, or open {link}"),
    "turn": N_("{house}: your turn on call is from {time}. Nobody needs help now. Send {code} back, or open {link}"),
    "next": N_(
        "{house}: nobody has answered for the turn of {time}. You are called next. Nobody needs help now. "
        "Send {code} back, or open {link}"
    ),
}


async def look(database: Database, settings: Settings, row: Due) -> None:
    """Each day: whose week is over, and whose turn begins?"""
    await database.transaction(duty_tests.plan_week, lines_of(settings))
    await database.transaction(beginning_turns.plan, lines_of(settings))


async def ask(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(duty_tests.begin, row.id, row.whom, lines_of(settings))


async def ask_at_turn(database: Database, settings: Settings, row: Due) -> None:
    turn_at = datetime.fromisoformat(row.details["turn_at"])
    await database.transaction(beginning_turns.ask, row.id, row.whom, turn_at, lines_of(settings))


async def send(database: Database, settings: Settings, row: Due) -> None:
    """By one way. What does not go after a few tries, or never will, is marked: the readiness board shows it."""
    going = await database.read(outgoing, settings, row)
    if going is None:
        if row.trouble:
            await database.transaction(_failed, row, row.trouble)
        return
    try:
        await hand_over(settings, going)
    except (phone.Never, push.Gone) as trouble:
        await _mark(database, row, trouble)
    except Exception as trouble:
        if row.tries < MOST_TRIES:
            raise
        await _mark(database, row, trouble)
    else:
        await database.transaction(_went, row)


async def late(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(duty_tests.is_late, row.whom)


async def turn_unanswered(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(beginning_turns.nobody_answered, row.whom, lines_of(settings))


async def remind(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(following_up.remind, row.whom)


def outgoing(session: Session, settings: Settings, row: Due) -> Outgoing | None:
    """The test as it goes out; nothing where that way is not used any more, or they answered meanwhile.

    The telephone of the catch-all is rung all the same: a text that came says nothing of the ring."""
    test = session.get(DutyTest, row.details["test"])
    if test is None or (test.answered_at and test.person_id):
        return None
    way = session.scalar(select(Way).where(Way.id == row.details["way"], Way.ended_at.is_(None)))
    if test.person_id and way is None:
        return None
    kind, language, keys = row.details["way"], "en", {}
    address = test.address or session.get_one(OnCallPlan, 1).catch_all_phone
    if way is not None:
        kind, address, keys = way.kind, way.address, dict(way.keys)
        language = session.get_one(Person, way.person_id).language
    link, house = f"{settings.address}/staff/on-call", session.get_one(Site, 1).name
    at = clock(test.turn_at or test.asked_at, settings, language)
    text = say(ASKS[test.why], language, house=house, code=test.code, time=at, link=link)
    return Outgoing(kind, row.id, address, keys, text, link, house)


async def _mark(database: Database, row: Due, trouble: Exception) -> None:
    kind = str(trouble) if str(trouble).isalnum() else type(trouble).__name__
    log.warning("duty_test_failed", trouble=kind)
    await database.transaction(_failed, row, kind)


def _went(session: Session, row: Due) -> None:
    duty_tests.went(session, row.details["test"], row.details["way"])
    duty_ways.works_again(session, row.details["way"], but=duty_ways.UNDELIVERED)


def _failed(session: Session, row: Due, trouble: str) -> None:
    duty_tests.went(session, row.details["test"], row.details["way"], trouble)
    duty_ways.is_failing(session, row.details["way"], trouble)


JOBS: dict[str, Callable[[Database, Settings, Due], Awaitable[None]]] = {
    LOOK: look, duty_tests.ASK: ask, duty_tests.SEND: send, duty_tests.LATE: late, following_up.REMIND: remind,
    beginning_turns.ASK: ask_at_turn, beginning_turns.LATE: turn_unanswered,
}  # fmt: skip
