"""Bigger and smaller letters, from the bottom of every page."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.preferences import LETTERS, choose
from app.web.pages.page import OwnPage

router = APIRouter()

STEPS = {"bigger": 1, "smaller": -1}


@router.post("/settings/letters")
async def change_letters(
    page: OwnPage, letters: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/"
) -> Response:
    place = LETTERS.index(page.me.letters) + STEPS.get(letters, 0)
    size = LETTERS[min(max(place, 0), len(LETTERS) - 1)]
    await page.house.database.transaction(choose, page.me, letters=size)
    return page.go(own_path(back))


def own_path(path: str) -> str:
    """A path of this house, never another's address."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/"
