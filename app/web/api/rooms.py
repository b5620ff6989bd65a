"""The rooms I may enter."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.rooms.finding import rooms_for
from app.web.api.shapes import problems
from app.web.dependencies import Me, TheHouse

router = APIRouter(tags=["rooms"])


class Room(BaseModel):
    id: str
    slug: str
    title: str
    kind: str
    """group, pair, help or staff"""
    languages: list[str]
    next_meeting: str | None = None


@router.get("/rooms", responses=problems())
async def my_rooms(me: Me, house: TheHouse) -> list[Room]:
    """Pairs and help chats among them; rooms of others are not listed."""
    rooms = await house.database.read(rooms_for, me)
    return [
        Room(id=room.id, slug=room.slug, title=room.title, kind=room.kind, languages=room.languages) for room in rooms
    ]
