"""The wire: every frame a client may send, and how a frame for clients is written. docs/protocol.md explains them."""

import json
import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.messages.reacting import REACTIONS
from app.problems import N_, BadJson, Invalid, UnknownType

LARGEST_FRAME = 64 * 1024
BIGGEST = 2**31 - 1

ID = r"[A-Za-z0-9_-]{1,40}"
Id = Annotated[str, Field(pattern=f"^{ID}$")]
Ref = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$")]
Seq = Annotated[int, Field(ge=0, le=BIGGEST)]


class Frame(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Open(Frame):
    type: Literal["open"]
    room: Id
    after: Seq | None = None
    epoch: str | None = None


class Leave(Frame):
    type: Literal["leave"]
    room: Id


class Say(Frame):
    type: Literal["say"]
    room: Id
    ref: Ref
    text: str
    reply_to: Seq | None = None


class React(Frame):
    type: Literal["react"]
    room: Id
    ref: Ref
    seq: Seq
    reaction: Literal[REACTIONS]  # type: ignore[valid-type]
    on: bool


class Hand(Frame):
    type: Literal["hand"]
    room: Id
    raised: bool


class Typing(Frame):
    type: Literal["typing"]
    room: Id


class Seen(Frame):
    type: Literal["seen"]
    room: Id
    seq: Seq


class Ping(Frame):
    type: Literal["ping"]
    at: Any = None


class Help(BaseModel):
    """Never refused for its shape: what cannot be read is left out, a missing ref is made."""

    type: Literal["help"] = "help"
    ref: str = ""
    room: str = ""
    note: str = ""
    pressed_at: datetime | None = None
    """When the tablet was tapped, where the tap arrives late."""

    @model_validator(mode="before")
    @classmethod
    def _what_can_be_read(cls, data: Any) -> Any:
        kept = {name: value for name in ("ref", "room", "note") if isinstance(value := data.get(name), str)}
        kept = {name: value for name, value in kept.items() if name == "note" or re.fullmatch(ID, value)}
        return kept | {"pressed_at": _moment(data.get("pressed_at"))}


FRAMES: dict[str, type[BaseModel]] = {
    "open": Open, "leave": Leave, "say": Say, "react": React, "hand": Hand,
    "typing": Typing, "seen": Seen, "help": Help, "ping": Ping,
}  # fmt: skip
"""Every type a client may send."""

TOLD = (
    "welcome", "opened", "entry", "said", "held", "declined", "refused", "presence", "typing", "seen",
    "hands", "meeting", "helped", "asked", "alert", "look", "closed", "pong", "bye",
)  # fmt: skip
"""Every type the server sends; `hands` and `meeting` come with meetings."""


def parse(body: dict[str, Any]) -> BaseModel:
    """A client's frame. Raises UnknownType, Invalid."""
    model = FRAMES.get(body["type"]) if isinstance(body.get("type"), str) else None
    if model is None:
        raise UnknownType()
    try:
        return model.model_validate(body)
    except ValidationError as trouble:
        fields = tuple((str(one["loc"][0]) if one["loc"] else "", one["type"]) for one in trouble.errors())
        raise Invalid(N_("Something in that request is missing or has the wrong form."), fields=fields) from None


def parse_object(text: str) -> dict[str, Any]:
    """The JSON object a frame is. Raises BadJson."""
    try:
        body = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadJson() from None
    if not isinstance(body, dict):
        raise BadJson()
    return body


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def written(body: dict[str, Any]) -> bytes:
    """A frame's JSON, on one line."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def framed(payload: bytes) -> bytes:
    """The bytes of one unmasked WebSocket text frame (RFC 6455 §5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def frame(body: dict[str, Any]) -> bytes:
    return framed(written(body))


def _moment(value: Any) -> datetime | None:
    """A time as the wire writes it; what is none is left out."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
