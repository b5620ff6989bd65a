"""What whoever has a call does with it: answer, say they are on the phone, note, pass on, take over, call services."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import answering
from app.crisis.lines import lines_of
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.post("/staff/calls/{call_id}/answer")
async def answer(page: OwnPage, call_id: str) -> Response:
    await page.house.database.urgently(answering.answer, page.me, call_id)
    return _back(page, call_id)


@router.post("/staff/calls/{call_id}/take-over")
async def take_over(page: OwnPage, call_id: str) -> Response:
    await page.house.database.urgently(answering.take_over, page.me, call_id)
    return _back(page, call_id)


@router.post("/staff/calls/{call_id}/phone")
async def phone(page: OwnPage, call_id: str) -> Response:
    await page.house.database.urgently(answering.on_the_phone, page.me, call_id)
    return _back(page, call_id)


@router.post("/staff/calls/{call_id}/note")
async def note(page: OwnPage, call_id: str, text: Annotated[str, Form()] = "") -> Response:
    await page.house.database.urgently(answering.add_note, page.me, call_id, text)
    return _back(page, call_id)


@router.post("/staff/calls/{call_id}/services")
async def services(page: OwnPage, call_id: str) -> Response:
    await page.house.database.urgently(answering.services_called, page.me, call_id)
    return _back(page, call_id)


@router.post("/staff/calls/{call_id}/pass-on")
async def pass_on(page: OwnPage, call_id: str) -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.urgently(answering.pass_on, page.me, call_id, lines)
    return page.go("/staff")


def _back(page: Page, call_id: str) -> Response:
    return page.go(f"/staff/calls/{call_id}")
