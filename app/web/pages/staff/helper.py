"""The helper's page: who asked something, find a person, when the helper answers and who covers for them."""

from datetime import datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people import asking, covering, joining, tasks
from app.people.actors import Actor
from app.people.asking import Question
from app.people.models import Person
from app.people.roles import require_to_find
from app.problems import N_, Invalid
from app.web.pages.page import OwnPage, Page

router = APIRouter()

Waits = tuple[list[tuple[Question, str]], list[Person], int]


@router.get("/staff/helper")
async def show(page: OwnPage, name: str = "", kept: str = "") -> Response:
    require_to_find(page.me.roles, "look_after_tablets")
    questions, people, waiting = await page.house.database.transaction(look, page.me, name)
    until = page.helper.until
    return page.show(
        "staff_helper.html",
        part=name,
        kept=kept,
        people=people,
        searched=bool(name),
        tasks=waiting,
        questions=[_question(page, *one) for one in questions],
        cover={"name": page.helper.name, "until": page.calendar.day(until)} if until else None,
        tomorrow=page.now.astimezone(page.house.zone).date().isoformat(),
    )


@router.post("/staff/questions/{question_id}")
async def answer(page: OwnPage, question_id: str, text: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(asking.answer, page.me, question_id, text)
    return page.go("/staff/helper?kept=answered")


@router.post("/staff/helper/hours")
async def hours(page: OwnPage, hours: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(covering.say_hours, page.me, hours)
    return page.go("/staff/helper?kept=yes")


@router.post("/staff/helper/cover")
async def cover(
    page: OwnPage,
    name: Annotated[str, Form()] = "",
    phone: Annotated[str, Form()] = "",
    hours: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
) -> Response:
    """Through the whole of the last day, by the clock of the house."""
    last = _end_of(page, until) if name.strip() else None
    said: dict[str, Any] = {"name": name, "phone": phone, "hours": hours, "until": last}
    await page.house.database.transaction(covering.cover, page.me, **said)
    return page.go("/staff/helper?kept=yes")


def look(session: Session, actor: Actor, part: str) -> Waits:
    found = joining.find_people(session, actor, part, most=50) if part else []
    return asking.open_questions(session, actor), found, len(tasks.open_tasks(session, actor))


def _question(page: Page, question: Question, name: str) -> dict[str, Any]:
    when = page.calendar.moment(question.written_at)
    return {"id": question.id, "person": question.person_id, "name": name, "text": question.text, "when": when}


def _end_of(page: Page, day: str) -> datetime:
    try:
        return datetime.combine(datetime.fromisoformat(day).date(), time.max, page.house.zone)
    except ValueError:
        raise Invalid(N_("Please choose a day to come."), fields=(("until", N_("Please look again.")),)) from None
