"""Who to ring today: a sheet to print, with a box to tick for each."""

from fastapi import APIRouter
from starlette.responses import Response

from app.people.call_list import rung_today
from app.web.pages.names import LANGUAGE_WORDS
from app.web.pages.page import OwnPage

router = APIRouter()


@router.get("/staff/call-list")
async def show(page: OwnPage) -> Response:
    weekday = page.now.astimezone(page.house.zone).weekday()
    people = await page.house.database.transaction(rung_today, page.me, weekday)
    rows = [
        {"id": one.person_id, "name": one.name, "phone": one.phone, "speaks": page.say(LANGUAGE_WORDS[one.language])}
        for one in people
    ]
    return page.show("staff_call_list.html", rows=rows, today=page.calendar.today())
