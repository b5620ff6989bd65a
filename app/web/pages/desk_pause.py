"""The room rests for a moment, and goes on; words are covered for the others, and shown again."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import pausing
from app.messages import covering
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/rooms/{room_id}/desk/pause")
async def pause(page: OwnPage, room_id: str, whom: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(pausing.pause, page.me, room_id, whom)
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/desk/resume")
async def resume(page: OwnPage, room_id: str) -> Response:
    await page.house.database.transaction(pausing.resume, page.me, room_id)
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/desk/entries/{seq}/cover")
async def cover(page: OwnPage, room_id: str, seq: int) -> Response:
    await page.house.database.transaction(covering.cover, page.me, room_id, seq)
    return page.go(f"/rooms/{room_id}/desk?seq={seq}#entry-{seq}")


@router.post("/rooms/{room_id}/desk/entries/{seq}/uncover")
async def uncover(page: OwnPage, room_id: str, seq: int) -> Response:
    await page.house.database.transaction(covering.uncover, page.me, room_id, seq)
    return page.go(f"/rooms/{room_id}/desk?seq={seq}#entry-{seq}")
