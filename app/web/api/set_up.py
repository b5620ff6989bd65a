"""Through a set-up link to a passkey."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.foundation.database import Session
from app.people import passkeys, setting_up
from app.people.models import Site
from app.people.passkeys import Address
from app.web import showing_who
from app.web.api.proving import Answer, Question, signed_in_body
from app.web.api.shapes import problems
from app.web.api.signing_in import SignedInBody
from app.web.dependencies import TheHouse

router = APIRouter(prefix="/set-up", tags=["signing in"])


class Link(BaseModel):
    link: str = Field(max_length=200)
    """The secret after the # of the link's address."""


class LinkAnswer(Answer, Link):
    pass


@router.post("/passkey/options", responses=problems(404, 429))
async def ask(link: Link, request: Request, house: TheHouse) -> Question:
    """Begin to set up a passkey with a set-up link. A used, expired, ended or unknown link gets the same 404."""
    async with house.attempts.from_address(showing_who.caller(request)):
        at = showing_who.address_of(request, house)
        return Question(**await house.database.transaction(_ask, link.link, house.key, at))


@router.post("/passkey", responses=problems(404, 429))
async def keep(answer: LinkAnswer, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """The passkey, which uses the link up, ends every older proof and sign-in of its person, and signs in."""
    async with house.attempts.from_address(showing_who.caller(request)):
        person = await house.database.transaction(setting_up.person_with_link, answer.link, house.key)
        challenge = await showing_who.taken(house, answer.challenge, passkeys.MAKE, person.id)
        at, device = showing_who.address_of(request, house), showing_who.browser(request)
        how = (answer.link, house.key, at, challenge, answer.credential, device)
        signed = await house.database.transaction(setting_up.with_passkey, *how)
    return signed_in_body(response, house, signed)


def _ask(session: Session, link: str, key: bytes, at: Address) -> dict[str, object]:
    person = setting_up.person_with_link(session, link, key)
    return passkeys.to_make(session, person, at, session.get_one(Site, 1).name)
