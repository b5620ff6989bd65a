"""What the worker asks of staff by the clock: a test every week, to look in again, to hand over at a turn's end."""

from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy import select

from app.crisis import duty_tests, duty_ways, following_up
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
TEST = N_("{house}: TEST {code}, {time}. Nobody needs help. Send {code} back, or open {link}")


async def look(database: Database, settings: Settings, row: Due) -> None:
    """Each day: whose week is over?"""
    await database.transaction(duty_tests.plan_week, lines_of(settings))


async def ask(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(duty_tests.begin, row.id, row.whom, lines_of(settings))


async def send(database: Database, settings: Settings, row: Due) -> None:
    """By one way. What does not go after a few tries, or never will, is marked: the readiness board shows it."""
    going = await database.read(outgoing, settings, row)
    if going is None:
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
        await database.transaction(duty_ways.works_again, row.details["way"], but=duty_ways.UNDELIVERED)


async def late(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(duty_tests.is_late, row.whom)


async def remind(database: Database, settings: Settings, row: Due) -> None:
    await database.transaction(following_up.remind, row.whom)


def outgoing(session: Session, settings: Settings, row: Due) -> Outgoing | None:
    """The test as it goes out; nothing where that way is not used any more, or it was answered meanwhile."""
    test = session.get(DutyTest, row.details["test"])
    if test is None or test.answered_at is not None:
        return None
    way = session.scalar(select(Way).where(Way.id == row.details["way"], Way.ended_at.is_(None)))
    if test.person_id and way is None:
        return None
    kind, language, keys = "text", "en", {}
    address = session.get_one(OnCallPlan, 1).catch_all_phone
    if way is not None:
        kind, address, keys = way.kind, way.address, dict(way.keys)
        language = session.get_one(Person, way.person_id).language
    link, house = f"{settings.address}/staff/on-call", session.get_one(Site, 1).name
    at = clock(test.asked_at, settings, language)
    text = say(TEST, language, house=house, code=test.code, time=at, link=link)
    return Outgoing(kind, row.id, address, keys, text, link, house)


async def _mark(database: Database, row: Due, trouble: Exception) -> None:
    kind = str(trouble) if str(trouble).isalnum() else type(trouble).__name__
    log.warning("duty_test_failed", trouble=kind)
    await database.transaction(duty_ways.is_failing, row.details["way"], kind)


JOBS: dict[str, Callable[[Database, Settings, Due], Awaitable[None]]] = {
    LOOK: look, duty_tests.ASK: ask, duty_tests.SEND: send, duty_tests.LATE: late, following_up.REMIND: remind,
}  # fmt: skip
