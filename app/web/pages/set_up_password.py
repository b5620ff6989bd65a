"""Through a set-up link to a password: chosen, then proved with the first code from the telephone."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.foundation.slow_seals import beside, seal_slowly
from app.people import codes, passwords, setting_up
from app.people.models import Person
from app.people.passwords import Chosen
from app.problems import Invalid
from app.web import showing_who
from app.web.pages.page import OpenPage, Page
from app.web.pages.set_up import Secret, choices, show
from app.web.pages.sign_in_staff import come_in
from app.web.pages.staff.cards import qr

router = APIRouter()


@router.post("/set-up/password")
async def choose(page: OpenPage, link: Secret = "", password: Annotated[str, Form()] = "") -> Response:
    house = page.house
    person = await house.database.transaction(setting_up.person_with_link, link, house.key)
    try:
        seal = await beside(seal_slowly, house.key, passwords.good_enough(password))
    except Invalid as problem:
        return choices(page, person, link, 422, problem=page.say(problem.sentence))
    chosen = await house.database.transaction(passwords.choose, person.id, seal, house.seals)
    return show(page, "set_up_code.html", link=link, action="/set-up/code", **telephone(page, person.name, chosen))


@router.post("/set-up/code")
async def confirm(
    page: OpenPage,
    link: Secret = "",
    challenge: Annotated[str, Form(max_length=40)] = "",
    code: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    house = page.house
    how = (link, house.key, house.seals, challenge, code, showing_who.browser(page.request))
    try:
        signed, spare = await house.database.transaction(setting_up.with_password, *how)
    except Invalid as problem:
        person, waiting = await house.database.transaction(_again, link, house.key, challenge, house.seals)
        told = {"problem": page.say(problem.sentence), **telephone(page, person.name, waiting)}
        return show(page, "set_up_code.html", 422, link=link, action="/set-up/code", **told)
    return await come_in(page, signed, page.show("spare_codes.html", codes=spare, fresh=True))


def telephone(page: Page, name: str, chosen: Chosen) -> dict[str, Any]:
    """What the page shows to the telephone that will make the codes."""
    address = codes.app_address(chosen.code_secret, name, page.site.name)
    return {"challenge": chosen.challenge_id, "qr": qr(address), "secret": _in_fours(chosen.code_secret)}


def _again(session: Session, link: str, key: bytes, challenge: str, seals: Seals) -> tuple[Person, Chosen]:
    person = setting_up.person_with_link(session, link, key)
    return person, Chosen(challenge, passwords.chosen(session, person.id, challenge, seals)[1])


def _in_fours(secret: str) -> str:
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
