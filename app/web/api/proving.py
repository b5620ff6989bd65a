"""Staff sign in and prove who they are, over the API: passkeys (WebAuthn), or a password with a one-time code."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.people import my_proofs, passkeys
from app.people.models import Site
from app.people.signing_in import SignedIn
from app.web import showing_who
from app.web.api.shapes import Person, problems
from app.web.api.signing_in import SignedInBody
from app.web.dependencies import Me, TheHouse, remember
from app.web.house import House

router = APIRouter(tags=["signing in"])


class Question(BaseModel):
    """What the browser's `navigator.credentials` is given, and the name under which it is answered."""

    challenge: str
    options: dict[str, Any]


class Answer(BaseModel):
    challenge: str = Field(max_length=40)
    credential: dict[str, Any]
    """What the browser gave, as JSON with base64url for bytes."""


class Password(BaseModel):
    password: str = Field(max_length=200)
    code: str = Field(max_length=40)
    """The one-time code, or a spare code."""


class NamedPassword(Password):
    name: str = Field(max_length=80)


@router.post("/sign-in/passkey/options", responses=problems())
async def ask_a_stranger(request: Request, house: TheHouse) -> Question:
    """Begin to sign in with a passkey."""
    at = showing_who.address_of(request, house)
    return Question(**await house.database.transaction(passkeys.to_use, at))


@router.post("/sign-in/passkey", responses=problems(404, 429))
async def use_passkey(answer: Answer, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """Sign in with a passkey. One that is unknown or does not fit gets the same 404."""
    signed = await showing_who.by_passkey(request, house, answer.challenge, answer.credential)
    return signed_in_body(response, house, signed)


@router.post("/sign-in/password", responses=problems(404, 429))
async def use_password(said: NamedPassword, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """Sign in with name, password and code. Whatever does not fit gets the same 404."""
    signed = await showing_who.by_password(request, house, said.name, said.password, said.code)
    return signed_in_body(response, house, signed)


@router.post("/sign-in/again/passkey/options", responses=problems())
async def ask_again(me: Me, request: Request, house: TheHouse) -> Question:
    """Begin to prove once more who I am."""
    at = showing_who.address_of(request, house)
    return Question(**await house.database.transaction(passkeys.to_use, at, me.id))


@router.post("/sign-in/again/passkey", responses=problems(404, 429))
async def passkey_again(answer: Answer, me: Me, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """Prove once more who I am; the token changes."""
    signed = await showing_who.again_by_passkey(request, house, me, answer.challenge, answer.credential)
    return signed_in_body(response, house, signed)


@router.post("/sign-in/again/password", responses=problems(404, 429))
async def password_again(said: Password, me: Me, request: Request, response: Response, house: TheHouse) -> SignedInBody:
    """Prove once more who I am; the token changes."""
    signed = await showing_who.again_by_password(request, house, me, said.password, said.code)
    return signed_in_body(response, house, signed)


@router.post("/me/passkeys/options", responses=problems())
async def ask_for_mine(me: Me, request: Request, house: TheHouse) -> Question:
    """Begin to add a passkey of mine; I must have proved who I am within ten minutes."""
    at = showing_who.address_of(request, house)
    name = await house.database.read(lambda session: session.get_one(Site, 1).name)
    return Question(**await house.database.transaction(my_proofs.ask_for_passkey, me, at, name))


@router.post("/me/passkeys", status_code=204, responses=problems())
async def add_mine(answer: Answer, me: Me, request: Request, house: TheHouse) -> None:
    """The new passkey."""
    challenge = await showing_who.taken(house, answer.challenge, passkeys.MAKE, me.id)
    at, device = showing_who.address_of(request, house), showing_who.browser(request)
    await house.database.transaction(my_proofs.add_passkey, me, at, challenge, answer.credential, device)


def signed_in_body(response: Response, house: House, signed: SignedIn) -> SignedInBody:
    remember(response, house, signed)
    person = Person(id=signed.actor.id, name=signed.actor.name, roles=signed.actor.roles.names())
    return SignedInBody(person=person, token=signed.token)
