"""What the screen noticed in this room, and what a facilitator makes of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import judging
from app.crisis.judging import Worry
from app.crisis.lines import lines_of
from app.web.pages.page import OwnPage, Page
from app.web.pages.worry_words import flag_words

router = APIRouter()


@router.post("/rooms/{room_id}/worries/{flag_id}")
async def judge(page: OwnPage, room_id: str, flag_id: str, judgement: Annotated[str, Form()] = "") -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.urgently(judging.judge, page.me, flag_id, judgement, lines)
    return page.go(f"/rooms/{room_id}/desk")


def worry_view(page: Page, worry: Worry) -> dict[str, Any]:
    return {
        "id": worry.flag.id,
        "name": worry.name,
        "time": page.calendar.time(worry.flag.at),
        "danger": worry.flag.tier == "emergency",
        "words": worry.words,
        "about": flag_words(page, worry.flag),
        "with_them": worry.with_them,
    }
