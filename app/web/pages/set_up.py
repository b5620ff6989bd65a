"""What a set-up link opens: whose it is, and with what they want to sign in. Looking uses nothing up."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people import first_administrator, setting_up
from app.people.models import Person
from app.people.set_up_links import link_for
from app.problems import Invalid, NotFound
from app.web import showing_who
from app.web.pages.page import OpenPage, Page
from app.web.pages.sign_in_staff import come_in

router = APIRouter()

Secret = Annotated[str, Form(max_length=300)]


@router.get("/set-up")
async def begin(page: OpenPage) -> Response:
    return show(page, "set_up_link.html")


@router.post("/set-up/look")
async def look(page: OpenPage, link: Secret = "") -> Response:
    """The link, or its address pasted whole."""
    secret = link.rpartition("#")[2]
    try:
        async with page.house.attempts.from_address(showing_who.caller(page.request)):
            person, opens = await page.house.database.transaction(_look, secret, page.house.key)
    except NotFound as problem:
        return show(page, "set_up_link.html", 404, problem=page.say(problem.sentence))
    if person is None:
        return show(page, "set_up_name.html", link=secret)
    return choices(page, person, secret, opens=opens)


@router.post("/set-up/name")
async def say_name(page: OpenPage, link: Secret = "", name: Annotated[str, Form()] = "") -> Response:
    """The first administrator says who they are."""
    try:
        how = (link, page.house.key, name)
        person = await page.house.database.transaction(first_administrator.say_name, *how)
    except Invalid as problem:
        return show(page, "set_up_name.html", 422, link=link, problem=page.say(problem.sentence, **problem.values))
    return choices(page, person, link)


@router.post("/set-up/enter")
async def enter(page: OpenPage, link: Secret = "") -> Response:
    """The demo's door."""
    how = (link, page.house.key, showing_who.browser(page.request))
    signed = await page.house.database.transaction(setting_up.enter, *how)
    return await come_in(page, signed, page.go("/staff"))


def show(page: Page, template: str, status: int = 200, **values: object) -> Response:
    """As to a stranger: the sign-in of this browser is about to end, and its line to the house with it."""
    return page.show(template, status, me=None, **values)


def choices(page: Page, person: Person, secret: str, status: int = 200, **more: object) -> Response:
    return show(page, "set_up.html", status, link=secret, name=person.name, **more)


def _look(session: Session, secret: str, key: bytes) -> tuple[Person | None, bool]:
    person = first_administrator.whose_link(session, secret, key)
    return person, link_for(session, secret, key).opens
