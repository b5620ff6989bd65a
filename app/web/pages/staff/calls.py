"""One call for help: what we know, who has seen it, what came of it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from sqlalchemy import exists, select
from starlette.responses import Response

from app.crisis import opening_sheets, responding
from app.crisis.responding import Call
from app.foundation.clock import later
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people.actors import Actor
from app.people.help_sheet import Sheet
from app.problems import NotFound
from app.rooms.finding import rooms_for
from app.rooms.models import Presence
from app.rooms.presence import VOID_AFTER_SECONDS
from app.web.pages.help_sheet import answers
from app.web.pages.page import OwnPage
from app.web.pages.staff.home import call_view

router = APIRouter()


@router.get("/staff/calls/{call_id}")
async def call(page: OwnPage, call_id: str) -> Response:
    found, notes = await page.house.database.transaction(look, page.me, call_id)
    inside, here = await page.house.database.read(around, page.me, found)
    told = [{"when": page.calendar.moment(at), "text": text} for at, text in notes]
    room_id = found.incident.room_id if inside else ""
    return page.show(
        "staff_call.html",
        call=call_view(page, found),
        notes=told,
        room_id=room_id,
        here=here,
        mine=opening_sheets.owns(page.me, found.incident),
    )


@router.post("/staff/calls/{call_id}/seen")
async def seen(page: OwnPage, call_id: str) -> Response:
    await page.house.database.urgently(responding.say_seen, page.me, call_id)
    return page.go(f"/staff/calls/{call_id}")


@router.post("/staff/calls/{call_id}/close")
async def close(page: OwnPage, call_id: str, outcome: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(responding.close, page.me, call_id, outcome)
    return page.go("/staff")


@router.post("/staff/calls/{call_id}/sheet")
async def sheet(page: OwnPage, call_id: str) -> Response:
    """A post, as each opening is recorded and told to the caller: nothing opens it by looking at the page."""
    found, opened = await page.house.database.urgently(_open_sheet, page.me, call_id, page.house.seals)
    return page.show(
        "staff_call_sheet.html",
        call_id=call_id,
        name=found.name,
        answers=answers(page, opened.words) if opened else None,
        checked=page.calendar.long_day(opened.checked_at) if opened else "",
    )


def look(session: Session, actor: Actor, call_id: str) -> tuple[Call, list[tuple[datetime, str]]]:
    """The call and its notes; the look is recorded, so this is a transaction."""
    found = next((one for one in responding.open_calls(session, actor) if one.incident.id == call_id), None)
    if found is None:
        raise NotFound()
    return found, responding.notes_of(session, actor, call_id)


def _open_sheet(session: Session, actor: Actor, call_id: str, seals: Seals) -> tuple[Call, Sheet | None]:
    found = next((one for one in responding.open_calls(session, actor) if one.incident.id == call_id), None)
    if found is None:
        raise NotFound()
    return found, opening_sheets.open_sheet(session, actor, call_id, seals)


def around(session: Session, actor: Actor, call: Call) -> tuple[bool, bool]:
    """Whether the reader belongs to the room the call came from, and whether the caller has a room open now."""
    open_now = (
        Presence.person_id == call.incident.person_id,
        Presence.seen_at >= later(-VOID_AFTER_SECONDS),
    )
    inside = call.incident.room_id in {room.id for room in rooms_for(session, actor)}
    return inside, bool(session.scalar(select(exists().where(*open_now))))
