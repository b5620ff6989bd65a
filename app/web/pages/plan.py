"""My plan: what helps when a hard time comes. To be read first, printed, and changed on a page of its own."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people import safety_plan
from app.people.actors import Actor
from app.people.safety_plan import LONGEST, PARTS, Plan
from app.problems import N_
from app.web.pages.page import OwnPage, Page

router = APIRouter()

QUESTIONS = {
    "signs": N_("How I notice that a hard time is coming"),
    "helps": N_("What I can do by myself that helps"),
    "places": N_("Places and people that take my mind off it"),
    "ask": N_("People I can ask for help. Name and number"),
    "ring": N_("Whom I ring when it is too much. Name and number"),
    "safe": N_("How I make my home safe for a while"),
    "matters": N_("What matters most to me"),
}
SUCH_AS = {
    "signs": N_("Such as: I stop eating. I lie awake. I think that nobody needs me."),
    "helps": N_("Such as: a walk, music, a warm drink, a prayer."),
    "places": N_("Such as: the library, the garden, my neighbor."),
    "ask": N_("Such as: my daughter, a friend."),
    "ring": N_("Such as: my doctor, a help line."),
    "safe": N_("Such as: somebody keeps my pills and brings me each day what I need."),
    "matters": N_("Such as: my grandchildren, my cat, to see the spring."),
}


@router.get("/plan")
async def mine(page: OwnPage, kept: str = "") -> Response:
    """The plan itself: who needs it reads it at once. Who has none yet is shown how to begin."""
    plan, openings = await page.house.database.read(_look, page.me, page.house.seals)
    if plan is None or not any(plan.words.values()):
        return _form(page, plan)
    return page.show(
        "plan.html",
        kept=kept,
        parts=parts(page, plan.words),
        shared=plan.shared,
        written=page.calendar.long_day(plan.kept_at),
        openings=[(page.calendar.moment(at), name) for at, name in openings],
    )


@router.get("/plan/change")
async def change(page: OwnPage) -> Response:
    plan, _ = await page.house.database.read(_look, page.me, page.house.seals)
    return _form(page, plan)


@router.post("/plan")
async def keep(page: OwnPage, request: Request) -> Response:
    form = await request.form()
    said = {part: str(form.get(part, "")) for part in PARTS}
    shared = form.get("shared") == "yes"
    await page.house.database.transaction(safety_plan.keep_plan, page.me, said, shared, page.house.seals)
    return page.go("/plan?kept=yes")


def parts(page: Page, words: dict[str, str]) -> list[tuple[str, str]]:
    """What is filled in, part by part, to be read."""
    return [(page.say(QUESTIONS[part]), words[part]) for part in PARTS if words.get(part)]


def _form(page: Page, plan: Plan | None) -> Response:
    words = plan.words if plan else {}
    fields: list[dict[str, Any]] = [
        {"key": part, "question": page.say(QUESTIONS[part]), "hint": page.say(SUCH_AS[part]), "said": words.get(part)}
        for part in PARTS
    ]
    return page.show("plan_change.html", fields=fields, shared=plan.shared if plan else False, longest=LONGEST)


def _look(session: Session, actor: Actor, seals: Seals) -> tuple[Plan | None, list[Any]]:
    return safety_plan.own_plan(session, actor, seals), safety_plan.openings_of(session, actor)
