"""My password: set or changed, and proved with the first code from the telephone."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.slow_seals import beside, seal_slowly
from app.people import my_proofs, passwords
from app.people.passwords import Chosen
from app.problems import Invalid
from app.web.pages.page import OwnPage
from app.web.pages.set_up_password import telephone

router = APIRouter()


@router.post("/my-sign-in/password")
async def choose(page: OwnPage, password: Annotated[str, Form()] = "") -> Response:
    house = page.house
    seal = await beside(seal_slowly, house.key, passwords.good_enough(password))
    chosen = await house.database.transaction(my_proofs.choose_password, page.me, seal, house.seals)
    return page.show("set_up_code.html", action="/my-sign-in/code", **telephone(page, page.me.name, chosen))


@router.post("/my-sign-in/code")
async def confirm(
    page: OwnPage, challenge: Annotated[str, Form(max_length=40)] = "", code: Annotated[str, Form(max_length=40)] = ""
) -> Response:
    house = page.house
    how = (page.me, challenge, code, house.key, house.seals)
    try:
        spare = await house.database.transaction(my_proofs.confirm_password, *how)
    except Invalid as problem:
        _, secret = await house.database.transaction(passwords.chosen, page.me.id, challenge, house.seals)
        told = {"problem": page.say(problem.sentence), **telephone(page, page.me.name, Chosen(challenge, secret))}
        return page.show("set_up_code.html", 422, action="/my-sign-in/code", **told)
    return page.show("spare_codes.html", codes=spare)
