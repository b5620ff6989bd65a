"""Before what matters most: show once more that it is you, and go back to where you were."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people import proofs
from app.problems import NotFound
from app.web import showing_who
from app.web.dependencies import remember
from app.web.pages.letters import own_path
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.get("/sign-in/again")
async def look(page: OwnPage, back: str = "/staff") -> Response:
    return await ask(page, back)


@router.post("/sign-in/again")
async def again(
    page: OwnPage,
    password: Annotated[str, Form(max_length=200)] = "",
    code: Annotated[str, Form(max_length=40)] = "",
    back: Annotated[str, Form()] = "/staff",
) -> Response:
    try:
        signed = await showing_who.again_by_password(page.request, page.house, page.me, password, code)
    except NotFound as problem:
        return await ask(page, back, 404, problem=page.say(problem.sentence))
    answer = page.go(own_path(back))
    remember(answer, page.house, signed)
    return answer


async def ask(page: Page, back: str, status: int = 200, **more: str) -> Response:
    able = await page.house.database.read(proofs.has_proofs, page.me.id)
    return page.show("sign_in_again.html", status, back=own_path(back), able=able, **more)
