"""My card was used on another tablet: that was me, or it was not."""

from fastapi import APIRouter
from starlette.responses import Response

from app.people import second_tablets
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/second-tablets/{sign_in_id}/mine")
async def mine(page: OwnPage, sign_in_id: str) -> Response:
    await page.house.database.transaction(second_tablets.that_was_me, page.me, sign_in_id)
    return page.go("/")


@router.post("/second-tablets/{sign_in_id}/not-mine")
async def not_mine(page: OwnPage, sign_in_id: str) -> Response:
    """The other tablet is out; this one stays in."""
    await page.house.database.transaction(second_tablets.that_was_not_me, page.me, sign_in_id)
    return page.show("second_tablet.html")
