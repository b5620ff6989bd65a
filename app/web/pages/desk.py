"""The facilitator's desk of one room: what waits, what was said, who may do what here."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from app.crisis.judging import Worry, worries_in
from app.crisis.understood import not_screened
from app.foundation.database import Session
from app.messages import reading, reviewing
from app.people.actors import Actor
from app.problems import N_, NotFound
from app.rooms.finding import InRoom, may_moderate
from app.rooms.models import Entry, Waiting
from app.web.pages.desk_worries import worry_view
from app.web.pages.home import who_is_there
from app.web.pages.messages import GONE_ERASED
from app.web.pages.names import role_word
from app.web.pages.page import OwnPage, Page

router = APIRouter()

MOST_MESSAGES = 30


@router.get("/rooms/{room_id}/desk")
async def desk(page: OwnPage, room_id: str, seq: int | None = None) -> Response:
    opened, waiting, said, worries = await page.house.database.transaction(look, page.me, room_id, seq)
    return page.show(
        "desk.html",
        room=opened.room,
        paused=page.calendar.time(opened.room.paused_at) if opened.room.paused_at else "",
        who=who_is_there(page, opened.people, opened.here),
        worries=[worry_view(page, one) for one in worries],
        waiting=[_waiting(page, one, opened.room.languages) for one in waiting],
        messages=[_said(page, one, opened.room.languages, seq) for one in said],
        people=[_person(page, one) for one in opened.people],
    )


def look(
    session: Session, actor: Actor, room_id: str, seq: int | None
) -> tuple[reading.Opened, list[Waiting], list[Entry], list[Worry]]:
    """For who may moderate this room; for others there is no desk."""
    opened = reading.open_room(session, actor, room_id)
    if not may_moderate(actor.roles, opened.room):
        raise NotFound()
    query = select(Entry).where(Entry.room_id == room_id, Entry.kind == "message").order_by(Entry.seq.desc())
    if seq is not None:
        query = query.where(Entry.seq <= seq + MOST_MESSAGES // 2)
    said = list(session.scalars(query.limit(MOST_MESSAGES)))
    waiting = reviewing.look_at_waiting(session, actor, room_id)
    return opened, waiting, said, worries_in(session, actor, room_id)


def _waiting(page: Page, one: Waiting, languages: list[str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.author_name,
        "text": one.text,
        "time": page.calendar.moment(one.written_at),
        "own": one.author_id == page.me.id,
        "not_screened": not_screened(one.text, languages),
    }


def _said(page: Page, one: Entry, languages: list[str], seq: int | None) -> dict[str, Any]:
    """Removed words stay out of sight here too: reading them is a step of its own, and recorded."""
    return {
        "seq": one.seq,
        "name": one.author_name,
        "time": page.calendar.moment(one.at),
        "text": "" if one.removed_at else one.text,
        "gone": page.say(_gone(one), name=one.author_name) if one.removed_at else "",
        "taken_back": one.removed_at is not None and one.removed_by == one.author_id,
        "covered": one.covered_at is not None,
        "chosen": one.seq == seq,
        "not_screened": one.removed_at is None and not_screened(one.text, languages),
    }


def _person(page: Page, person: InRoom) -> dict[str, Any]:
    place = person.membership
    muted = place.muted_until is not None and place.muted_until > page.now
    words = [role_word(role, page.language) for role in person.roles if role != "member"]
    if place.held:
        words.append(page.say(N_("words are held")))
    if muted and place.muted_until:
        words.append(page.say(N_("reads only until {time}"), time=page.calendar.time(place.muted_until)))
    return {"id": person.id, "name": person.name, "words": ", ".join(words), "held": place.held, "muted": muted}


def _gone(entry: Entry) -> str:
    """What a person took back themselves is theirs: the desk does not offer to show it again."""
    if entry.erased_at is not None:
        return GONE_ERASED
    return N_("{name} took these words back.") if entry.removed_by == entry.author_id else N_("Taken out of sight.")
