"""*Write to Joan*: a question for the helper, and what was answered."""

from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people import asking
from app.people.asking import Question
from app.problems import Problem
from app.web.pages.page import OwnPage, Page
from app.web.pages.problem import sentence_of
from app.web.pages.room_say import ref_of

router = APIRouter()


@router.get("/ask")
async def ask(page: OwnPage, sent: str = "") -> Response:
    return await _show(page, sent=sent)


@router.post("/ask")
async def send(page: OwnPage, text: Annotated[str, Form()] = "", nonce: Annotated[str, Form()] = "") -> Response:
    try:
        await page.house.database.transaction(asking.ask, page.me, ref_of(nonce, text), text)
    except Problem as problem:
        return await _show(page, problem=sentence_of(problem, page), draft=text, status=problem.status)
    return page.go("/ask?sent=yes")


async def _show(page: Page, *, sent: str = "", problem: str = "", draft: str = "", status: int = 200) -> Response:
    mine = await page.house.database.transaction(asking.my_questions, page.me)
    questions = [_question(page, one) for one in mine]
    return page.show(
        "ask.html", status, questions=questions, sent=sent, problem=problem, draft=draft, nonce=uuid4(),
    )  # fmt: skip


def _question(page: Page, one: Question) -> dict[str, Any]:
    return {
        "text": one.text,
        "when": page.calendar.moment(one.written_at),
        "answer": one.answer,
        "answered": page.calendar.moment(one.answered_at) if one.answered_at else "",
    }
