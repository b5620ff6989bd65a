"""If I need help: what the person who comes must know. Mine to read and write, and to see who opened it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people import help_sheet
from app.people.actors import Actor
from app.people.help_sheet import FIELDS
from app.people.models import Person
from app.problems import N_
from app.web.pages.page import OwnPage, Page

router = APIRouter()

QUESTIONS = {
    "where": N_("Where is this tablet most of the time?"),
    "way_in": N_("How does somebody get in?"),
    "phone": N_("My telephone number"),
    "hears": N_("Do I hear it when it rings?"),
    "calls": N_("Can this tablet make calls?"),
    "language": N_("Which language do I like to speak?"),
    "whom": N_("Whom may you ring for me? Name and number"),
    "tell": N_("What may you tell them?"),
}
ANSWERS = {"yes": N_("Yes"), "sometimes": N_("Sometimes"), "no": N_("No"), "unknown": N_("I do not know")}
CHOICES = {"hears": ("yes", "sometimes", "no"), "calls": ("yes", "no", "unknown")}
LONG = ("where", "way_in", "whom", "tell")


@router.get("/if-i-need-help")
async def mine(page: OwnPage, kept: str = "") -> Response:
    sheet, openings = await page.house.database.read(_look, page.me, page.house.seals)
    return page.show(
        "help_sheet.html",
        kept=kept,
        fields=fields(page, sheet.words if sheet else {}),
        checked=page.calendar.long_day(sheet.checked_at) if sheet else "",
        openings=[(page.calendar.moment(at), name) for at, name in openings],
    )


@router.post("/if-i-need-help")
async def keep(page: OwnPage, request: Request) -> Response:
    said = await said_in(request)
    await page.house.database.transaction(help_sheet.keep_own, page.me, said, page.house.seals)
    return page.go("/if-i-need-help?kept=yes")


@router.post("/if-i-need-help/right")
async def right(page: OwnPage) -> Response:
    await page.house.database.transaction(_right, page.me)
    return page.go("/if-i-need-help?kept=yes")


async def said_in(request: Request) -> dict[str, str]:
    """The fields of the form, and nothing else that was sent."""
    form = await request.form()
    return {field: str(form.get(field, "")) for field in FIELDS}


def fields(page: Page, words: dict[str, str]) -> list[dict[str, Any]]:
    """The questions with what is there, as the forms of members and of helpers show them."""
    return [
        {
            "key": field,
            "question": page.say(QUESTIONS[field]),
            "said": words.get(field, ""),
            "choices": [(answer, page.say(ANSWERS[answer])) for answer in CHOICES.get(field, ())],
            "long": field in LONG,
        }
        for field in FIELDS
    ]


def answers(page: Page, words: dict[str, str]) -> list[tuple[str, str]]:
    """What is filled in, question by question, to be read."""
    said = {field: words.get(field, "") for field in FIELDS}
    return [
        (page.say(QUESTIONS[field]), page.say(ANSWERS.get(what, what)) if field in CHOICES else what)
        for field, what in said.items()
        if what
    ]


def _look(session: Session, actor: Actor, seals: Seals) -> tuple[Any, list[Any]]:
    return help_sheet.own_sheet(session, actor, seals), help_sheet.openings_of(session, actor)


def _right(session: Session, actor: Actor) -> None:
    help_sheet.still_right(session, actor, session.get_one(Person, actor.id))
