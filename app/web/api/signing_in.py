"""Signing in with a card, over the API."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.people.signing_in import sign_out, touched
from app.web.api.shapes import Person, problems
from app.web.dependencies import Me, TheHouse, forget
from app.web.entering import come_in, keep

router = APIRouter(tags=["signing in"])


class PresentedCard(BaseModel):
    card: str = Field(max_length=200)
    """The short code, or the long secret after the # of the card's address."""
    proof: str = Field("", max_length=40)
    """The picture or the PIN, where a card for a shared tablet asks for one."""


class SignedInBody(BaseModel):
    person: Person
    token: str


@router.post("/sign-in/card", responses=problems(404, 429))
async def use_card(card: PresentedCard, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """Use a card. A used, expired, revoked or unknown card gets the same 404."""
    signed = await come_in(house, request, card.card, card.proof)
    keep(response, house, signed)
    person = Person(id=signed.actor.id, name=signed.actor.name, roles=signed.actor.roles.names())
    return SignedInBody(person=person, token=signed.token)


@router.post("/sign-out", status_code=204, responses=problems())
async def end_this_sign_in(me: Me, response: Response, house: TheHouse) -> None:
    """End the sign-in of the device that asks."""
    await house.database.transaction(sign_out, me)
    forget(response, house)


@router.post("/touched", status_code=204, responses=problems())
async def touch(me: Me, house: TheHouse) -> None:
    """Somebody touches the shared tablet on which they are signed in: ten minutes more. Elsewhere, nothing."""
    await house.database.transaction(touched, me)
