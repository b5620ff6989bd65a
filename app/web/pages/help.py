"""I need help now, without script: stored first, then the numbers and exactly what is true."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import answering_back, lowering
from app.problems import N_, TryAgain
from app.web.calling import call_for_help, card_of
from app.web.pages.page import OpenPage, OwnPage, Page

router = APIRouter()

NOT_STORED = N_("We could not tell anyone. Please ring {number}.")


@router.get("/help")
async def help_card(page: OpenPage, ask: str = "") -> Response:
    """What is true now of my open call, if there is one."""
    return page.show("help.html", asking=bool(ask) and page.reader is not None and not page.card.call)


@router.post("/help")
async def ask_for_help(
    page: OpenPage,
    room: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    sure: Annotated[str, Form()] = "",
    softly: Annotated[str, Form()] = "",
) -> Response:
    """`sure`: they were asked first, as was agreed with them. `softly`: yes to what the house asked them."""
    if page.reader is None:
        return page.show("help.html")
    if page.card.how.ask_first and not (sure or softly or note.strip() or page.card.call):
        return page.go("/help?ask=first")
    try:
        await call_for_help(page.house, page.reader, "", room, note, said_yes=bool(softly))
    except TryAgain:
        number = page.house.helplines.emergency.number
        return page.show("help.html", 503, message=page.say(NOT_STORED, number=number))
    return await _as_it_is(page, sent=note.strip())


@router.post("/help/no")
async def no_thank_you(page: OwnPage) -> Response:
    """I am all right, to what the house asked softly."""
    await page.house.database.urgently(answering_back.say_no, page.me)
    return page.go("/")


@router.post("/help/lower")
async def lower(page: OwnPage, why: Annotated[str, Form()] = "") -> Response:
    """It is only the tablet, or a tap by mistake: somebody looks in later."""
    await page.house.database.urgently(lowering.lower, page.me, why)
    return page.go("/help")


@router.post("/help/told")
async def tell(page: OwnPage, what: Annotated[str, Form()] = "", answer: Annotated[str, Form()] = "") -> Response:
    """Are you at home? Ring me, or write to me."""
    await page.house.database.urgently(answering_back.tell, page.me, what, answer)
    return page.go("/help")


async def _as_it_is(page: Page, **values: Any) -> Response:
    """The card after something has changed."""
    card = await card_of(page.house, page.me)
    return replace(page, card=card).show("help.html", **values)
