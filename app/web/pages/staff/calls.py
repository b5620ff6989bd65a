"""One call for help: what we know, who has seen it, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from sqlalchemy import exists, select
from starlette.responses import Response

from app.crisis import opening_sheets, responding
from app.crisis.models import Incident, IncidentEvent
from app.crisis.responding import Call
from app.crisis.timeline import kept_words, timeline_of
from app.crisis.worrying import Flag, flags_of
from app.foundation.clock import later
from app.foundation.database import Session
from app.people import help_sheet, safety_plan
from app.people.actors import Actor
from app.people.models import Person
from app.rooms.finding import rooms_for
from app.rooms.models import Presence
from app.rooms.presence import VOID_AFTER_SECONDS
from app.web.pages.page import OwnPage
from app.web.pages.staff.call_done import done, mine_of
from app.web.pages.staff.call_over import close_call, over, said_over
from app.web.pages.staff.call_words import outcomes, timeline, what_next
from app.web.pages.staff.caller_words import caller_says
from app.web.pages.staff.home import call_view
from app.web.pages.staff.prompts import prompts
from app.web.pages.worry_words import flag_words

router = APIRouter()


@router.get("/staff/calls/{call_id}")
async def call(page: OwnPage, call_id: str, alone: str = "") -> Response:
    if ended := await page.house.database.transaction(over, page.me, call_id):
        return page.show("staff_call_over.html", ended=said_over(page, *ended))
    found, notes = await page.house.database.transaction(look, page.me, call_id)
    incident = found.incident
    inside, here = await page.house.database.read(around, page.me, found)
    past = await page.house.database.read(history, incident)
    says = await page.house.database.read(caller_says, incident)
    has_plan = await page.house.database.read(safety_plan.may_be_opened, incident.person_id)
    return page.show(
        "staff_call.html",
        call=call_view(page, found),
        notes=[{"when": page.calendar.moment(at), "text": text} for at, text in notes],
        room_id=incident.room_id if inside else "",
        came_from_room=incident.room_id != "",
        here=here,
        mine=opening_sheets.owns(page.me, incident),
        plan=opening_sheets.owns(page.me, incident) and has_plan,
        help_room=incident.help_room_id,
        sheet=await page.house.database.read(help_sheet.checked_at, incident.person_id),
        wants_ring=says.wants == "ring",
        said_so_far=[page.say(one, name=found.name) for one in says.sentences],
        next=what_next(page, incident),
        alone=alone == "yes",
        done=done(page, past.lines),
        on_the_phone=any(line.what == "on_the_phone" for line in mine_of(page, past.lines)),
        prompts=prompts(page),
        outcomes=outcomes(page),
        flags=[
            {"when": page.calendar.moment(flag.at), "words": flag_words(page, flag), "said": ""} for flag in past.flags
        ],
        timeline=timeline(page, past.lines, past.words, past.names),
    )


@router.post("/staff/calls/{call_id}/close")
async def close(
    page: OwnPage,
    call_id: str,
    ended_as: Annotated[str, Form()] = "",
    outcome: Annotated[str, Form()] = "",
    follow_up_hours: Annotated[int, Form()] = 24,
) -> Response:
    how = (ended_as, outcome, follow_up_hours)
    hours = await page.house.database.transaction(close_call, page.me, call_id, *how)
    return page.go(f"/staff?closed={hours}")


def look(session: Session, actor: Actor, call_id: str) -> tuple[Call, list[tuple[datetime, str]]]:
    """The call and its notes; the look is recorded, so this is a transaction."""
    return responding.open_call(session, actor, call_id), responding.notes_of(session, actor, call_id)


@dataclass(frozen=True, slots=True)
class History:
    """The timeline, the words of its notes, the names that stand in it, and what the screen noticed."""

    lines: list[IncidentEvent]
    words: dict[int, str]
    names: dict[str, str]
    flags: list[Flag]


def history(session: Session, incident: Incident) -> History:
    lines = timeline_of(session, incident.id)
    ids = {incident.person_id, *(line.who for line in lines)}
    ids |= {one for line in lines for one in line.details.get("people", [])}
    names = {row[0]: row[1] for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
    return History(lines, kept_words(session, incident.id), names, flags_of(session, incident))


def around(session: Session, actor: Actor, call: Call) -> tuple[bool, bool]:
    """Whether the reader belongs to the room the call came from, and whether the caller has a room open now."""
    open_now = (
        Presence.person_id == call.incident.person_id,
        Presence.seen_at >= later(-VOID_AFTER_SECONDS),
    )
    inside = call.incident.room_id in {room.id for room in rooms_for(session, actor)}
    return inside, bool(session.scalar(select(exists().where(*open_now))))
