"""Texts and telephone calls, through any provider that takes a small HTTP request; a second one where the first fails.

`POST <url>/text` or `/ring` with `{"to", "text", "id"}` and a bearer token. 2xx: taken, with `{"ref"}` for later
reports. 400 or 422: never (a wrong number). Anything else, or nothing within SECONDS: perhaps later, and the second
provider now; a provider that refuses the house itself (401, 402, 403, 404) says nothing of the number. An `id` that
comes again is the same page, for providers that can tell.
"""

from dataclasses import dataclass

import httpx

from app.foundation.delivery.mail import CouldNotSend

SECONDS = 10
WRONG_NUMBER = (400, 422)


class Never(CouldNotSend):
    """This number takes nothing, however often it is tried."""


@dataclass(frozen=True, slots=True)
class Provider:
    url: str
    token: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """By which of the house's providers (1 or 2), and under which reference it reports later."""

    ref: str = ""
    provider: int = 0


async def send(providers: tuple[Provider, ...], how: str, to: str, text: str, id: str) -> Taken:
    """Who took it. Raises Never, CouldNotSend."""
    trouble: CouldNotSend = CouldNotSend("no provider is set")
    for provider in providers:
        try:
            return Taken(await _hand_over(provider, how, to, text, id), provider.number)
        except Never:
            raise
        except CouldNotSend as one:
            trouble = one
    raise trouble


async def _hand_over(provider: Provider, how: str, to: str, text: str, id: str) -> str:
    words = {"to": to, "text": text, "id": id}
    proof = {"authorization": f"Bearer {provider.token}"} if provider.token else {}
    try:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=SECONDS) as web:
            answer = await web.post(f"{provider.url.rstrip('/')}/{how}", json=words, headers=proof)
    except httpx.HTTPError as trouble:
        raise CouldNotSend(type(trouble).__name__) from trouble
    if answer.status_code in WRONG_NUMBER:
        raise Never(str(answer.status_code))
    if not answer.is_success:
        raise CouldNotSend(str(answer.status_code))
    return _reference(answer)


def _reference(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("ref", ""))[:100]
    except (ValueError, AttributeError):
        return ""
