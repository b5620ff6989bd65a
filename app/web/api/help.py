"""I need help now, over the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel

from app.crisis.telling import own_open_call
from app.web.api.shapes import problems
from app.web.calling import call_for_help, sentence
from app.web.dependencies import Me, TheHouse
from app.web.frames import Help

router = APIRouter(tags=["help"])


class Helped(BaseModel):
    incident: str
    message: str


class MyCall(BaseModel):
    """Whether a call of mine is open, the truth about it now, and the room in which somebody comes to me."""

    open: bool
    message: str = ""
    state: str = ""
    room: str | None = None


@router.get("/help", responses=problems())
async def my_call(me: Me, house: TheHouse) -> MyCall:
    """What the help card says while it is open."""
    call = await house.database.read(own_open_call, me)
    if call is None:
        return MyCall(open=False)
    incident, told = call
    message = sentence(told, house.helplines, me.language)
    return MyCall(open=True, message=message, state=told.state, room=incident.help_room_id or None)


@router.post("/help", status_code=201, responses=problems())
async def help_now(me: Me, house: TheHouse, asked: Annotated[dict[str, Any], Body()]) -> Helped:
    """`{"ref", "room"?, "note"?, "pressed_at"?}`: stored with its first page first. What cannot be read is left out."""
    frame = Help.model_validate(asked)
    incident, told = await call_for_help(house, me, frame.ref, frame.room, frame.note, frame.pressed_at)
    return Helped(incident=incident, message=sentence(told, house.helplines, me.language))
