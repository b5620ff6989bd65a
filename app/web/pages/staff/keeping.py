"""How long words are kept, for each kind of room."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.keeping import retention
from app.people.actors import Actor
from app.people.roles import require
from app.problems import N_, Invalid
from app.web.pages.page import OwnPage

router = APIRouter()

KIND_WORDS = {
    "group": N_("Words in group rooms"),
    "pair": N_("Words between a member and a mentor"),
    "staff": N_("Words in staff rooms"),
    "calls": N_("What was written with calls for help, after they were closed"),
}


@router.get("/staff/keeping")
async def keeping(page: OwnPage, kept: str = "") -> Response:
    days = await page.house.database.read(_look, page.me)
    kinds: list[dict[str, Any]] = [
        {"key": kind, "words": page.say(KIND_WORDS[kind]), "days": days[kind]} for kind in retention.KINDS
    ]
    limits = {"shortest": retention.SHORTEST, "longest": retention.LONGEST}
    return page.show("staff_keeping.html", kinds=kinds, kept=kept, **limits)


@router.post("/staff/keeping")
async def choose(
    page: OwnPage,
    group: Annotated[str, Form()] = "",
    pair: Annotated[str, Form()] = "",
    staff: Annotated[str, Form()] = "",
    calls: Annotated[str, Form()] = "",
) -> Response:
    typed = {"group": group, "pair": pair, "staff": staff, "calls": calls}
    await page.house.database.transaction(_choose, page.me, {kind: days_of(days) for kind, days in typed.items()})
    return page.go("/staff/keeping?kept=yes")


def days_of(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or len(typed.strip()) > 6:
        raise Invalid(N_("Please write a number of days, or leave it empty."))
    return int(typed)


def _look(session: Session, actor: Actor) -> dict[str, int | None]:
    require(actor.roles, "choose_keeping")
    return retention.chosen(session)


def _choose(session: Session, actor: Actor, days: dict[str, int | None]) -> None:
    for kind, limit in days.items():
        retention.choose(session, actor, kind, limit)
