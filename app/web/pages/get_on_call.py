"""Get on-call for somebody by name: one tap where they stand, then what is true of it."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import getting_on_call
from app.crisis.lines import Lines, lines_of
from app.crisis.models import Incident
from app.crisis.telling import Truth
from app.foundation.database import Session
from app.people.actors import Actor
from app.problems import N_
from app.web.pages.page import OwnPage

router = APIRouter()

TOLD = {
    "here": N_("{who} is with them."),
    "coming": N_("{who} has answered, and is on the way to them."),
    "telling": N_("We are telling {who}."),
    "on_screens": N_("Staff who are signed in see it. Nobody has been rung."),
    "no_answer": N_("Nobody has answered yet. If there is danger, ring the number below."),
    "nobody_told": N_("We could not tell anyone. If there is danger, ring the number below."),
}


@router.get("/get-on-call/{person_id}")
async def show(page: OwnPage, person_id: str) -> Response:
    name, told = await page.house.database.read(_look, page.me, person_id)
    state = told[1].state if told else ""
    who = told[1].values.get("name", "") if told else ""
    return page.show(
        "get_on_call.html",
        person={"id": person_id, "name": name},
        asked=told is not None,
        now=page.say(TOLD[state], who=who) if state in TOLD else "",
    )


@router.post("/get-on-call/{person_id}")
async def ask(page: OwnPage, person_id: str, room: Annotated[str, Form()] = "") -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.urgently(_get, page.me, person_id, room, lines)
    return page.go(f"/get-on-call/{person_id}")


def _look(session: Session, actor: Actor, person_id: str) -> tuple[str, tuple[Incident, Truth] | None]:
    person = getting_on_call.person_to_help(session, actor, person_id)
    return person.name, getting_on_call.what_i_asked(session, actor, person)


def _get(session: Session, actor: Actor, person_id: str, room_id: str, lines: Lines) -> None:
    person = getting_on_call.person_to_help(session, actor, person_id)
    getting_on_call.get_on_call(session, actor, person, room_id, lines)
