"""A room, as it stands: who is here, what was said, and one field to write in."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from app.crisis import responding
from app.foundation.database import Session
from app.messages import reading, reviewing
from app.messages.covering import own_covered
from app.messages.drafts import draft_in
from app.messages.posting import WITHDREW
from app.messages.refs import WHY_SENTENCES
from app.people.actors import Actor
from app.people.consent import require_consent
from app.people.models import Person
from app.problems import Muted, RoomClosed
from app.rooms import entries, telling
from app.rooms.models import Entry, Waiting
from app.web.pages import messages
from app.web.pages.few_words import few_words
from app.web.pages.names import people_here, role_word
from app.web.pages.page import OwnPage, Page
from app.web.pages.room_called import label_of, subtitle_of, title_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Seen:
    """One snapshot of a room for one reader."""

    opened: reading.Opened
    pages: entries.Pages
    answered: list[dict[str, Any]]
    """Entries that those on this page answer, and that are not on it."""
    waiting: list[Waiting]
    withdrew: bool
    covered: dict[int, str]
    call: str
    """In a room for help, for who has the call: its id."""


@router.get("/rooms/{room_id}")
async def room(page: OwnPage, room_id: str, before: int | None = None, answer: int | None = None) -> Response:
    seen = await page.house.database.read(look, page.me, room_id, before, answer)
    _mark_read(page, seen)
    return show(page, seen, looking_back=before is not None, answer=answer, draft=await begun(page, room_id))


async def begun(page: Page, room_id: str) -> str:
    """What was begun here on a shared tablet; elsewhere the tablet itself keeps it."""
    if not page.me.shared:
        return ""
    return await page.house.database.read(draft_in, page.me, room_id, page.house.seals)


def look(session: Session, actor: Actor, room_id: str, before: int | None, answer: int | None) -> Seen:
    opened = reading.open_room(session, actor, room_id)
    if opened.room.kind != "help":
        require_consent(session, actor)
    pages = opened.pages if before is None else entries.newest(session, room_id, before=before)
    known = {entry["seq"] for entry in pages.entries}
    wanted = {entry.get("reply_to") for entry in pages.entries} | {answer}
    answered = select(*telling.TOLD).where(Entry.room_id == room_id, Entry.seq.in_(wanted - known - {None}))
    waiting = [one for one in reviewing.waiting_in(session, actor, room_id) if one.author_id == actor.id]
    withdrew = opened.room.kind != "help" and session.get_one(Person, actor.id).withdrew_at is not None
    return Seen(opened, pages, [telling.told(row) for row in session.execute(answered)], waiting, withdrew,
                own_covered(session, actor, room_id), _call(session, actor, opened))  # fmt: skip


def _call(session: Session, actor: Actor, opened: reading.Opened) -> str:
    return responding.call_in(session, actor, opened.room.id) if opened.room.kind == "help" else ""


def show(
    page: Page,
    seen: Seen,
    *,
    looking_back: bool = False,
    answer: int | None = None,
    problem: str = "",
    draft: str = "",
    status: int = 200,
) -> Response:
    opened, told = seen.opened, seen.pages.entries
    reader = replace(reader_of(page, opened), covered=seen.covered)
    all_told = messages.shown([*seen.answered, *told], reader)
    answering = next((one for one in all_told if one.seq == answer and one.answerable), None)
    return page.show(
        "room.html",
        status,
        room=_room(page, opened),
        here_count=people_here(len(opened.here), page.language),
        people_here=[_here(page, person) for person in opened.people if person.id in opened.here],
        messages=all_told[len(seen.answered) :],
        more=seen.pages.more,
        oldest=told[0]["seq"] if told else "",
        looking_back=looking_back,
        waiting=[_waiting(page, one) for one in seen.waiting],
        phrases=messages.phrases(page.language),
        few_words=few_words(page.language),
        can_moderate="remove" in opened.can,
        mentee=_mentee(page, opened),
        call=seen.call,
        **_writing(page, seen),
        answering=answering,
        nonce=uuid4(),
        problem=problem,
        draft=draft,
        blank=messages.Message(),
        blank_unsent={},
    )


def _writing(page: Page, seen: Seen) -> dict[str, Any]:
    """Whether the reader may write here now, and if not why not."""
    return {
        "may_say": "say" in seen.opened.can and not seen.withdrew,
        "may_not": page.say(WITHDREW if seen.withdrew else RoomClosed.sentence),
        "withdrew": seen.withdrew,
        "reads_only": _reads_only(page, seen.opened),
        "composer_label": label_of(page, seen.opened),
    }


def reader_of(page: Page, opened: reading.Opened) -> messages.Reader:
    names = {person.id: person.name for person in opened.people}
    leading = frozenset(person.id for person in opened.people if "facilitator" in person.roles)
    return messages.Reader(page.me.id, names, leading, page.calendar)


def _mark_read(page: Page, seen: Seen) -> None:
    """Having the page is having read it, as far as anybody can tell without script."""
    last = seen.pages.entries[-1]["seq"] if seen.pages.entries else 0
    if last > seen.opened.seen.get(page.me.id, 0):
        page.house.live.marks.seen(seen.opened.room.id, page.me.id, last)


def _room(page: Page, opened: reading.Opened) -> dict[str, Any]:
    found = opened.room
    return {
        "id": found.id,
        "kind": found.kind,
        "title": title_of(page, opened),
        "open": subtitle_of(page, found, paused=False),
        "rests": subtitle_of(page, found, paused=True),
        "version": opened.pages.version,
        "epoch": page.house.epoch,
        "paused": found.paused_at is not None,
    }


def _mentee(page: Page, opened: reading.Opened) -> Any:
    """In a room for two the other, for a mentor who may need on-call for them."""
    if opened.room.kind != "pair" or not page.me.roles.may_anywhere("get_on_call"):
        return None
    return next((one for one in opened.people if one.id != page.me.id and not one.membership.for_id), None)


def _reads_only(page: Page, opened: reading.Opened) -> str:
    """Until when and why the reader may not write here, if that is so."""
    mine = next(person.membership for person in opened.people if person.id == page.me.id)
    if mine.muted_until is None or mine.muted_until <= page.now:
        return ""
    return page.say(Muted.sentence, until=page.calendar.until(mine.muted_until), reason=mine.muted_why)


def _here(page: Page, person: Any) -> dict[str, str]:
    leading = "facilitator" in person.roles
    return {"name": person.name, "role": role_word("facilitator", page.language) if leading else ""}


def _waiting(page: Page, one: Waiting) -> dict[str, str]:
    return {
        "ref": one.ref,
        "waiting": one.id,
        "at": one.written_at.isoformat(),
        "time": page.calendar.moment(one.written_at),
        "text": one.text,
        "state": page.say(WHY_SENTENCES[one.why]),
    }
