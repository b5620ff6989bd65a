"""What was said around a call. Its owner reads it; anybody else gives a reason first, and has half an hour."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import looking
from app.crisis.looking import FOR_MINUTES, LONGEST_REASON, Window
from app.crisis.models import Incident
from app.crisis.responding import call_for
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.get("/staff/calls/{call_id}/window")
async def window(page: OwnPage, call_id: str) -> Response:
    """The reading is committed to the log of staff acts before this page has one word of it."""
    incident, name = await page.house.database.transaction(_whose, page.me, call_id)
    seen = await page.house.database.transaction(looking.read_window, page.me, call_id)
    return page.show(
        "staff_call_window.html",
        call_id=call_id,
        name=name,
        title=seen.room_title if seen else "",
        seen=seen is not None,
        until=page.calendar.time(seen.until) if seen and seen.until else "",
        messages=_messages(page, incident, seen) if seen else [],
        minutes=FOR_MINUTES,
        longest=LONGEST_REASON,
    )


@router.post("/staff/calls/{call_id}/window")
async def ask(page: OwnPage, call_id: str, reason: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(looking.ask_to_look, page.me, call_id, reason)
    return page.go(f"/staff/calls/{call_id}/window")


def _whose(session: Session, actor: Actor, call_id: str) -> tuple[Incident, str]:
    incident = call_for(session, actor, call_id)
    return incident, session.get_one(Person, incident.person_id).name


def _messages(page: Page, incident: Incident, seen: Window) -> list[dict[str, Any]]:
    return [
        {
            "seq": one.seq,
            "name": one.author_name,
            "time": page.calendar.moment(one.at),
            "text": "" if one.removed_at else one.text,
            "gone": page.say(N_("These words were taken back.")) if one.removed_at else "",
            "theirs": one.author_id == incident.person_id,
        }
        for one in seen.entries
    ]
