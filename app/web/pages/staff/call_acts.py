"""What whoever has a call does with it: answer, say they are on the phone, note, pass on, take over, call services."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import answering, passing_on
from app.crisis.lines import lines_of
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.post("/staff/calls/{call_id}/answer")
async def answer(page: OwnPage, call_id: str) -> Response:
    return await _do(page, call_id, answering.answer)


@router.post("/staff/calls/{call_id}/take-over")
async def take_over(page: OwnPage, call_id: str) -> Response:
    return await _do(page, call_id, answering.take_over)


@router.post("/staff/calls/{call_id}/phone")
async def phone(page: OwnPage, call_id: str) -> Response:
    return await _do(page, call_id, answering.on_the_phone)


@router.post("/staff/calls/{call_id}/services")
async def services(page: OwnPage, call_id: str) -> Response:
    return await _do(page, call_id, answering.services_called)


@router.post("/staff/calls/{call_id}/note")
async def note(page: OwnPage, call_id: str, text: Annotated[str, Form()] = "") -> Response:
    return await _do(page, call_id, answering.add_note, text)


@router.post("/staff/calls/{call_id}/pass-on")
async def pass_on(page: OwnPage, call_id: str, sure: Annotated[str, Form()] = "") -> Response:
    """Where nobody else can be told it is asked once whether they cannot stay."""
    lines, verb = lines_of(page.house.settings), passing_on.pass_on_unless_alone
    done = await page.house.database.urgently(verb, page.me, call_id, lines, sure=sure == "yes")
    return page.go(f"/staff?passed={call_id}" if done else f"/staff/calls/{call_id}?alone=yes")


async def _do(page: Page, call_id: str, verb: Callable[..., Any], *said: str) -> Response:
    await page.house.database.urgently(verb, page.me, call_id, *said)
    return page.go(f"/staff/calls/{call_id}")
