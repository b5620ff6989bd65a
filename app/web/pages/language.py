"""English or Spanish, by one tap at the bottom of every page, also before anybody has signed in."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.preferences import a_language, choose
from app.web.language import remember_here
from app.web.pages.letters import own_path
from app.web.pages.page import OpenPage

router = APIRouter()


@router.post("/language")
async def speak(page: OpenPage, language: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/") -> Response:
    a_language(language)
    if page.reader:
        await page.house.database.transaction(choose, page.reader, language=language)
    answer = page.go(own_path(back))
    remember_here(answer, language, over_https=page.house.settings.over_https)
    return answer
