from fastapi import APIRouter
from starlette.responses import Response

from app.people.shared_tablets import names_at_the_door
from app.people.signing_in import was_ended_by_staff
from app.web.dependencies import token_of
from app.web.entering import tablet_token
from app.web.pages.page import OpenPage, Page

router = APIRouter()


@router.get("/card")
@router.get("/sign-in")
async def card(page: OpenPage, finished: str = "") -> Response:
    return await door(page, finished=finished)


async def door(page: Page, status: int = 200, **values: object) -> Response:
    """The door of this tablet. On a shared one it shows the names of those who use it."""
    token = tablet_token(page.request, page.house)
    names = await page.house.database.read(names_at_the_door, token, page.house.key) if token else []
    mine = token_of(page.request, page.house.settings)
    ended = bool(mine) and await page.house.database.read(was_ended_by_staff, mine, page.house.key)
    return page.show("card.html", status, names=names, ended=ended, **values)
