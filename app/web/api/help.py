"""I need help now, over the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel

from app.web.api.shapes import problems
from app.web.calling import call_for_help, told_sentence
from app.web.dependencies import Me, TheHouse
from app.web.frames import Help

router = APIRouter(tags=["help"])


class HelpBody(BaseModel):
    """`ref` a UUID, `room` and `note` if there are any. Whatever cannot be read is left out: help is not refused."""

    ref: str
    room: str | None = None
    note: str | None = None


class Helped(BaseModel):
    incident: str
    message: str


@router.post("/help", status_code=201, responses=problems())
async def help_now(me: Me, house: TheHouse, asked: Annotated[dict[str, Any], Body()]) -> Helped:
    """Stored with its first page before the answer; repeated with the same ref it is one call."""
    frame = Help.model_validate(asked)
    raised = await call_for_help(house, me, frame.ref, frame.room, frame.note)
    return Helped(incident=raised.incident_id, message=told_sentence(raised, house.helplines, me.language))
