"""Joining: what it is like here, one question a screen. Left at any time, and found again where it was left."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people import consent, enrolling
from app.people.actors import Actor
from app.people.agreement.reading import LAST, Screen, agreement
from app.people.consent import Consent, State
from app.people.enrolling import BESIDE
from app.problems import N_, NotFound
from app.web.pages.page import OwnPage, Page

router = APIRouter()

WITH_YOU = {
    "beside": N_("{name} is beside you."),
    "phone": N_("{name} is on the phone with you."),
    "alone": N_("You do this on your own."),
}
SOMEBODY = N_("Somebody")


@router.get("/welcome")
async def welcome(page: OwnPage) -> Response:
    state, asked = await page.house.database.read(look, page.me)
    onward = enrolling.next_question(asked, page.now) if asked else BESIDE
    return page.show(
        "welcome.html",
        state=state.kind,
        begun=asked is not None and bool(asked.how),
        answered=asked is not None and bool(asked.answers),
        with_you=with_you(page, asked) if asked and onward != BESIDE else "",
        onward=f"/welcome/{onward}",
    )


@router.get("/welcome/{question}")
async def ask(page: OwnPage, question: str) -> Response:
    _, asked = await page.house.database.read(look, page.me)
    if question == BESIDE:
        return page.show("welcome_beside.html", asked=asked, count=_count(asked) if asked else "")
    if asked is None:
        return page.go("/welcome")
    order = enrolling.questions(asked)
    if question not in order:
        raise NotFound()
    onward = enrolling.next_question(asked, page.now)
    if order.index(question) > order.index(onward):
        return page.go(f"/welcome/{onward}")
    return page.show("welcome_question.html", **_question(page, asked, question))


@router.post("/welcome/beside")
async def beside(page: OwnPage, how: Annotated[str, Form()] = "", name: Annotated[str, Form()] = "") -> Response:
    asked = await page.house.database.transaction(enrolling.say_who_is_there, page.me, how, name)
    return page.go(f"/welcome/{enrolling.next_question(asked, page.now)}")


@router.post("/welcome/{question}")
async def answer(page: OwnPage, question: str, said: Annotated[str, Form()] = "") -> Response:
    """The next question after this one; after the last the page that says where one is now."""
    asked = await page.house.database.transaction(enrolling.answer, page.me, question, said)
    if question == LAST:
        return page.go("/welcome" if said == "yes" else "/")
    order = enrolling.questions(asked)
    return page.go(f"/welcome/{order[order.index(question) + 1]}")


def look(session: Session, actor: Actor) -> tuple[State, Consent | None]:
    return consent.state_of(session, actor.id), enrolling.half_done(session, actor.id)


def with_you(page: Page, asked: Consent) -> str:
    return page.say(WITH_YOU.get(asked.how, WITH_YOU["alone"]), name=asked.beside_name or page.say(SOMEBODY))


def filled_in(page: Page, words: str) -> str:
    """A sentence of the agreement, with what only this house knows."""
    return words.format(house=page.site.name, emergency=page.house.helplines.emergency.number)


def told(page: Page, screen: Screen) -> dict[str, Any]:
    """One screen as it is read."""
    return {
        "key": screen.key,
        "heading": filled_in(page, screen.heading),
        "words": [filled_in(page, words) for words in screen.words],
        "choice": screen.choice,
        "may_be_refused": screen.may_be_refused,
        "yes": filled_in(page, screen.yes),
        "no": filled_in(page, screen.no),
    }


def _question(page: Page, asked: Consent, question: str) -> dict[str, Any]:
    screens = agreement(asked.version, page.language)
    screen = screens.screen_for(question)
    if screen is None:
        raise NotFound()
    order = enrolling.questions(asked)
    place = order.index(question)
    return {
        "screen": told(page, screen),
        "number": place + 1,
        "count": len(order),
        "before": f"/welcome/{order[place - 1]}",
        "with_you": with_you(page, asked),
        "answered": asked.answers.get(question, ""),
    }


def _count(asked: Consent) -> int:
    return len(enrolling.questions(asked))
