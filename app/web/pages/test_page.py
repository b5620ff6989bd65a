"""A test of the way to the catch-all address: whoever got the mail says so. Opening the link answers nothing."""

from fastapi import APIRouter
from starlette.responses import Response

from app.keeping import test_page
from app.web.pages.page import OpenPage

router = APIRouter()


@router.get("/test-page/{token}")
async def show(page: OpenPage, token: str) -> Response:
    found = await page.house.database.read(test_page.page_for, token, page.house.key)
    return page.show("test_page.html", token=token, answered=found.answered_at is not None)


@router.post("/test-page/{token}")
async def answer(page: OpenPage, token: str) -> Response:
    await page.house.database.transaction(test_page.answer, token, page.house.key)
    return page.go(f"/test-page/{token}")
