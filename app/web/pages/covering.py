"""A calendar, which is all that a passer-by sees: the screen is covered, or somebody has left it quickly."""

import calendar
from typing import Any

from babel.dates import format_skeleton, get_day_names
from fastapi import APIRouter
from starlette.responses import Response

from app.people import signing_in
from app.web.dependencies import forget
from app.web.pages.letters import own_path
from app.web.pages.page import OpenPage, Page

router = APIRouter()


@router.get("/calendar")
async def this_month(page: OpenPage, back: str = "") -> Response:
    """`back` is the page that is covered. It names nobody, and not the house."""
    return page.show("calendar.html", back=own_path(back) if back else "", **month(page))


@router.post("/leave")
async def leave(page: OpenPage) -> Response:
    """Leave quickly. On a shared tablet one is signed out as well."""
    answer = page.go("/calendar")
    if page.reader and page.reader.shared:
        await page.house.database.transaction(signing_in.sign_out, page.reader)
        forget(answer, page.house)
    return answer


def month(page: Page) -> dict[str, Any]:
    today, locale = page.now.astimezone(page.house.zone), page.calendar.locale
    first = locale.first_week_day
    weeks = calendar.Calendar(first).monthdayscalendar(today.year, today.month)
    names = get_day_names("abbreviated", "stand-alone", locale)
    return {
        "month": format_skeleton("yMMMM", today, locale=locale),
        "weekdays": [names[(first + day) % 7] for day in range(7)],
        "weeks": weeks,
        "today": today.day,
    }
