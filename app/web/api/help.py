"""I need help now, over the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel

from app.crisis import answering_back, lowering
from app.people.actors import Actor
from app.web.api.shapes import problems
from app.web.calling import call_for_help, card_of, heading, sentence
from app.web.dependencies import Me, TheHouse
from app.web.frames import Help
from app.web.house import House

router = APIRouter(tags=["help"])


class Helped(BaseModel):
    incident: str
    message: str


class MyCall(BaseModel):
    """Whether a call of mine is open, the truth about it now, and the room in which somebody comes to me.

    `asks`: "somebody" or "tonight", where words of mine raised something and nobody is with me yet.
    """

    open: bool
    heading: str = ""
    message: str = ""
    state: str = ""
    room: str | None = None
    who: str = ""
    may_lower: bool = False
    quiet: bool = False
    home: str = ""
    wants: str = ""
    asks: str = ""


class Told(BaseModel):
    what: str = ""
    answer: str = ""


class Lowered(BaseModel):
    why: str = ""


@router.get("/help", responses=problems())
async def my_call(me: Me, house: TheHouse) -> MyCall:
    """What the help card says while it is open."""
    return await _now(house, me)


@router.post("/help", status_code=201, responses=problems())
async def help_now(me: Me, house: TheHouse, asked: Annotated[dict[str, Any], Body()]) -> Helped:
    """`{"ref", "room"?, "note"?, "pressed_at"?}`: stored with its first page first. What cannot be read is left out."""
    frame = Help.model_validate(asked)
    incident, told = await call_for_help(house, me, frame.ref, frame.room, frame.note, frame.pressed_at)
    return Helped(incident=incident, message=sentence(told, house.helplines, me.language))


@router.post("/help/lower", responses=problems(422))
async def lower(me: Me, house: TheHouse, asked: Lowered) -> MyCall:
    """`{"why": "tablet" | "mistake"}`: somebody looks in later, unless words raised it too."""
    await house.database.urgently(lowering.lower, me, asked.why)
    return await _now(house, me)


@router.post("/help/told", responses=problems(404, 422))
async def told(me: Me, house: TheHouse, said: Told) -> MyCall:
    """`{"what": "at_home", "answer": "yes" | "no"}` or `{"what": "wants", "answer": "ring" | "write"}`."""
    await house.database.urgently(answering_back.tell, me, said.what, said.answer)
    return await _now(house, me)


async def _now(house: House, me: Actor) -> MyCall:
    card = await card_of(house, me)
    if card.call is None:
        return MyCall(open=False, quiet=card.quiet, asks=card.asks)
    call = card.call
    return MyCall(
        open=True,
        heading=heading(card, me),
        message=sentence(call.truth, house.helplines, me.language, quiet=card.quiet),
        state=call.truth.state,
        room=call.come_to or None,
        who=call.owner,
        may_lower=call.may_lower,
        quiet=card.quiet,
        home=call.home,
        wants=call.wants,
        asks=card.asks,
    )
