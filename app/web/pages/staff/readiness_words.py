"""Whether a call could reach somebody of the on-call staff, in words."""

from datetime import datetime
from typing import Any

from app.crisis.lines import TEAM
from app.crisis.readiness import PlaceReady, Ready, WayNow
from app.problems import N_
from app.web.pages.page import Page
from app.web.pages.staff.rota_words import WAYS

WELL = N_("{way}: checked")
NOT_CHECKED = N_("{way}: not checked yet")
NOT_HERE = N_("{way}: this house cannot use it yet")
FAILS = N_("{way}: did not work {when}")
NO_WAY = N_("No way to reach {name} is kept.")
BY_ONE = N_("Only one thing would wake {name}. If it is empty or broken, no call reaches them. A second way helps.")
NEVER = N_("No test was answered yet.")
LAST = N_("Last test answered: {when}.")
TURN = N_("{name} has not answered for their turn ({when}).")
PLACE = N_("The telephone for when nobody else can be reached")
PLACE_WAYS = WAYS | {TEAM: N_("The team's channel")}
WENT = N_("{way}: a test went out {when}")
NOT_TRIED = N_("{way}: not tried yet")
MISSED = N_("The test of {when} is not answered.")


def ready_view(page: Page, one: Ready) -> dict[str, Any]:
    """`trouble` are the sentences that somebody has to act on. What was answered by ways that are gone is not shown."""
    trouble = [] if one.ways else [page.say(NO_WAY, name=one.name)]
    if one.by_one_only:
        trouble.append(page.say(BY_ONE, name=one.name))
    if one.missed and one.asked_at:
        trouble.append(page.say(MISSED, when=page.calendar.when(one.asked_at)))
    if one.turn_at:
        trouble.append(page.say(TURN, name=one.name, when=page.calendar.moment(one.turn_at)))
    return {
        "path": f"/{one.id}" if one.reached_by else None,
        "name": one.name,
        "ways": [{"words": _way(page, way), "well": way.counts and way.trouble_at is None} for way in one.ways],
        "trouble": trouble,
        "answered": _answered(page, one.answered_at) if one.reached_by else "",
    }


def place_view(page: Page, one: PlaceReady) -> dict[str, Any]:
    """The same of the staffed place; without a `path` where no test can go out."""
    return {
        "path": "" if one.kinds else None,
        "name": page.say(PLACE),
        "ways": [_tried(page, one, kind) for kind in one.kinds],
        "trouble": [],
        "answered": _answered(page, one.answered_at),
    }


def _tried(page: Page, one: PlaceReady, kind: str) -> dict[str, Any]:
    trouble = one.went.get(kind)
    sentence = NOT_TRIED if trouble is None else FAILS if trouble else WENT
    when = page.calendar.when(one.asked_at) if one.asked_at else ""
    return {"words": page.say(sentence, way=page.say(PLACE_WAYS[kind]), when=when), "well": trouble == ""}


def _answered(page: Page, at: datetime | None) -> str:
    return page.say(LAST, when=page.calendar.when(at)) if at else page.say(NEVER)


def _way(page: Page, way: WayNow) -> str:
    word = page.say(WAYS[way.kind])
    if way.trouble_at is not None:
        return page.say(FAILS, way=word, when=page.calendar.when(way.trouble_at))
    return page.say(WELL if way.counts else NOT_HERE if way.checked else NOT_CHECKED, way=word)
