"""A helper and somebody who joins: the questions begun together, the practice room, the sheet filled in."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people import consent, enrolling, help_sheet
from app.people.actors import Actor
from app.people.help_choices import HelpChoice, agree_to_ask_first
from app.people.joining import person_for
from app.people.roles import require
from app.problems import N_
from app.rooms import practising
from app.rooms.models import Room
from app.web.pages.help_sheet import fields, said_in
from app.web.pages.page import OwnPage, Page

router = APIRouter()

STATES = {
    "never": N_("Has not joined yet."),
    "given": N_("Joined on {day}."),
    "again": N_("Joined on {day}, and is to be asked again."),
    "withdrawn": N_("Took it back. Reads, and does not write."),
}


@router.post("/staff/people/{person_id}/joining")
async def begin(page: OwnPage, person_id: str, how: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(_begin, page.me, person_id, how)
    return page.go(f"/staff/people/{person_id}")


@router.post("/staff/people/{person_id}/practice")
async def come_beside(page: OwnPage, person_id: str) -> Response:
    room = await page.house.database.transaction(_come_beside, page.me, person_id)
    return page.go(f"/rooms/{room.id}#newest")


@router.get("/staff/people/{person_id}/help-sheet")
async def sheet(page: OwnPage, person_id: str) -> Response:
    require(page.me.roles, "enrol")
    person = await page.house.database.read(person_for, page.me, person_id)
    checked = await page.house.database.read(help_sheet.checked_at, person_id)
    return page.show(
        "staff_help_sheet.html",
        person={"id": person.id, "name": person.name},
        fields=fields(page, {}),
        checked=page.calendar.long_day(checked) if checked else "",
    )


@router.post("/staff/people/{person_id}/help-sheet")
async def fill_in(page: OwnPage, person_id: str, request: Request) -> Response:
    said = await said_in(request)
    await page.house.database.transaction(_fill_in, page.me, person_id, said, page.house.seals)
    return page.go(f"/staff/people/{person_id}")


@router.post("/staff/people/{person_id}/help-sheet/right")
async def right(page: OwnPage, person_id: str) -> Response:
    await page.house.database.transaction(_right, page.me, person_id)
    return page.go(f"/staff/people/{person_id}")


@router.post("/staff/people/{person_id}/ask-first")
async def ask_first(
    page: OwnPage, person_id: str, on: Annotated[str, Form()] = "", said_yes: Annotated[str, Form()] = ""
) -> Response:
    """Agreed with them: a tap on the red button asks before staff are told."""
    await page.house.database.transaction(_ask_first, page.me, person_id, bool(on), bool(said_yes))
    return page.go(f"/staff/people/{person_id}")


async def about_joining(page: Page, person_id: str) -> dict[str, str]:
    """For the person's page: how it is with joining and with the sheet, in words. No answer, and nothing sealed."""
    state, asked, checked, asks_first = await page.house.database.read(_look, person_id)
    day = page.calendar.long_day(state.last.agreed_at) if state.last and state.last.agreed_at else ""
    words = page.say(STATES[state.kind], day=day)
    if state.last and state.kind in ("given", "again"):
        words += " " + who_was_there_of(page, state.last)
    return {
        "words": words,
        "half_done": _half_done(page, asked) if asked else "",
        "to_be_asked": "" if state.kind == "given" else "yes",
        "checked": page.calendar.long_day(checked) if checked else "",
        "asks_first": "yes" if asks_first else "",
    }


def who_was_there_of(page: Page, given: consent.Consent) -> str:
    return {
        "beside": page.say(N_("{name} was beside them."), name=given.beside_name),
        "phone": page.say(N_("{name} was on the phone."), name=given.beside_name),
        "paper": page.say(N_("On paper.")),
    }.get(given.how, "")


def _half_done(page: Page, asked: consent.Consent) -> str:
    order = enrolling.questions(asked)
    number = order.index(enrolling.next_question(asked, page.now)) + 1
    return page.say(N_("At question {number} of {count}."), number=number, count=len(order))


def _look(session: Session, person_id: str) -> tuple[consent.State, consent.Consent | None, datetime | None, bool]:
    choice = session.get(HelpChoice, person_id)
    return (
        consent.state_of(session, person_id),
        enrolling.half_done(session, person_id),
        help_sheet.checked_at(session, person_id),
        choice is not None and choice.ask_first,
    )


def _begin(session: Session, actor: Actor, person_id: str, how: str) -> None:
    enrolling.begin_with(session, actor, person_for(session, actor, person_id), how)


def _come_beside(session: Session, actor: Actor, person_id: str) -> Room:
    return practising.come_beside(session, actor, person_for(session, actor, person_id))


def _fill_in(session: Session, actor: Actor, person_id: str, said: dict[str, str], seals: Seals) -> None:
    help_sheet.fill_in_for(session, actor, person_for(session, actor, person_id), said, seals)


def _ask_first(session: Session, actor: Actor, person_id: str, on: bool, said_yes: bool) -> None:
    agree_to_ask_first(session, actor, person_for(session, actor, person_id), on=on, said_yes=said_yes)


def _right(session: Session, actor: Actor, person_id: str) -> None:
    help_sheet.still_right(session, actor, person_for(session, actor, person_id))
