"""What limits somebody's voice or place in one room, for who may moderate it."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from app.rooms import membership
from app.web.api.shapes import Reason, problems
from app.web.dependencies import Me, TheHouse

router = APIRouter(prefix="/rooms/{room_id}/people/{person_id}", tags=["people in a room"])


def _storable(moment: datetime) -> datetime:
    if not 1970 <= moment.year <= 9000:
        raise ValueError("outside the years that can be kept")
    return moment.astimezone(UTC)


class Muting(BaseModel):
    until: Annotated[AwareDatetime, AfterValidator(_storable)]
    reason: str = Field(max_length=2000)


class Holding(BaseModel):
    on: bool
    reason: str = Field("", max_length=2000)


@router.post("/mute", status_code=204, responses=problems(404))
async def mute(room_id: str, person_id: str, muting: Muting, me: Me, house: TheHouse) -> None:
    """Until then this person reads but does not write here. They see the reason."""
    await house.database.transaction(membership.mute, me, room_id, person_id, muting.until, muting.reason)


@router.post("/unmute", status_code=204, responses=problems(404))
async def unmute(room_id: str, person_id: str, me: Me, house: TheHouse) -> None:
    await house.database.transaction(membership.unmute, me, room_id, person_id)


@router.post("/remove", status_code=204, responses=problems(404))
async def remove(room_id: str, person_id: str, me: Me, house: TheHouse, why: Reason | None = None) -> None:
    """Out of the room, on every device, within five seconds."""
    await house.database.transaction(membership.remove_member, me, room_id, person_id, why.reason if why else "")


@router.post("/hold", status_code=204, responses=problems(404))
async def hold(room_id: str, person_id: str, holding: Holding, me: Me, house: TheHouse) -> None:
    """From now on this person's words wait for a facilitator, or no longer do."""
    await house.database.transaction(membership.hold_words, me, room_id, person_id, holding.on, holding.reason)
