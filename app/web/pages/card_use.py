""" "Yes, I am Rose": the tap that binds this tablet."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.signing_in import sign_in_with_card
from app.problems import NotFound
from app.web.dependencies import remember
from app.web.pages.card_look import address_of, unknown_card
from app.web.pages.page import OpenPage

router = APIRouter()


@router.post("/card/use")
async def use(page: OpenPage, card: Annotated[str, Form()] = "") -> Response:
    house, device = page.house, page.request.headers.get("user-agent", "")
    try:
        async with house.attempts.from_address(address_of(page)):
            signed = await house.database.transaction(sign_in_with_card, card[:200], house.key, device=device)
    except NotFound:
        return unknown_card(page)
    answer = page.go("/")
    remember(answer, house, signed)
    return answer
