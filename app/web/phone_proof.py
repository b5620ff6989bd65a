"""Is it really the provider of texts and calls who asks? Its token seals the body and the time, and no older than that.

`X-Hearthside-Time`: seconds since 1970. `X-Hearthside-Signature`: HMAC-SHA256 under the provider's token, in
hexadecimal, of that time, a full stop, and the body as it is sent.
"""

import hashlib
import hmac
from typing import Annotated, TypeVar

import structlog
from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from app.foundation.clock import database_now
from app.problems import BadJson, Invalid, NotAllowed
from app.settings import Settings
from app.web.dependencies import TheHouse

TIME, SIGNATURE = "x-hearthside-time", "x-hearthside-signature"
FRESH_SECONDS = 300
Asked = TypeVar("Asked", bound=BaseModel)
log = structlog.get_logger()


class Proved:
    """What came, and the providers whose token seals it: 1, 2, or both where they share one."""

    def __init__(self, body: bytes, providers: tuple[int, ...]) -> None:
        self.body, self.providers = body, providers

    def asked(self, shape: type[Asked]) -> Asked:
        try:
            return shape.model_validate_json(self.body)
        except ValidationError as trouble:
            unread = any(one["type"] == "json_invalid" for one in trouble.errors())
            raise (BadJson() if unread else Invalid()) from None


async def provider(request: Request, house: TheHouse) -> Proved:
    """Raises NotAllowed, whatever is not right about it; the log says what, and nothing of what was sent."""
    body, asked_at = await request.body(), request.headers.get(TIME, "")
    sealing = sealed_by(house.settings, asked_at, body, request.headers.get(SIGNATURE, ""))
    if not sealing:
        log.warning("phone_door_refused", door=request.url.path, why="signature")
        raise NotAllowed()
    at = await house.database.read(database_now)
    if abs(at.timestamp() - int(asked_at)) > FRESH_SECONDS:
        log.warning("phone_door_refused", door=request.url.path, why="time")
        raise NotAllowed()
    return Proved(body, sealing)


def sealed_by(settings: Settings, asked_at: str, body: bytes, signature: str) -> tuple[int, ...]:
    """The providers whose token makes this signature. Where no token is set, nobody's does."""
    tokens = ((1, settings.phone_token), (2, settings.second_phone_token))
    known = asked_at.isascii() and asked_at.isdecimal() and len(asked_at) <= 12
    return tuple(
        number
        for number, token in tokens
        if token and known and hmac.compare_digest(signature_of(token, asked_at, body), signature.encode().lower())
    )


def signature_of(token: str, asked_at: str, body: bytes) -> bytes:
    return hmac.new(token.encode(), f"{asked_at}.".encode() + body, hashlib.sha256).hexdigest().encode()


ByProvider = Annotated[Proved, Depends(provider)]
