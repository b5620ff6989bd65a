from fastapi import APIRouter
from starlette.responses import Response

from app.web.pages.page import OpenPage

router = APIRouter()


@router.get("/card")
@router.get("/sign-in")
async def card(page: OpenPage) -> Response:
    return page.show("card.html")
