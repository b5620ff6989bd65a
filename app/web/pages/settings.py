"""My settings: the name others see, the letters, the colours, the language."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.help_choices import choose_own
from app.people.joining import rename
from app.people.models import Person
from app.people.preferences import choose
from app.web.pages.page import OwnPage

router = APIRouter()


@router.get("/settings")
async def settings(page: OwnPage, kept: str = "") -> Response:
    return page.show("settings.html", kept=kept)


@router.post("/settings")
async def keep(
    page: OwnPage,
    name: Annotated[str, Form()] = "",
    letters: Annotated[int | None, Form()] = None,
    contrast: Annotated[str | None, Form()] = None,
    language: Annotated[str | None, Form()] = None,
) -> Response:
    await page.house.database.transaction(_keep, page.me, name, letters, contrast, language)
    return page.go("/settings?kept=yes")


@router.post("/settings/help-card")
async def keep_help_card(
    page: OwnPage, quiet: Annotated[str, Form()] = "", ask_first: Annotated[str, Form()] = ""
) -> Response:
    """Whether my card looks like help; and that it asks no more, where it was agreed that it asks first."""
    wish = {"quiet": bool(quiet), "ask_first": bool(ask_first)}
    await page.house.database.transaction(lambda session: choose_own(session, page.me, **wish))
    return page.go("/settings?kept=yes")


def _keep(
    session: Session, actor: Actor, name: str, letters: int | None, contrast: str | None, language: str | None
) -> None:
    choose(session, actor, letters=letters, contrast=contrast, language=language)
    if name != actor.name:
        rename(session, actor, session.get_one(Person, actor.id), name)
