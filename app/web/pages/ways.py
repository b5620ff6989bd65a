"""How we may reach you: my ways, in my order, when not, and how much may be told."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.foundation.delivery import ntfy, push
from app.people import checking_ways, reaching, ways
from app.people.actors import Actor
from app.people.models import Person
from app.people.ways import Reach, Way
from app.problems import N_, Invalid
from app.web.pages.page import OwnPage, Page
from app.web.pages.way_words import ways_view

router = APIRouter()

NOT_THERE = N_("That is not the address of a topic at {servers}.")
NOT_HERE = N_("This tablet cannot be told that way. The other ways work.")


@router.get("/ways")
async def show(page: OwnPage, kept: str = "") -> Response:
    found, reach = await page.house.database.transaction(look, page.me)
    key = "" if page.me.shared else push.public_key(page.house.settings.push_key_path)
    return page.show("ways.html", kept=kept, base="/ways", push_key=key, mine=True, **ways_view(page, found, reach))


@router.post("/ways")
async def add(
    page: OwnPage,
    kind: Annotated[str, Form()] = "",
    address: Annotated[str, Form()] = "",
    day: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    require_known_server(page, kind, address)
    way = await page.house.database.transaction(add_own, page.me, kind, address, "".join(day))
    if way.kind in ways.CODED and way.verified_at is None:
        await page.house.database.transaction(checking_ways.send_code, page.me, way.id)
    return page.go(f"/ways?kept=yes#way-{way.id}")


@router.post("/ways/hours")
async def hours(
    page: OwnPage,
    quiet_from: Annotated[str, Form()] = "",
    quiet_until: Annotated[str, Form()] = "",
    tells: Annotated[str, Form()] = "",
) -> Response:
    await page.house.database.transaction(choose_own, page.me, quiet_from, quiet_until, tells)
    return page.go("/ways?kept=yes")


@router.post("/ways/push")
async def subscribe(
    page: OwnPage,
    endpoint: Annotated[str, Form()] = "",
    p256dh: Annotated[str, Form()] = "",
    auth: Annotated[str, Form()] = "",
) -> Response:
    """What this tablet's browser gave. It has proved itself: nobody else can open what is sent there."""
    if page.me.shared or not push.allowed(endpoint, page.house.settings.push_services):
        raise Invalid(NOT_HERE)
    keys = {"p256dh": p256dh[:200], "auth": auth[:100]}
    await page.house.database.transaction(add_own, page.me, "push", endpoint, "", keys)
    return page.go("/ways?kept=yes")


@router.post("/ways/try")
async def try_it(page: OwnPage) -> Response:
    """So that they see how it will be."""
    await page.house.database.transaction(reaching.tell, page.me.id, "try", "/ways")
    return page.go("/ways?kept=tried")


@router.post("/ways/{way_id}/first")
async def put_first(page: OwnPage, way_id: str) -> Response:
    await page.house.database.transaction(ways.put_first, page.me, way_id)
    return page.go("/ways?kept=yes")


@router.post("/ways/{way_id}/end")
async def end(page: OwnPage, way_id: str) -> Response:
    await page.house.database.transaction(ways.end_way, page.me, way_id)
    return page.go("/ways?kept=yes")


@router.post("/ways/{way_id}/code")
async def send_code(page: OwnPage, way_id: str) -> Response:
    await page.house.database.transaction(checking_ways.send_code, page.me, way_id)
    return page.go(f"/ways?kept=sent#way-{way_id}")


@router.post("/ways/{way_id}/check")
async def check(page: OwnPage, way_id: str, code: Annotated[str, Form()] = "") -> Response:
    right = await page.house.database.transaction(checking_ways.type_code, page.me, way_id, code[:40], page.house.key)
    if not right:
        raise Invalid(checking_ways.NOT_THESE)
    return page.go("/ways?kept=yes")


def require_known_server(page: Page, kind: str, address: str) -> None:
    if kind == "ntfy" and not ntfy.allowed(address.strip(), page.house.settings.ntfy_servers):
        raise Invalid(NOT_THERE, servers=page.house.settings.ntfy_servers)


def look(session: Session, actor: Actor) -> tuple[list[Way], Reach]:
    """Having it open is having seen that a try arrived."""
    reaching.seen(session, actor, "try")
    return ways.ways_of(session, actor, session.get_one(Person, actor.id))


def add_own(
    session: Session, actor: Actor, kind: str, address: str, days: str, keys: dict[str, str] | None = None
) -> Way:
    if kind == "push" and keys is None:
        raise Invalid(N_("Please choose one of the ways shown."))
    return ways.add_way(session, actor, session.get_one(Person, actor.id), kind, address, days=days, keys=keys)


def choose_own(session: Session, actor: Actor, quiet_from: str, quiet_until: str, tells: str) -> None:
    person = session.get_one(Person, actor.id)
    ways.choose_hours(session, actor, person, quiet_from=quiet_from, quiet_until=quiet_until, tells=tells)
