"""What the worker does to reach one person: the next step, a mail, a push, the numbers that check a mail address."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.foundation.database import Database, Session
from app.foundation.delivery import mail, ntfy, push
from app.foundation.due import Due
from app.foundation.tokens import house_key
from app.people import checking_ways, reaching
from app.people.checking_ways import CODE_TEXT, CODE_TITLE, SEND_CODE
from app.people.models import Person
from app.people.reaching import BODY, REACH, SEND_MAIL, SEND_PUSH, Notice
from app.people.ways import Way, reach_of
from app.problems import N_
from app.settings import Settings
from app.wording import say

WAITS = (15, 60, 300, 900, 3600, 4 * 3600)
"""Seconds between the tries of one mail or push. After the last it is given up, and the next way is taken."""

MAIL_TEXT = N_("You asked us to write here when something waits for you. To change that, open My settings.")


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out for one notice by one way, in the reader's language."""

    way: Way
    title: str
    body: str
    language: str
    path: str


async def reach(database: Database, settings: Settings, row: Due) -> None:
    zone = ZoneInfo(settings.timezone)
    await database.transaction(reaching.next_step, row.whom, zone, after=row.details.get("after", -1))


async def send_mail(database: Database, settings: Settings, row: Due) -> None:
    """A neutral title, the house's address, and how to change it. Never words, rooms or names."""
    letter = await database.read(letter_for, row)
    if letter is None:
        return
    text = f"{letter.body}\n{settings.address}{letter.path}\n\n{say(MAIL_TEXT, letter.language)}\n"
    await mail.send(settings.smtp_url, letter.way.address, letter.title, text)
    await database.transaction(reaching.arrived, letter.way.id)


async def send_push(database: Database, settings: Settings, row: Due) -> None:
    letter = await database.read(letter_for, row)
    if letter is None:
        return
    if not push.allowed(letter.way.address, settings.push_services):
        raise push.Gone("service")
    to = push.Subscription(letter.way.address, letter.way.keys.get("p256dh", ""), letter.way.keys.get("auth", ""))
    payload = {"title": letter.title, "body": letter.body, "url": letter.path}
    contact = settings.public_url if settings.over_https else "mailto:hearthside@localhost.localdomain"
    await push.send(push.push_key(settings.push_key_path), contact, to, payload)
    await database.transaction(reaching.arrived, letter.way.id)


async def send_code(database: Database, settings: Settings, row: Due) -> None:
    """Fresh numbers at every try: the newest mail holds those that count."""
    key = house_key(settings.secret_path)
    made = await database.transaction(checking_ways.new_code, row.whom, key)
    if made is None:
        return
    kind, language = await database.read(_kind_and_language, row.whom)
    title, text = say(CODE_TITLE, language), say(CODE_TEXT, language, code=made[1])
    if kind == "ntfy":
        await ntfy.send(made[0], settings.ntfy_servers, title, text, f"{settings.address}/ways", loud=False)
    else:
        await mail.send(settings.smtp_url, made[0], title, f"{text}\n")


def letter_for(session: Session, row: Due) -> Letter | None:
    """What to send, or nothing if they have seen it meanwhile or do not use this way any more."""
    notice, way = session.get(Notice, row.details["notice"]), session.get(Way, row.details["way"])
    if notice is None or way is None or notice.seen_at or way.ended_at:
        return None
    language = session.get_one(Person, way.person_id).language
    title = say(reaching.title_for(notice.what, reach_of(session, way.person_id)), language)
    return Letter(way, title, say(BODY, language), language, notice.path)


def another_way(session: Session, row: Due, trouble: Exception) -> None:
    gone = isinstance(trouble, push.Gone)
    reaching.did_not_arrive(
        session, row.details["notice"], row.details["way"], type(trouble).__name__, gone=gone
    )  # fmt: skip


def code_was_lost(session: Session, row: Due, trouble: Exception) -> None:
    """The mail with the numbers never left: whoever looks at the ways sees it."""
    way = session.get_one(Way, row.whom)
    way.trouble = type(trouble).__name__[:40]


def _kind_and_language(session: Session, way_id: str) -> tuple[str, str]:
    way = session.get_one(Way, way_id)
    return way.kind, session.get_one(Person, way.person_id).language


JOBS: dict[str, Callable[[Database, Settings, Due], Awaitable[None]]] = {
    REACH: reach, SEND_MAIL: send_mail, SEND_PUSH: send_push, SEND_CODE: send_code,
}  # fmt: skip
WAYS_ON: dict[str, Callable[[Session, Due, Any], None]] = {
    SEND_MAIL: another_way, SEND_PUSH: another_way, SEND_CODE: code_was_lost,
}  # fmt: skip
"""What happens when it is given up."""
