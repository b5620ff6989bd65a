"""What waits, and its end."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.foundation.clock import spoken
from app.messages import reviewing
from app.web.api.shapes import Place, problems
from app.web.dependencies import Me, TheHouse

router = APIRouter(tags=["waiting"])


class WaitingWords(BaseModel):
    id: str
    room: str
    author: dict[str, str]
    ref: str
    text: str
    reply_to: int | None
    why: str
    at: str


@router.get("/rooms/{room_id}/waiting", responses=problems(404))
async def what_waits(room_id: str, me: Me, house: TheHouse) -> list[WaitingWords]:
    """All of it for who may moderate, one's own for everybody else."""
    return [
        WaitingWords(
            id=one.id, room=one.room_id, author={"id": one.author_id, "name": one.author_name}, ref=one.ref,
            text=one.text, reply_to=one.reply_to, why=one.why, at=spoken(one.written_at),
        )
        for one in await house.database.transaction(reviewing.look_at_waiting, me, room_id)
    ]  # fmt: skip


@router.post("/waiting/{waiting_id}/release", responses=problems(404, 409))
async def let_it_through(waiting_id: str, me: Me, house: TheHouse) -> Place:
    said = await house.database.transaction(reviewing.release, me, waiting_id)
    return Place(seq=said.seq, version=said.version)


@router.post("/waiting/{waiting_id}/decline", status_code=204, responses=problems(404, 409))
async def send_it_back(waiting_id: str, me: Me, house: TheHouse) -> None:
    await house.database.transaction(reviewing.decline, me, waiting_id)


@router.post("/waiting/{waiting_id}/withdraw", status_code=204, responses=problems(404, 409))
async def take_it_back(waiting_id: str, me: Me, house: TheHouse) -> None:
    """By its author."""
    await house.database.transaction(reviewing.withdraw, me, waiting_id)
