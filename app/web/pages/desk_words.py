"""What a facilitator does with words: let through, send back, take out, put back."""

from fastapi import APIRouter
from starlette.responses import Response

from app.messages import removing, reviewing
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/rooms/{room_id}/waiting/{waiting_id}/release")
async def release(page: OwnPage, room_id: str, waiting_id: str) -> Response:
    await page.house.database.transaction(reviewing.release, page.me, waiting_id)
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/waiting/{waiting_id}/decline")
async def decline(page: OwnPage, room_id: str, waiting_id: str) -> Response:
    await page.house.database.transaction(reviewing.decline, page.me, waiting_id)
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/desk/entries/{seq}/remove")
async def take_out(page: OwnPage, room_id: str, seq: int) -> Response:
    await page.house.database.transaction(removing.remove, page.me, room_id, seq)
    return page.go(f"/rooms/{room_id}/desk?seq={seq}#entry-{seq}")


@router.post("/rooms/{room_id}/desk/entries/{seq}/put-back")
async def put_back(page: OwnPage, room_id: str, seq: int) -> Response:
    await page.house.database.transaction(removing.put_back, page.me, room_id, seq)
    return page.go(f"/rooms/{room_id}/desk?seq={seq}#entry-{seq}")
