"""Who helps me: the supporters of a member, and for whom a supporter is here. Either ends it in one tap."""

from fastapi import APIRouter
from starlette.responses import Response

from app.foundation.database import Session
from app.people import supporting
from app.people.actors import Actor
from app.people.supporting import Beside
from app.rooms import supporters
from app.web.pages.page import OwnPage

router = APIRouter()


@router.get("/who-helps")
async def who_helps(page: OwnPage) -> Response:
    mine, theirs = await page.house.database.read(look, page.me)
    return page.show("who_helps.html", mine=mine, theirs=theirs)


@router.post("/who-helps/{support_id}/want")
async def want(page: OwnPage, support_id: str) -> Response:
    await page.house.database.transaction(supporters.want, page.me, support_id)
    return page.go("/who-helps")


@router.post("/who-helps/{support_id}/promise")
async def promise(page: OwnPage, support_id: str) -> Response:
    await page.house.database.transaction(supporters.promise, page.me, support_id)
    return page.go("/who-helps")


@router.post("/who-helps/{support_id}/pairs/open")
async def open_pairs(page: OwnPage, support_id: str) -> Response:
    await page.house.database.transaction(supporters.open_pairs, page.me, support_id)
    return page.go("/who-helps")


@router.post("/who-helps/{support_id}/pairs/close")
async def close_pairs(page: OwnPage, support_id: str) -> Response:
    await page.house.database.transaction(supporters.close_pairs, page.me, support_id)
    return page.go("/who-helps")


@router.post("/who-helps/{support_id}/end")
async def end(page: OwnPage, support_id: str) -> Response:
    await page.house.database.transaction(supporters.end, page.me, support_id)
    return page.go("/who-helps")


def look(session: Session, actor: Actor) -> tuple[list[Beside], list[Beside]]:
    return supporting.supports_of(session, actor.id), supporting.supported_by(session, actor.id)
