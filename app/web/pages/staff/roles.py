"""Roles and grants: given and taken on a person's page."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people import granting
from app.people.actors import Actor
from app.people.joining import person_for
from app.problems import N_, Invalid
from app.rooms.finding import any_room_for
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/staff/people/{person_id}/roles/give")
async def give(
    page: OwnPage,
    person_id: str,
    role: Annotated[str, Form()] = "",
    room: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
) -> Response:
    end = last_day(until, page.house.zone)
    await page.house.database.transaction(_give, page.me, person_id, role, room, end)
    return page.go(f"/staff/people/{person_id}")


@router.post("/staff/people/{person_id}/roles/take")
async def take(
    page: OwnPage, person_id: str, role: Annotated[str, Form()] = "", room: Annotated[str, Form()] = ""
) -> Response:
    await page.house.database.transaction(_take, page.me, person_id, role, room)
    return page.go(f"/staff/people/{person_id}")


def last_day(said: str, zone: ZoneInfo) -> datetime | None:
    """The midnight that ends this day here, or nothing where no day was said."""
    if not said:
        return None
    try:
        return datetime.combine(date.fromisoformat(said) + timedelta(days=1), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError) as trouble:
        raise Invalid(N_("Please write the day like 2026-12-31, or leave it empty.")) from trouble


def _give(session: Session, actor: Actor, person_id: str, role: str, room_id: str, until: datetime | None) -> None:
    if room_id:
        any_room_for(session, actor, room_id)
    granting.give_role(session, actor, person_for(session, actor, person_id), role, room_id, until=until)


def _take(session: Session, actor: Actor, person_id: str, role: str, room_id: str) -> None:
    granting.take_role(session, actor, person_for(session, actor, person_id), role, room_id)
