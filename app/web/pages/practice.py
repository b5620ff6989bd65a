"""The practice room's own page, and help as a drill: nobody is told, and it says so."""

from fastapi import APIRouter
from starlette.responses import Response

from app.rooms import practising
from app.web.pages.page import OwnPage

router = APIRouter()


@router.get("/practice")
async def practice(page: OwnPage) -> Response:
    return page.show("practice.html", tried=await page.house.database.read(practising.practised, page.me.id))


@router.post("/practice")
async def go_in(page: OwnPage) -> Response:
    room = await page.house.database.transaction(practising.go_in, page.me)
    return page.go(f"/rooms/{room.id}#newest")


@router.get("/practice/help")
async def drill(page: OwnPage, tapped: str = "") -> Response:
    """Stores nothing and tells nobody: the numbers here are pictures, not links that ring."""
    return page.show("practice_help.html", tapped=tapped == "yes")
