"""Who is asking, for every door."""

from typing import Annotated

from fastapi import Depends
from fastapi.requests import HTTPConnection
from starlette.responses import Response

from app.people.actors import Actor
from app.people.signing_in import SignedIn, actor_for
from app.problems import SignInNeeded
from app.settings import Settings
from app.web.house import House, house_of
from app.web.language import is_read_by

COOKIE_SECONDS = 400 * 24 * 3600
"""As long as browsers keep one. Whether it still signs anybody in is decided here, at every request."""

TheHouse = Annotated[House, Depends(house_of)]


def cookie_name(settings: Settings) -> str:
    return "__Host-hearthside" if settings.over_https else "hearthside"


def token_of(connection: HTTPConnection, settings: Settings) -> str:
    """The bearer token, or the cookie's, or nothing."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return connection.cookies.get(cookie_name(settings), "")


async def who_is_it(connection: HTTPConnection, house: TheHouse) -> Actor | None:
    """The person behind the request, or None."""
    token = token_of(connection, house.settings)
    actor = await house.database.read(actor_for, token, house.key) if token else None
    if actor:
        is_read_by(connection, actor.language)
    return actor


async def signed_in(actor: Annotated[Actor | None, Depends(who_is_it)]) -> Actor:
    """The person behind the request; raises SignInNeeded."""
    if actor is None:
        raise SignInNeeded()
    return actor


Anyone = Annotated[Actor | None, Depends(who_is_it)]
Me = Annotated[Actor, Depends(signed_in)]


def remember(response: Response, house: House, signed: SignedIn) -> None:
    """Bind the browser to its new sign-in; on a shared tablet for as long as the browser stays open."""
    response.set_cookie(
        cookie_name(house.settings), signed.token, max_age=None if signed.actor.shared else COOKIE_SECONDS, path="/",
        secure=house.settings.over_https, httponly=True, samesite="lax",
    )  # fmt: skip


def forget(response: Response, house: House) -> None:
    response.delete_cookie(
        cookie_name(house.settings), path="/", secure=house.settings.over_https, httponly=True, samesite="lax"
    )
