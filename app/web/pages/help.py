"""I need help now, without script: stored first, then the numbers and exactly what is true."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import lowering
from app.crisis.telling import own_open_call
from app.problems import N_, TryAgain
from app.web.calling import call_for_help, sentence
from app.web.pages.page import OpenPage, OwnPage

router = APIRouter()

NOT_STORED = N_("We could not tell anyone. Please ring {number}.")


@router.get("/help")
async def help_card(page: OpenPage) -> Response:
    """What is true now of my open call, if there is one."""
    mine = await page.house.database.read(own_open_call, page.reader) if page.reader else None
    if mine is None:
        return page.show("help.html")
    incident, told = mine
    message = sentence(told, page.house.helplines, page.language)
    return page.show("help.html", message=message, state=told.state, help_room=incident.help_room_id)


@router.post("/help/lower")
async def lower(page: OwnPage, why: Annotated[str, Form()] = "") -> Response:
    """It is only the tablet, or a tap by mistake: somebody looks in later."""
    await page.house.database.urgently(lowering.lower, page.me, why)
    return page.go("/help")


@router.post("/help")
async def ask_for_help(
    page: OpenPage, room: Annotated[str, Form()] = "", note: Annotated[str, Form()] = ""
) -> Response:
    if page.reader is None:
        return page.show("help.html")
    try:
        _, told = await call_for_help(page.house, page.reader, "", room, note)
    except TryAgain:
        number = page.house.helplines.emergency.number
        return page.show("help.html", 503, message=page.say(NOT_STORED, number=number))
    message = sentence(told, page.house.helplines, page.language)
    return page.show("help.html", message=message, written=bool(note.strip()))
