"""What the caller wrote down for such a time, opened by who looks after the call: If I need help, and the plan."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from fastapi import APIRouter
from starlette.responses import Response

from app.crisis import opening_sheets
from app.crisis.responding import Call, open_call
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people.actors import Actor
from app.people.telephones import numbers_in
from app.problems import N_
from app.web.pages import help_sheet, plan
from app.web.pages.page import OwnPage, Page

router = APIRouter()

OF_SHEET = N_("If {name} needs help")
Kept = TypeVar("Kept")
Opening = Callable[[Session, Actor, str, Seals], Kept | None]
OTHERS_TO_RING = {"whom": help_sheet.QUESTIONS["whom"]} | {part: plan.QUESTIONS[part] for part in ("ask", "ring")}


@router.post("/staff/calls/{call_id}/sheet")
async def open_sheet(page: OwnPage, call_id: str) -> Response:
    """A post, as each opening is recorded and told to the caller: nothing opens it by looking at the page."""
    found, kept = await _opened(page, call_id, opening_sheets.open_sheet)
    if kept is None:
        return _show(page, found, OF_SHEET)
    said = help_sheet.answers(page, kept.words)
    dated = _on_day(page, N_("Last looked at on {day}."), kept.checked_at)
    return _show(page, found, OF_SHEET, kept.words, answers=said, dated=dated)


@router.post("/staff/calls/{call_id}/plan")
async def open_plan(page: OwnPage, call_id: str) -> Response:
    """A post, as with the sheet; without their consent there is nothing to open."""
    found, kept = await _opened(page, call_id, opening_sheets.open_plan)
    if kept is None:
        return _show(page, found, N_("The plan of {name}"))
    dated = _on_day(page, N_("Written on {day}."), kept.kept_at)
    return _show(page, found, N_("The plan of {name}"), kept.words, answers=plan.parts(page, kept.words), dated=dated)


@router.get("/staff/calls/{call_id}/sheet")
@router.get("/staff/calls/{call_id}/plan")
async def let_go(page: OwnPage, call_id: str) -> Response:
    """A telephone that let go of the page while somebody talked asks for it by its address: the call opens it anew."""
    return page.go(f"/staff/calls/{call_id}")


async def _opened(page: Page, call_id: str, opening: Opening[Kept]) -> tuple[Call, Kept | None]:
    return await page.house.database.urgently(_open, page.me, call_id, opening, page.house.seals)


def _open(
    session: Session, actor: Actor, call_id: str, opening: Opening[Kept], seals: Seals
) -> tuple[Call, Kept | None]:  # fmt: skip
    return open_call(session, actor, call_id), opening(session, actor, call_id, seals)


def _show(
    page: Page, found: Call, heading: str, words: Mapping[str, str] | None = None, *,
    answers: list[tuple[str, str]] | None = None, dated: str = "",
) -> Response:  # fmt: skip
    """`words` are what was opened, by field: the numbers in it are links."""
    words = words or {}
    hears = [help_sheet.ANSWERS[one] for one in (words.get("hears"),) if one in help_sheet.ANSWERS]
    return page.show(
        "staff_call_sheet.html",
        call_id=found.incident.id,
        here=f"/staff/calls/{found.incident.id}",
        name=found.name,
        heading=page.say(heading, name=found.name),
        rings=(rings := numbers_in(words.get("phone", ""))),
        no_number=not rings and answers is not None and heading == OF_SHEET,
        hears=page.say(hears[0]) if hears else "",
        others={page.say(question): numbers_in(words.get(field, "")) for field, question in OTHERS_TO_RING.items()},
        answers=answers,
        dated=dated,
    )


def _on_day(page: Page, sentence: str, at: datetime) -> str:
    return page.say(sentence, day=page.calendar.long_day(at))
