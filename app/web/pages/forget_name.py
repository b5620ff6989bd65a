from fastapi import APIRouter
from starlette.responses import Response

from app.people.shared_tablets import forget_name
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/settings/forget-name")
async def forget(page: OwnPage) -> Response:
    """Take my name from the door of this shared tablet."""
    await page.house.database.transaction(forget_name, page.me)
    return page.go("/settings?kept=yes")
