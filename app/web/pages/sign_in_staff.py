"""Staff come in: a passkey (by script, over the API), or name, password and code."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.signing_in import SignedIn, sign_out
from app.problems import NotFound
from app.web import showing_who
from app.web.dependencies import remember
from app.web.pages.letters import own_path
from app.web.pages.page import OpenPage, Page

router = APIRouter()


@router.get("/sign-in/staff")
async def look(page: OpenPage, back: str = "/staff") -> Response:
    return page.show("sign_in_staff.html", back=own_path(back))


@router.post("/sign-in/staff")
async def sign_in(
    page: OpenPage,
    name: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    code: Annotated[str, Form(max_length=40)] = "",
    back: Annotated[str, Form()] = "/staff",
) -> Response:
    try:
        signed = await showing_who.by_password(page.request, page.house, name, password, code)
    except NotFound as problem:
        words = page.say(problem.sentence)
        return page.show("sign_in_staff.html", 404, back=own_path(back), name=name, problem=words)
    return await come_in(page, signed, page.go(own_path(back)))


async def come_in(page: Page, signed: SignedIn, answer: Response) -> Response:
    """This browser is theirs now; who was signed in on it before is signed out."""
    if page.reader:
        await page.house.database.transaction(sign_out, page.reader)
    remember(answer, page.house, signed)
    return answer
