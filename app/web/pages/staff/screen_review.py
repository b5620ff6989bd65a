"""What the screen noticed, by rule, for who looks after the rules."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis import reviewing
from app.crisis.reviewing import UNREAD, RuleSoFar, ToReview
from app.problems import N_
from app.web.pages.page import OwnPage, Page

router = APIRouter()

TIERS = {
    "emergency": N_("emergency: on-call is told"),
    "concern": N_("worry: a facilitator reads it today"),
    "watch": N_("to watch: on the quiet list"),
}
NOTICED = N_("Noticed in 90 days: {count}. Told on-call: {pages}.")
JUDGED = N_("Not a worry: {count}. Rule right: {right}. Rule wrong: {wrong}.")
WOULD = N_("Would have noticed in 90 days: {count}. Would have told on-call: {pages}.")
BEYOND = N_("Not seen like this by other rules: {count}. Rule right: {right}. Rule wrong: {wrong}.")
NOT_READ = N_("Words that could not be read to their end")
SAID = {
    "right": N_("You or somebody else said: the rule was right."),
    "wrong": N_("You or somebody else said: the rule was wrong."),
}


@router.get("/staff/screen")
async def screen(page: OwnPage) -> Response:
    rules = await page.house.database.read(reviewing.rules_so_far, page.me)
    return page.show(
        "staff_screen.html",
        waiting=[_rule(page, one) for one in rules if one.waiting],
        others=[_rule(page, one) for one in rules if not one.waiting],
    )


@router.get("/staff/screen/{kind}/{finding_id}")
async def words(page: OwnPage, kind: str, finding_id: str) -> Response:
    """The reading is committed to the log of staff acts before this page has one word of it."""
    read = await page.house.database.transaction(reviewing.read_words, page.me, kind, finding_id)
    return page.show(
        "staff_screen_words.html",
        rule=_name(page, read.rule),
        on_trial=read.on_trial,
        one=_one(page, read.one),
        words=read.words,
        said=page.say(SAID[read.reviewed]) if read.reviewed else "",
    )


@router.post("/staff/screen/{kind}/{finding_id}")
async def review(page: OwnPage, kind: str, finding_id: str, verdict: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(reviewing.review, page.me, kind, finding_id, verdict)
    return page.go("/staff/screen")


def _rule(page: Page, rule: RuleSoFar) -> dict[str, Any]:
    counted = {"count": rule.noticed, "pages": rule.pages}
    judged = {"right": rule.right, "wrong": rule.wrong}
    if rule.on_trial:
        lines = [page.say(WOULD, **counted), page.say(BEYOND, count=rule.missed_by_others, **judged)]
    else:
        lines = [page.say(NOTICED, **counted), page.say(JUDGED, count=rule.not_a_worry, **judged)]
    waiting = [_one(page, one) for one in rule.waiting]
    return {"name": _name(page, rule.rule), "on_trial": rule.on_trial, "lines": lines, "waiting": waiting}


def _one(page: Page, one: ToReview) -> dict[str, Any]:
    tier = page.say(TIERS[one.tier])
    when = page.calendar.moment(one.at)
    return {"id": one.id, "kind": one.kind, "tier": tier, "room": one.room_title, "when": when}


def _name(page: Page, rule: str) -> str:
    return page.say(NOT_READ) if rule == UNREAD else rule
