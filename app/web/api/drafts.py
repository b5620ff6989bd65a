"""What somebody has begun to write on a shared tablet, kept in the house."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.messages.drafts import keep_draft
from app.web.api.shapes import problems
from app.web.dependencies import Me, TheHouse

router = APIRouter(tags=["entries"])


class Begun(BaseModel):
    text: str = Field("", max_length=16000)


@router.post("/rooms/{room_id}/draft", status_code=204, responses=problems(404))
async def keep(room_id: str, begun: Begun, me: Me, house: TheHouse) -> None:
    """Keep it, sealed, until it is sent; no text forgets it."""
    await house.database.transaction(keep_draft, me, room_id, begun.text, house.seals)
