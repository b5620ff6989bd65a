"""Whose card is this? Nothing is used up by looking."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.signing_in import whose_card
from app.problems import N_, NotFound
from app.web.pages.page import OpenPage, Page

router = APIRouter()

UNKNOWN = N_("We do not know these words. Please look at your card once more.")
RING = N_("If it still does not work, ring {name} on {phone}.")


@router.post("/card/look")
async def look(page: OpenPage, code: Annotated[str, Form()] = "", secret: Annotated[str, Form()] = "") -> Response:
    presented = (secret or code)[:200]
    try:
        async with page.house.attempts.from_address(address_of(page)):
            name = await page.house.database.transaction(whose_card, presented, page.house.key)
    except NotFound:
        return unknown_card(page, code)
    return page.show("card_look.html", name=name, card=presented)


def unknown_card(page: Page, code: str = "") -> Response:
    sentences = [page.say(UNKNOWN)]
    if page.site.helper_name:
        sentences.append(page.say(RING, name=page.site.helper_name, phone=page.site.helper_phone))
    return page.show("card.html", 404, problem=" ".join(sentences), code=code)


def address_of(page: Page) -> str:
    return page.request.client.host if page.request.client else ""
