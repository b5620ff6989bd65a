"""I need help now, over the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel

from app.crisis.responding import own_open_call
from app.web.api.shapes import problems
from app.web.calling import call_for_help, told_sentence, truth_now
from app.web.dependencies import Me, TheHouse
from app.web.frames import Help

router = APIRouter(tags=["help"])


class Helped(BaseModel):
    incident: str
    message: str


class MyCall(BaseModel):
    """Whether a call of mine is open, and the truth about it now."""

    open: bool
    message: str = ""


@router.get("/help", responses=problems())
async def my_call(me: Me, house: TheHouse) -> MyCall:
    """What the help card says while it is open."""
    call = await house.database.read(own_open_call, me)
    if call is None:
        return MyCall(open=False)
    return MyCall(open=True, message=truth_now(*call, house.helplines, me.language))


@router.post("/help", status_code=201, responses=problems())
async def help_now(me: Me, house: TheHouse, asked: Annotated[dict[str, Any], Body()]) -> Helped:
    """`{"ref", "room"?, "note"?}`: stored with its first page before the answer. What cannot be read is left out."""
    frame = Help.model_validate(asked)
    raised = await call_for_help(house, me, frame.ref, frame.room, frame.note)
    return Helped(incident=raised.incident_id, message=told_sentence(raised, house.helplines, me.language))
