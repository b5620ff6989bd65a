"""What a facilitator does about a person: hold their words, let them read only, take them out of the room."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.problems import N_, Invalid
from app.rooms import membership
from app.web.pages.page import OwnPage

router = APIRouter()

LONGEST_MINUTES = 7 * 24 * 60


@router.post("/rooms/{room_id}/desk/people/{person_id}/hold")
async def hold(page: OwnPage, room_id: str, person_id: str, on: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(membership.hold_words, page.me, room_id, person_id, on == "yes")
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/desk/people/{person_id}/mute")
async def mute(
    page: OwnPage,
    room_id: str,
    person_id: str,
    minutes: Annotated[int, Form()] = 0,
    reason: Annotated[str, Form()] = "",
) -> Response:
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Invalid(N_("Please choose for how long."))
    until = page.now + timedelta(minutes=minutes)
    await page.house.database.transaction(membership.mute, page.me, room_id, person_id, until, reason)
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/desk/people/{person_id}/unmute")
async def unmute(page: OwnPage, room_id: str, person_id: str) -> Response:
    await page.house.database.transaction(membership.unmute, page.me, room_id, person_id)
    return page.go(f"/rooms/{room_id}/desk")


@router.post("/rooms/{room_id}/desk/people/{person_id}/remove")
async def remove(page: OwnPage, room_id: str, person_id: str, reason: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(membership.remove_member, page.me, room_id, person_id, reason)
    return page.go(f"/rooms/{room_id}/desk")
