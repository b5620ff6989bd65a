"""I am finished: on a shared tablet nothing of this person stays behind."""

from fastapi import APIRouter
from starlette.responses import Response

from app.people import signing_in
from app.web.dependencies import forget
from app.web.entering import let_go
from app.web.pages.page import OpenPage

router = APIRouter()


@router.post("/finished")
async def finished(page: OpenPage) -> Response:
    """Tapped twice, or after the house ended it: the door is the answer, too."""
    if page.reader:
        await page.house.database.transaction(signing_in.sign_out, page.reader)
    answer = let_go(page.go("/card?finished=yes"), page.house)
    forget(answer, page.house)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
