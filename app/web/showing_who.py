"""Where somebody shows who they are, by pages and by the API: our address, challenges used up, guesses slowed."""

from typing import Any
from urllib.parse import urlsplit

from fastapi import Request

from app.foundation.slow_seals import beside
from app.people import challenges, passkeys, passwords, proved_sign_ins
from app.people.actors import Actor
from app.people.passkeys import Address
from app.people.signing_in import SignedIn
from app.problems import NotFound
from app.web.house import House


def address_of(request: Request, house: House) -> Address:
    """Passkeys are bound to the address that people type."""
    parts = urlsplit((house.settings.public_url or str(request.base_url)).lower())
    return Address(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def caller(request: Request) -> str:
    return request.client.host if request.client else ""


def browser(request: Request) -> str:
    return request.headers.get("user-agent", "")


async def taken(house: House, challenge_id: str, purpose: str, whom: str) -> str | None:
    """The challenge, used up before its answer is looked at."""
    return await house.database.transaction(challenges.take, challenge_id, purpose, whom)


async def by_passkey(request: Request, house: House, challenge_id: str, answer: dict[str, Any]) -> SignedIn:
    """Somebody signs in with a passkey; the device says whose it is."""
    challenge = await taken(house, challenge_id, passkeys.USE, "")
    async with house.attempts.from_address(caller(request)):
        return fitting(
            await house.database.transaction(
                proved_sign_ins.sign_in_with_passkey,
                address_of(request, house), challenge, answer, house.key, browser(request),
            ),
            passkeys.DID_NOT_FIT,
        )  # fmt: skip


async def by_password(request: Request, house: House, name: str, password: str, code: str) -> SignedIn:
    """Somebody signs in with name, password and code. Guesses at one name are slowed from everywhere."""
    slowed = house.attempts.from_address
    async with slowed(caller(request)), slowed(f"name {name.strip().lower()[:80]}"):
        known = await house.database.read(passwords.of_name, name)
        person_id = await beside(passwords.whose, house.key, known, password)
        if not person_id:
            raise NotFound(passwords.DID_NOT_FIT)
        how = (person_id, code, house.key, house.seals, browser(request))
        signed = await house.database.transaction(proved_sign_ins.sign_in_with_password, *how)
        return fitting(signed, passwords.DID_NOT_FIT)


async def again_by_passkey(
    request: Request, house: House, actor: Actor, challenge_id: str, answer: dict[str, Any]
) -> SignedIn:
    challenge = await taken(house, challenge_id, passkeys.USE, actor.id)
    how = (actor, address_of(request, house), challenge, answer, house.key)
    async with house.attempts.from_address(caller(request)):
        signed = await house.database.transaction(proved_sign_ins.again_with_passkey, *how)
        return fitting(signed, passkeys.DID_NOT_FIT)


async def again_by_password(request: Request, house: House, actor: Actor, password: str, code: str) -> SignedIn:
    slowed = house.attempts.from_address
    async with slowed(caller(request)), slowed(f"name {actor.name.lower()}"):
        known = await house.database.read(passwords.of_person, actor.id)
        if not await beside(passwords.whose, house.key, known, password):
            raise NotFound(passwords.DID_NOT_FIT)
        how = (actor, code, house.key, house.seals)
        signed = await house.database.transaction(proved_sign_ins.again_with_password, *how)
        return fitting(signed, passwords.DID_NOT_FIT)


def fitting(signed: SignedIn | None, sentence: str) -> SignedIn:
    """What was refused and recorded is answered like what was never there."""
    if signed is None:
        raise NotFound(sentence)
    return signed
