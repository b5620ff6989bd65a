"""How one person may be reached, changed with them by their helper."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people import checking_ways, ways
from app.people.actors import Actor
from app.people.joining import person_for
from app.people.roles import require_to_find
from app.people.ways import Way
from app.problems import N_, Invalid
from app.web.pages.page import OwnPage
from app.web.pages.ways import require_known_server

router = APIRouter()

Day = Annotated[list[str], Form()]


@router.post("/staff/helper/{person_id}/ways")
async def add(
    page: OwnPage,
    person_id: str,
    kind: Annotated[str, Form()] = "",
    address: Annotated[str, Form()] = "",
    day: Day = [],  # noqa: B006
) -> Response:
    require_known_server(page, kind, address)
    way = await page.house.database.transaction(_add, page.me, person_id, kind, address, "".join(day))
    if way.kind in ways.CODED and way.verified_at is None:
        await page.house.database.transaction(checking_ways.send_code, page.me, way.id)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/ways/hours")
async def hours(
    page: OwnPage,
    person_id: str,
    quiet_from: Annotated[str, Form()] = "",
    quiet_until: Annotated[str, Form()] = "",
    tells: Annotated[str, Form()] = "",
) -> Response:
    await page.house.database.transaction(_hours, page.me, person_id, quiet_from, quiet_until, tells)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/ways/{way_id}/first")
async def put_first(page: OwnPage, person_id: str, way_id: str) -> Response:
    await page.house.database.transaction(ways.put_first, page.me, way_id)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/ways/{way_id}/end")
async def end(page: OwnPage, person_id: str, way_id: str) -> Response:
    await page.house.database.transaction(ways.end_way, page.me, way_id)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/ways/{way_id}/tick")
async def tick(page: OwnPage, person_id: str, way_id: str) -> Response:
    await page.house.database.transaction(checking_ways.tick, page.me, way_id)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/ways/{way_id}/code")
async def send_code(page: OwnPage, person_id: str, way_id: str) -> Response:
    await page.house.database.transaction(checking_ways.send_code, page.me, way_id)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


def _add(session: Session, actor: Actor, person_id: str, kind: str, address: str, days: str) -> Way:
    require_to_find(actor.roles, "look_after_tablets")
    if kind == "push":
        raise Invalid(N_("Please choose one of the ways shown."))
    return ways.add_way(session, actor, person_for(session, actor, person_id), kind, address, days=days)


def _hours(session: Session, actor: Actor, person_id: str, quiet_from: str, quiet_until: str, tells: str) -> None:
    require_to_find(actor.roles, "look_after_tablets")
    person = person_for(session, actor, person_id)
    ways.choose_hours(session, actor, person, quiet_from=quiet_from, quiet_until=quiet_until, tells=tells)
