"""What waits for staff: calls for help, held words, and who is here."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.crisis.judging import unjudged_in
from app.crisis.responding import Call, open_calls
from app.foundation.database import Session
from app.messages.reviewing import waiting_in
from app.people.actors import Actor
from app.people.set_up_links import waiting_link
from app.people.tasks import open_tasks
from app.problems import NotFound
from app.rooms.finding import InRoom, all_rooms, may_moderate, people_in, rooms_for
from app.rooms.models import Room
from app.rooms.presence import here_in
from app.web.pages.home import who_is_there
from app.web.pages.page import OwnPage, Page
from app.web.pages.staff.call_over import CLOSED
from app.web.pages.staff.passed_on import passed_on

router = APIRouter()

RoomNow = tuple[Room, list[InRoom], list[str], bool, int | None]
"""A room, its people, who is here, whether it is mine, how much waits for me there (None: not mine to review)."""


@router.get("/staff")
async def staff(page: OwnPage, closed: str = "", passed: str = "") -> Response:
    roles = page.me.roles
    if not roles.staff:
        raise NotFound()
    rooms, calls, link_by = await page.house.database.read(look, page.me)
    waiting = await page.house.database.read(open_tasks, page.me) if roles.proved else []
    return page.show(
        "staff_home.html",
        today=page.calendar.today(),
        rooms=[_room(page, *one) for one in rooms],
        calls=[call_view(page, call) for call in calls],
        may_see_calls=roles.may_anywhere("see_calls_for_help"),
        may_answer=roles.may_anywhere("answer_calls_for_help"),
        may_see_people=roles.may_anywhere("see_people"),
        may_help=roles.may("look_after_tablets"),
        tasks=len(waiting),
        may_see_rota=roles.may("see_rota"),
        may_review=roles.may("review_screen"),
        may_edit_site=roles.may("edit_site"),
        may_keep=roles.may("choose_keeping"),
        may_see_audit=roles.may("see_audit"),
        proved=roles.proved,
        done=page.say(CLOSED[closed]) if closed in CLOSED else await passed_on(page, passed, calls),
        link_by=link_by,
    )


def look(session: Session, actor: Actor) -> tuple[list[RoomNow], list[Call], str]:
    rooms = [room for room in all_rooms(session, actor) if room.kind != "pair"]
    mine = {room.id for room in rooms_for(session, actor)}
    here = here_in(session, [room.id for room in rooms])
    calls = open_calls(session, actor) if actor.roles.may_anywhere("see_calls_for_help") else []
    now = [_look(session, actor, room, here[room.id][1], room.id in mine) for room in rooms]
    return now, calls, waiting_link(session, actor.id)


def call_view(page: Page, call: Call) -> dict[str, Any]:
    return {
        "id": call.incident.id,
        "name": call.name,
        "when": page.calendar.moment(call.incident.raised_at),
        "room_title": call.room_title,
        "owner_name": call.owner_name,
        "code": call.incident.code,
    }


def _look(session: Session, actor: Actor, room: Room, here: list[str], mine: bool) -> RoomNow:
    moderated = mine and may_moderate(actor.roles, room)
    waiting = len(waiting_in(session, actor, room.id)) + unjudged_in(session, actor, room.id) if moderated else None
    return room, people_in(session, room.id), here, mine, waiting


def _room(
    page: Page, room: Room, people: list[InRoom], here: list[str], mine: bool, waiting: int | None
) -> dict[str, Any]:
    return {
        "id": room.id,
        "title": room.title,
        "who": who_is_there(page, people, here),
        "inside": mine,
        "moderated": waiting is not None,
        "waiting": waiting or 0,
    }
