"""Whose card is this? Nothing is used up by looking. A card for shared tablets asks for its picture or PIN here."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.signing_in import look_at_card
from app.problems import N_, NotFound
from app.web.entering import held, hold, place_of, tablet_token
from app.web.pages.card import door
from app.web.pages.page import OpenPage, Page
from app.web.pages.pictures import pictures

router = APIRouter()

UNKNOWN = N_("We do not know these words. Please look at your card once more. If you have a newer card, use that one.")
RING = N_("If it still does not work, ring {name} on {phone}.")


@router.post("/card/look")
async def look(
    page: OpenPage,
    code: Annotated[str, Form()] = "",
    secret: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
) -> Response:
    """`name`: a name at the door of a shared tablet was tapped."""
    presented = (name or secret or code)[:200]
    try:
        await whose(page, presented)
    except NotFound:
        return await unknown_card(page, code)
    return hold(page.go("/card/look"), page.house, presented)


@router.get("/card/look")
async def looked(page: OpenPage) -> Response:
    presented = held(page.request, page.house)
    return await ask(page, presented) if presented else page.go("/card")


async def ask(page: Page, presented: str, *, problem: str = "", status: int = 200) -> Response:
    """ "Are you Walter?" """
    try:
        name, proof = await whose(page, presented)
    except NotFound:
        return await unknown_card(page)
    shown = {"pictures": pictures(page)} if proof == "picture" else {}
    return page.show("card_look.html", status, name=name, proof=proof, problem=problem, **shown)


async def whose(page: Page, presented: str) -> tuple[str, str]:
    """The name on the card, and what else it asks for."""
    house, token = page.house, tablet_token(page.request, page.house)
    async with house.attempts.from_address(await place_of(page.request, house)):
        return await house.database.transaction(look_at_card, presented, house.key, token)


async def unknown_card(page: Page, code: str = "") -> Response:
    sentences = [page.say(UNKNOWN)]
    if page.helper.name:
        sentences.append(page.say(RING, name=page.helper.name, phone=page.helper.phone))
    return await door(page, 404, problem=" ".join(sentences), code=code)
