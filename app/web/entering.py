"""Coming in with a card, by a page or the API: slowed where somebody guesses, proved where the card asks for it."""

from typing import TypeVar

from fastapi.requests import HTTPConnection
from starlette.responses import Response

from app.foundation.slow_seals import beside, fits
from app.people.card_proofs import WrongProof, as_said, begin_try
from app.people.shared_tablets import tablet_for
from app.people.signing_in import Device, SignedIn, sign_in_with_card
from app.settings import Settings
from app.web.dependencies import COOKIE_SECONDS, cookie_name, remember
from app.web.house import House

LOOKING_SECONDS = 300
ResponseType = TypeVar("ResponseType", bound=Response)


def card_cookie(settings: Settings) -> str:
    return f"{cookie_name(settings)}-card"


def tablet_cookie(settings: Settings) -> str:
    return f"{cookie_name(settings)}-tablet"


def tablet_token(connection: HTTPConnection, house: House) -> str:
    """What a shared tablet keeps, so that names stand at its door."""
    return connection.cookies.get(tablet_cookie(house.settings), "")


async def place_of(connection: HTTPConnection, house: House) -> str:
    """Where an attempt comes from: a tablet we know, which nobody else can slow, or an address."""
    token = tablet_token(connection, house)
    tablet = await house.database.read(tablet_for, token, house.key) if token else ""
    if tablet:
        return f"tablet {tablet}"
    return connection.client.host if connection.client else ""


async def come_in(house: House, connection: HTTPConnection, presented: str, value: str = "") -> SignedIn:
    """Use a card. `value` is the picture or the PIN, where the card asks for one (ProofNeeded, WrongProof, TooFast)."""
    cookies, token = connection.cookies, tablet_token(connection, house)
    device = Device(connection.headers.get("user-agent", ""), token, cookies.get(cookie_name(house.settings), ""))
    async with house.attempts.from_address(await place_of(connection, house)):
        tried = await house.database.transaction(begin_try, presented, house.key, token, value)
        if tried and not await beside(fits, house.key, tried.seal, as_said(tried.kind, value)):
            raise WrongProof()
        return await house.database.transaction(
            sign_in_with_card, presented, house.key, at=device, proved=tried is not None
        )


def hold(response: ResponseType, house: House, presented: str) -> ResponseType:
    """The card that is looked at, for five minutes: no page that one can go back to holds it."""
    response.set_cookie(
        card_cookie(house.settings), presented, max_age=LOOKING_SECONDS, path="/",
        secure=house.settings.over_https, httponly=True, samesite="lax",
    )  # fmt: skip
    return response


def held(connection: HTTPConnection, house: House) -> str:
    return connection.cookies.get(card_cookie(house.settings), "")[:200]


def let_go(response: ResponseType, house: House) -> ResponseType:
    secure = house.settings.over_https
    response.delete_cookie(card_cookie(house.settings), path="/", secure=secure, httponly=True, samesite="lax")
    return response


def keep(response: Response, house: House, signed: SignedIn) -> None:
    """Bind the browser to its new sign-in, and a tablet that is shared from now on to its name."""
    remember(response, house, signed)
    if signed.tablet_token:
        response.set_cookie(
            tablet_cookie(house.settings), signed.tablet_token, max_age=COOKIE_SECONDS, path="/",
            secure=house.settings.over_https, httponly=True, samesite="lax",
        )  # fmt: skip
