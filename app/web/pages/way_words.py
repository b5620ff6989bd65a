"""A person's ways to be reached, in words for them and for who helps them."""

from typing import Any

from babel.dates import get_day_names

from app.people.ways import BY_HAND, CODED, FOR_CALLS, Reach, Way
from app.problems import N_
from app.web.pages.page import Page

KINDS = {
    "ring": N_("Ring"),
    "text": N_("Text message"),
    "paper": N_("On paper"),
    "tablet": N_("On this tablet, on Home"),
    "email": N_("E-mail"),
    "push": N_("A sign on the tablet"),
    "ntfy": N_("A sign from another program"),
}
TROUBLE = N_("This did not work {when}.")


def ways_view(page: Page, ways: list[Way], reach: Reach) -> dict[str, Any]:
    """For ways.html, which the member and the helper share."""
    return {
        "ways": [_way(page, way, place) for place, way in enumerate(ways)],
        "reach": {"from": reach.quiet_from, "until": reach.quiet_until, "tells": reach.tells},
        "kinds": [{"key": key, "word": page.say(KINDS[key])} for key in _offered(page)],
        "days": days(page),
    }


def _offered(page: Page) -> list[str]:
    """A push is asked for by the tablet itself; what only calls come by is for on-call staff."""
    hidden = {"push"} if page.me.roles.may_anywhere("take_calls") else {"push", *FOR_CALLS}
    return [key for key in KINDS if key not in hidden]


def days(page: Page) -> list[dict[str, str]]:
    names = get_day_names("wide", "stand-alone", page.calendar.locale)
    return [{"key": str(day), "word": names[day]} for day in range(7)]


def _way(page: Page, way: Way, place: int) -> dict[str, Any]:
    names = {day["key"]: day["word"] for day in days(page)}
    return {
        "id": way.id,
        "kind": way.kind,
        "word": page.say(KINDS[way.kind]),
        "address": "" if way.kind == "push" else way.address,
        "days": ", ".join(names[day] for day in way.days),
        "checked": way.verified_at is not None,
        "by_hand": way.kind in BY_HAND,
        "coded": way.kind in CODED,
        "first": place == 0,
        "trouble": page.say(TROUBLE, when=page.calendar.when(way.trouble_at)) if way.trouble and way.trouble_at else "",
    }
