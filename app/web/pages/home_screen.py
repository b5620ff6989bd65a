from fastapi import APIRouter
from starlette.responses import Response

from app.web.pages.page import OpenPage

router = APIRouter()


@router.get("/home-screen")
async def home_screen(page: OpenPage) -> Response:
    return page.show("home_screen.html")
