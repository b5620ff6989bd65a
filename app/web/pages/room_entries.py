"""What one does with a message on the page: answer it in a phrase, take it back, put it back, withdraw it."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.messages import reacting, removing, reviewing
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/rooms/{room_id}/entries/{seq}/react")
async def react(
    page: OwnPage,
    room_id: str,
    seq: int,
    reaction: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
) -> Response:
    await page.house.database.transaction(reacting.react, page.me, room_id, seq, reaction, on == "yes")
    return page.go(f"/rooms/{room_id}#entry-{seq}")


@router.post("/rooms/{room_id}/entries/{seq}/remove")
async def take_back(page: OwnPage, room_id: str, seq: int) -> Response:
    await page.house.database.transaction(removing.remove, page.me, room_id, seq)
    return page.go(f"/rooms/{room_id}#entry-{seq}")


@router.post("/rooms/{room_id}/entries/{seq}/put-back")
async def put_back(page: OwnPage, room_id: str, seq: int) -> Response:
    await page.house.database.transaction(removing.put_back, page.me, room_id, seq)
    return page.go(f"/rooms/{room_id}#entry-{seq}")


@router.post("/rooms/{room_id}/waiting/{waiting_id}/withdraw")
async def withdraw(page: OwnPage, room_id: str, waiting_id: str) -> Response:
    await page.house.database.transaction(reviewing.withdraw, page.me, waiting_id)
    return page.go(f"/rooms/{room_id}#newest")
