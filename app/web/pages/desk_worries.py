"""What the screen noticed in this room, and what a facilitator makes of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import judging
from app.crisis.judging import Worry
from app.crisis.lines import lines_of
from app.problems import N_
from app.web.pages.page import OwnPage, Page
from app.web.pages.worry_words import flag_words

router = APIRouter()

TOLD = N_("On-call has been told.")
ON_CALL_NOW = {
    "nobody_told": N_("On-call could not be told. Ring for help yourself."),
    "on_screens": N_("Staff who are signed in see it. Nobody has been rung."),
    "no_answer": N_("Nobody has answered yet."),
}
"""While a call for danger is open and it is not so that somebody was told."""


@router.post("/rooms/{room_id}/worries/{flag_id}")
async def judge(page: OwnPage, room_id: str, flag_id: str, judgement: Annotated[str, Form()] = "") -> Response:
    lines = lines_of(page.house.settings)
    whose = await page.house.database.urgently(judging.judge, page.me, flag_id, judgement, lines)
    return page.go(f"/get-on-call/{whose}" if judgement == judging.ON_CALL else f"/rooms/{room_id}/desk")


def worry_view(page: Page, worry: Worry) -> dict[str, Any]:
    danger = worry.flag.tier == "emergency"
    return {
        "id": worry.flag.id,
        "name": worry.name,
        "time": page.calendar.time(worry.flag.at),
        "danger": danger,
        "told": page.say(ON_CALL_NOW.get(worry.state, TOLD)) if danger or worry.state else "",
        "words": worry.words,
        "about": flag_words(page, worry.flag),
        "with_them": worry.with_them,
    }
