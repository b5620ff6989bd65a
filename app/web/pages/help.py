"""I need help now, without script: stored first, then the numbers and exactly what is true."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis.responding import own_open_call
from app.problems import N_, TryAgain
from app.web.calling import call_for_help, told_sentence, truth_now
from app.web.pages.page import OpenPage

router = APIRouter()

NOT_STORED = N_("We could not tell anyone. Please ring {number}.")


@router.get("/help")
async def help_card(page: OpenPage) -> Response:
    """What is true now of my open call, if there is one."""
    mine = await page.house.database.read(own_open_call, page.reader) if page.reader else None
    if mine is None:
        return page.show("help.html")
    incident, seen_by = mine
    message = truth_now(incident, seen_by, page.house.helplines, page.language)
    return page.show("help.html", message=message)


@router.post("/help")
async def ask_for_help(
    page: OpenPage, room: Annotated[str, Form()] = "", note: Annotated[str, Form()] = ""
) -> Response:
    if page.reader is None:
        return page.show("help.html")
    try:
        raised = await call_for_help(page.house, page.reader, "", room, note)
    except TryAgain:
        number = page.house.helplines.emergency.number
        return page.show("help.html", 503, message=page.say(NOT_STORED, number=number))
    message = told_sentence(raised, page.house.helplines, page.language)
    return page.show("help.html", message=message, written=bool(note.strip()))
