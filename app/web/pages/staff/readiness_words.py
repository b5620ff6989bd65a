"""Whether a call could reach somebody of the on-call staff, in words."""

from typing import Any

from app.crisis.readiness import Ready, WayNow
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
MISSED = N_("The test of {when} is not answered.")


def ready_view(page: Page, one: Ready) -> dict[str, Any]:
    """`trouble` are the sentences that somebody has to act on."""
    trouble = [] if one.ways else [page.say(NO_WAY, name=one.name)]
    if one.by_one_only:
        trouble.append(page.say(BY_ONE, name=one.name))
    if one.missed and one.asked_at:
        trouble.append(page.say(MISSED, when=page.calendar.when(one.asked_at)))
    answered = page.say(LAST, when=page.calendar.when(one.answered_at)) if one.answered_at else page.say(NEVER)
    return {
        "id": one.id,
        "name": one.name,
        "ways": [{"words": _way(page, way), "well": way.counts and way.trouble_at is None} for way in one.ways],
        "trouble": trouble,
        "answered": answered,
    }


def _way(page: Page, way: WayNow) -> str:
    word = page.say(WAYS[way.kind])
    if way.trouble_at is not None:
        return page.say(FAILS, way=word, when=page.calendar.when(way.trouble_at))
    return page.say(WELL if way.counts else NOT_HERE if way.checked else NOT_CHECKED, way=word)
