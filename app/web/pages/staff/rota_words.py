"""Who is on call, in words: levels, ways, times and holes."""

from datetime import datetime
from typing import Any

from babel.dates import format_date, format_time

from app.crisis.board import Board, OnDuty
from app.crisis.holes import Hole
from app.crisis.on_call import CLOCK, EVERYBODY, OnCallPlan, Override, Shift
from app.problems import N_
from app.web.pages.page import Page
from app.web.pages.times import ON_DAY
from app.web.pages.way_words import KINDS

LEVEL_WORDS = {1: N_("Called first"), 2: N_("Called second"), EVERYBODY: N_("Called last: all of the on-call staff")}
WAYS = KINDS
BY = N_("A call reaches {name}: {ways}.")
BY_NOTHING = N_("No call reaches {name}. {name} writes a way under “How we may reach you”, and somebody tries it out.")
AWAKE = {
    "always": N_("On-call is awake at every hour."),
    "set": N_("On-call is awake at set hours."),
    "meetings": N_("On-call is awake at meeting times only."),
}
NOBODY = N_("{level}: nobody from {begin} until {end}.")
OUT_OF_REACH = N_("{level}: from {begin} until {end} only {names}, whom no call reaches.")
INSTEAD = N_("{name} instead of {other}, from {begin} until {end}")
BESIDES = N_("{name} besides the others, from {begin} until {end}")
WITHOUT = N_("Without {other}, from {begin} until {end}")


def day_and_time(page: Page, moment: datetime) -> str:
    """ "Saturday, November 28, 10:00 PM": a moment to come, however far off."""
    day = page.calendar.date(moment)
    weekday = format_date(moment.astimezone(page.calendar.zone), "EEEE", locale=page.calendar.locale)
    dated = page.say(ON_DAY, day=weekday, time=day)
    return page.say(ON_DAY, day=dated, time=page.calendar.time(moment))


def on_duty(page: Page, one: OnDuty) -> dict[str, str]:
    ways = list(dict.fromkeys(page.say(WAYS[kind]) for kind in one.kinds if kind in WAYS))
    told = page.say(BY, name=one.name, ways=", ".join(ways)) if ways else page.say(BY_NOTHING, name=one.name)
    return {"id": one.id, "name": one.name, "told": told, "reached": "yes" if ways else ""}


def after(page: Page, plan: OnCallPlan, level: int) -> str:
    seconds = {1: 0, 2: plan.level_2_after, EVERYBODY: plan.level_3_after}[level]
    return page.say(N_("After {minutes} minutes"), minutes=minutes(seconds)) if seconds else page.say(N_("At once"))


def minutes(seconds: int) -> str:
    return f"{seconds / 60:g}"


def shift_view(page: Page, board: Board, shift: Shift) -> dict[str, str]:
    return {
        "id": shift.id,
        "name": board.names[shift.person_id],
        "hours": page.say(N_("{begin} until {end}"), begin=_clock(page, shift.starts), end=_clock(page, shift.ends)),
        "level": page.say(LEVEL_WORDS[shift.level]),
    }


def change_view(page: Page, board: Board, change: Override) -> dict[str, str]:
    sentence = WITHOUT if not change.person_id else INSTEAD if change.instead_of else BESIDES
    names = {"name": board.names.get(change.person_id, ""), "other": board.names.get(change.instead_of, "")}
    words = page.say(sentence, **names, **_span(page, change.from_at, change.until_at))
    return {"id": change.id, "words": words, "level": page.say(LEVEL_WORDS[change.level])}


def hole_words(page: Page, board: Board, hole: Hole) -> str:
    level = page.say(LEVEL_WORDS[hole.level])
    names = ", ".join(sorted(board.names[one] for one in hole.people))
    span = _span(page, hole.from_at, hole.until_at)
    return page.say(OUT_OF_REACH if names else NOBODY, level=level, names=names, **span)


def _span(page: Page, begin: datetime, end: datetime) -> dict[str, Any]:
    return {"begin": day_and_time(page, begin), "end": day_and_time(page, end)}


def _clock(page: Page, clock: str) -> str:
    return format_time(datetime.strptime(clock, CLOCK).time(), "short", locale=page.calendar.locale)
