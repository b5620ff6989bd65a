"""A tablet is signed out by staff, such as a lost one."""

from fastapi import APIRouter
from starlette.responses import Response

from app.people import signing_in
from app.web.pages.page import OwnPage

router = APIRouter()


@router.post("/staff/people/{person_id}/sign-ins/{sign_in_id}/end")
async def end(page: OwnPage, person_id: str, sign_in_id: str) -> Response:
    await page.house.database.transaction(signing_in.end_sign_in, page.me, sign_in_id)
    return page.go(f"/staff/people/{person_id}")
