"""Signing in with a card, over the API."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.people.signing_in import sign_in_with_card, sign_out
from app.web.api.shapes import Person, problems
from app.web.dependencies import Me, TheHouse, forget, remember

router = APIRouter(tags=["signing in"])


class PresentedCard(BaseModel):
    card: str = Field(max_length=200)
    """The short code, or the long secret after the # of the card's address."""


class SignedInBody(BaseModel):
    person: Person
    token: str


@router.post("/sign-in/card", responses=problems(404, 429))
async def use_card(card: PresentedCard, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """Use a card. A used, expired, revoked or unknown card gets the same 404."""
    async with house.attempts.from_address(request.client.host if request.client else ""):
        device = request.headers.get("user-agent", "")
        signed = await house.database.transaction(sign_in_with_card, card.card, house.key, device=device)
    remember(response, house, signed)
    person = Person(id=signed.actor.id, name=signed.actor.name, roles=signed.actor.roles.names())
    return SignedInBody(person=person, token=signed.token)


@router.post("/sign-out", status_code=204, responses=problems())
async def end_this_sign_in(me: Me, response: Response, house: TheHouse) -> None:
    """End the sign-in of the device that asks."""
    await house.database.transaction(sign_out, me)
    forget(response, house)
