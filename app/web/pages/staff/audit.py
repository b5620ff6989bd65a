"""The log of staff acts, searched by who, whom and day."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from app.foundation.audit import AuditLink
from app.keeping.searching_audit import Found, Search, look_at_audit
from app.problems import N_
from app.web.frames import BIGGEST
from app.web.pages.page import OwnPage, Page
from app.web.pages.staff.act_words import details_of, words_for

router = APIRouter()


@router.get("/staff/audit")
async def log(page: OwnPage, who: str = "", whom: str = "", day: str = "", before: str = "") -> Response:
    number = int(before) if before.isdecimal() and len(before) < 10 else None
    search = Search(who, whom, *span_of(page, day), before=min(number, BIGGEST) if number else None)
    found = await page.house.database.transaction(look_at_audit, page.me, search)
    older = urlencode({"who": who, "whom": whom, "day": day, "before": found.links[-1].number}) if found.more else ""
    links = [_link(page, found, link) for link in found.links]
    return page.show("staff_audit.html", links=links, who=who, whom=whom, day=day, older=older)


def span_of(page: Page, day: str) -> tuple[datetime | None, datetime | None]:
    """A day as it is in the house's time zone, also where the clock is put forward in it."""
    try:
        chosen = date.fromisoformat(day)
        begin, end = (
            datetime.combine(one, time.min, page.calendar.zone) for one in (chosen, chosen + timedelta(days=1))
        )
    except (ValueError, OverflowError):
        return None, None
    return begin, end


def _link(page: Page, found: Found, link: AuditLink) -> dict[str, Any]:
    somebody = page.say(N_("Somebody"))
    return {
        "number": link.number,
        "when": page.calendar.moment(link.at),
        "who": found.names.get(link.who, somebody),
        "did": words_for(page, link),
        "whom": found.names.get(link.whom, somebody) if link.whom and link.whom != link.who else "",
        "place": found.rooms.get(link.place, ""),
        "details": details_of(link),
    }
