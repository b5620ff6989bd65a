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
from app.web.pages.page import OwnPage, Page

router = APIRouter()

TOLD = {
    "here": N_("{who} is with them."),
    "coming": N_("{who} has answered, and is on the way to them."),
    "coming_too": N_("{who} has answered, and is on the way to them. We are telling {other}, too."),
    "telling": N_("We are telling {who}."),
    "stand_ins": N_(
        "We are telling the people who stand in for our staff. They may be slow. "
        "If there is danger, ring the number below."
    ),
    "on_screens": N_("Staff who are signed in see it. Nobody has been rung."),
    "no_answer": N_("Nobody has answered yet. If there is danger, ring the number below."),
    "nobody_told": N_("We could not tell anyone. If there is danger, ring the number below."),
    "check": N_("Somebody will look in on them later. Nobody is on the way now."),
}
"""For each state that a call can be in, but a drill."""


@router.get("/get-on-call/{person_id}")
async def show(page: OwnPage, person_id: str) -> Response:
    name, told = await page.house.database.read(_look, page.me, person_id)
    return page.show(
        "get_on_call.html",
        person={"id": person_id, "name": name},
        asked=told is not None,
        now=_told(page, told[1]) if told else "",
    )


@router.post("/get-on-call/{person_id}")
async def ask(page: OwnPage, person_id: str, room: Annotated[str, Form()] = "") -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.urgently(_get, page.me, person_id, room, lines)
    return page.go(f"/get-on-call/{person_id}")


def _told(page: Page, now: Truth) -> str:
    names = {"who": now.values.get("name", ""), "other": now.values.get("other", "")}
    return page.say(TOLD[now.state], **names) if now.state in TOLD else ""


def _look(session: Session, actor: Actor, person_id: str) -> tuple[str, tuple[Incident, Truth] | None]:
    person = getting_on_call.person_to_help(session, actor, person_id)
    return person.name, getting_on_call.what_i_asked(session, actor, person)


def _get(session: Session, actor: Actor, person_id: str, room_id: str, lines: Lines) -> None:
    person = getting_on_call.person_to_help(session, actor, person_id)
    getting_on_call.get_on_call(session, actor, person, room_id, lines)
