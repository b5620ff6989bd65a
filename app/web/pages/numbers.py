from fastapi import APIRouter
from starlette.responses import Response

from app.web.pages.page import OpenPage

router = APIRouter()


@router.get("/numbers")
async def numbers(page: OpenPage) -> Response:
    return page.show("numbers.html")
