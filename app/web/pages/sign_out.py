from fastapi import APIRouter
from starlette.responses import Response

from app.people import signing_in
from app.web.dependencies import forget
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/sign-out")
async def sign_out(page: OwnPage) -> Response:
    await page.house.database.transaction(signing_in.sign_out, page.me)
    answer = page.go("/card")
    forget(answer, page.house)
    if page.house.settings.over_https:
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
