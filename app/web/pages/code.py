"""Six numbers that the helper said on the telephone. Looking uses nothing up; the tap on one's name does."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.signing_in import Device
from app.people.spoken_codes import UNKNOWN, sign_in_with_code, whose_code
from app.problems import NotFound
from app.web.dependencies import cookie_name
from app.web.entering import keep, place_of, tablet_token
from app.web.pages.card_look import RING
from app.web.pages.page import OpenPage, Page

router = APIRouter()


@router.get("/code")
async def code(page: OpenPage) -> Response:
    return page.show("code.html")


@router.post("/code/look")
async def look(page: OpenPage, code: Annotated[str, Form()] = "") -> Response:
    try:
        async with page.house.spoken.from_address(await place_of(page.request, page.house)):
            name = await page.house.database.transaction(whose_code, code[:40], page.house.key)
    except NotFound:
        return _unknown(page)
    return page.show("code_look.html", name=name, code=code[:40])


@router.post("/code/use")
async def use(page: OpenPage, code: Annotated[str, Form()] = "") -> Response:
    cookies, browser = page.request.cookies, page.request.headers.get("user-agent", "")
    before = cookies.get(cookie_name(page.house.settings), "")
    device = Device(browser, tablet_token(page.request, page.house), before)
    try:
        async with page.house.spoken.from_address(await place_of(page.request, page.house)):
            signed = await page.house.database.transaction(sign_in_with_code, code[:40], page.house.key, at=device)
    except NotFound:
        return _unknown(page)
    answer = page.go("/")
    keep(answer, page.house, signed)
    return answer


def _unknown(page: Page) -> Response:
    sentences = [page.say(UNKNOWN)]
    if page.helper.name:
        sentences.append(page.say(RING, name=page.helper.name, phone=page.helper.phone))
    return page.show("code.html", 404, problem=" ".join(sentences))
