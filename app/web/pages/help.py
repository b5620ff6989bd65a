"""I need help now, without script: stored first, then the numbers and exactly what is true."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis.raising import NOBODY_TOLD, Raised, raise_help
from app.crisis.responding import own_open_call
from app.problems import N_, TryAgain
from app.web.pages.page import OpenPage, Page

router = APIRouter()

SEEN = N_("{name} has seen your call.")


@router.get("/help")
async def help_card(page: OpenPage) -> Response:
    """What is true now of my open call, if there is one."""
    mine = await page.house.database.read(own_open_call, page.reader) if page.reader else None
    if mine is None:
        return page.show("help.html")
    incident, seen_by = mine
    told = truth(page, Raised(incident.id, incident.told_somebody))
    return page.show("help.html", message=page.say(SEEN, name=seen_by) if seen_by else told)


@router.post("/help")
async def ask_for_help(
    page: OpenPage, room: Annotated[str, Form()] = "", note: Annotated[str, Form()] = ""
) -> Response:
    if page.reader is None:
        return page.show("help.html")
    try:
        raised = await page.house.database.urgently(raise_help, page.reader, str(uuid4()), room, note)
    except TryAgain:
        return page.show("help.html", 503, message=page.say(NOBODY_TOLD, **numbers(page)))
    return page.show("help.html", message=truth(page, raised))


def truth(page: Page, raised: Raised) -> str:
    return page.say(raised.sentence, **numbers(page))


def numbers(page: Page) -> dict[str, str]:
    helplines = page.house.helplines
    return {"emergency": helplines.emergency.number, "crisis": helplines.crisis.number}
