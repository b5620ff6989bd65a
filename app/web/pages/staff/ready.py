"""Ready to open: what the house still needs, and the button that opens it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.keeping import ready, test_page
from app.keeping.ready import Item
from app.people.models import Site
from app.people.roles import require
from app.settings import Settings
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.get("/staff/ready")
async def show(page: OwnPage, kept: str = "") -> Response:
    require(page.me.roles, "edit_site")
    settings = page.house.settings
    items, rung = await page.house.database.read(look, settings)
    return page.show(
        "staff_ready.html",
        items=[{"well": item.well, "words": page.say(item.sentence, **item.values)} for item in items],
        numbers=[_number(page, number, at) for number, at in rung],
        opened=page.calendar.day(page.site.opened_at) if page.site.opened_at else "",
        may_open=all(item.well for item in items) and page.site.opened_at is None,
        kept=kept,
    )


@router.post("/staff/ready/rung")
async def rung(page: OwnPage, number: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(ready.say_rung, page.me, page.house.settings, number)
    return page.go("/staff/ready?kept=rung#numbers")


@router.post("/staff/ready/test-page")
async def send_test(page: OwnPage) -> Response:
    by_mail = bool(page.house.settings.smtp_url)
    await page.house.database.transaction(test_page.ask, page.me, by_mail=by_mail)
    return page.go("/staff/ready?kept=sent")


@router.post("/staff/ready/open")
async def open_doors(page: OwnPage) -> Response:
    await page.house.database.transaction(ready.open_doors, page.me, page.house.settings)
    return page.go("/staff/ready?kept=open")


def _number(page: Page, number: str, at: datetime | None) -> dict[str, Any]:
    lines = page.house.helplines
    names = {line.number: page.say(line.name) for line in lines.line}
    return {
        "number": number,
        "name": names.get(number) or page.site.helper_name,
        "rung": page.calendar.when(at) if at else "",
        "emergency": number == lines.emergency.number,
    }


def look(session: Session, settings: Settings) -> tuple[list[Item], list[tuple[str, datetime | None]]]:
    return ready.look(session, settings), ready.rung_numbers(session, settings, session.get_one(Site, 1))
