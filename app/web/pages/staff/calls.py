"""One call for help: what we know, who has seen it, what came of it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import responding
from app.crisis.responding import Call
from app.foundation.database import Session
from app.people.actors import Actor
from app.problems import NotFound
from app.web.pages.page import OwnPage
from app.web.pages.staff.home import call_view

router = APIRouter()


@router.get("/staff/calls/{call_id}")
async def call(page: OwnPage, call_id: str) -> Response:
    found, notes = await page.house.database.transaction(look, page.me, call_id)
    told = [{"when": page.calendar.moment(at), "text": text} for at, text in notes]
    return page.show("staff_call.html", call=call_view(page, found), notes=told)


@router.post("/staff/calls/{call_id}/seen")
async def seen(page: OwnPage, call_id: str) -> Response:
    await page.house.database.urgently(responding.say_seen, page.me, call_id)
    return page.go(f"/staff/calls/{call_id}")


@router.post("/staff/calls/{call_id}/close")
async def close(page: OwnPage, call_id: str, outcome: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(responding.close, page.me, call_id, outcome)
    return page.go("/staff")


def look(session: Session, actor: Actor, call_id: str) -> tuple[Call, list[tuple[datetime, str]]]:
    """The call and its notes; the look is recorded, so this is a transaction."""
    found = next((one for one in responding.open_calls(session, actor) if one.incident.id == call_id), None)
    if found is None:
        raise NotFound()
    return found, responding.notes_of(session, actor, call_id)
