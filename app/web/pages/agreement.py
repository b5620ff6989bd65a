"""What I agreed to: when, with whom, in which words. Here it is taken back, and what could be refused is changed."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people import consent
from app.people.agreement.reading import agreement
from app.people.consent import Consent
from app.problems import N_
from app.rooms import withdrawing
from app.web.pages.page import OwnPage, Page
from app.web.pages.welcome import SOMEBODY, told

router = APIRouter()

WHO_WAS_THERE = {
    "beside": N_("{name} was beside you."),
    "phone": N_("{name} was on the phone with you."),
    "alone": N_("You did it on your own."),
    "paper": N_("You did it on paper."),
}


@router.get("/agreement")
async def mine(page: OwnPage, kept: str = "") -> Response:
    state = await page.house.database.read(consent.state_of, page.me.id)
    if state.last is None:
        return page.go("/welcome")
    last = state.last
    screens = [told(page, screen) for screen in agreement(last.version, page.language).screen]
    return page.show(
        "agreement.html",
        kept=kept,
        state=state.kind,
        when=page.calendar.long_day(last.agreed_at or last.begun_at),
        there=who_was_there(page, last),
        told=[screen for screen in screens if not screen["choice"]],
        choices=[(screen, last.answers.get(screen["key"], "no")) for screen in screens if screen["may_be_refused"]],
    )


@router.post("/agreement/choices/{key}")
async def choose(page: OwnPage, key: str, said: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(consent.choose_again, page.me, key, said)
    return page.go("/agreement?kept=yes")


@router.post("/agreement/take-back")
async def take_back(page: OwnPage) -> Response:
    await page.house.database.transaction(withdrawing.take_back, page.me)
    return page.go("/agreement")


def who_was_there(page: Page, given: Consent) -> str:
    return page.say(WHO_WAS_THERE[given.how], name=given.beside_name or page.say(SOMEBODY))
