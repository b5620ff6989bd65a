"""A call for help through any door: stored ahead of everything that waits, answered with the truth."""

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_time

from app.crisis.answering_back import say_yes
from app.crisis.help_card import HelpCard, help_card
from app.crisis.lines import lines_of
from app.crisis.models import Tap
from app.crisis.raising import raise_help
from app.crisis.screening import Screened, worry_in
from app.crisis.telling import QUIET, Truth, truth
from app.crisis.worrying import worry
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.problems import N_
from app.resources.helplines import Helplines
from app.web import metrics
from app.web.house import House
from app.wording import say

ALONE_NO_MORE = N_("You are not alone, {name}.")
ASKED = N_("You asked for help, {name}.")
READ = N_("What you wrote has reached us, {name}.")
HELLO = N_("Hello, {name}.")
AT_ON = N_("at {time} on {day}")
LATEST_TAP = timedelta(days=1)
"""A tablet whose clock says that the tap is older has no clock to go by."""


async def call_for_help(
    house: House, actor: Actor, ref: str, room_id: str, note: str, pressed_at: datetime | None = None,
    *, said_yes: bool = False,
) -> tuple[str, Truth]:  # fmt: skip
    """Store it; the incident's id, and what is true of it. Only a database that is away stops this (TryAgain).

    `said_yes`: they were softly asked, and this is their answer.
    """
    about = {"lines": lines_of(house.settings), "pressed_at": pressed_at}
    found = worry_in(note) if note.strip() else None
    stored = await house.database.urgently(_raise, actor, ref or new_id(), room_id, note, about, found, said_yes)
    metrics.CALLS_FOR_HELP.inc()
    return stored


async def card_of(house: House, actor: Actor) -> HelpCard:
    return await house.database.read(help_card, actor, house.seals, house.zone)


def sentence(told: Truth, helplines: Helplines, language: str, *, quiet: bool = False) -> str:
    """What the person reads, with the numbers of their country."""
    numbers = {"emergency": helplines.emergency.number, "crisis": helplines.crisis.number}
    words = QUIET.get(told.state, told.sentence) if quiet else told.sentence
    values = {name: _told(value, language) for name, value in told.values.items()}
    return say(words, language, **numbers | values)


def at_on(moment: datetime, language: str) -> str:
    """ "at 9:00 AM on Tuesday": when people are here again, by the clock of the house."""
    clock = format_time(moment, "short", tzinfo=moment.tzinfo, locale=language).replace("\u202f", " ")
    return say(AT_ON, language, time=clock, day=format_date(moment, "EEEE", locale=language))


def _told(value: object, language: str) -> object:
    return at_on(value, language) if isinstance(value, datetime) else value


def heading(card: HelpCard, actor: Actor) -> str:
    """Over that sentence: it never says that somebody is there before they are."""
    words = HELLO
    if card.call and not card.quiet:
        words = ALONE_NO_MORE if card.call.truth.state == "here" else ASKED if card.call.tapped else READ
    return say(words, actor.language, name=actor.name)


def _raise(
    session: Session, actor: Actor, ref: str, room_id: str, note: str, about: dict[str, Any],
    found: Screened | None, said_yes: bool,
) -> tuple[str, Truth]:  # fmt: skip
    """What was written with it is read by the screen like all words: it stays raised if it tells of danger."""
    new = session.get(Tap, (actor.id, ref)) is None
    if about["pressed_at"] and about["pressed_at"] < database_now(session) - LATEST_TAP:
        about = {**about, "pressed_at": None}
    if said_yes and new:
        say_yes(session, actor)
    raised = raise_help(session, actor, ref, room_id, note, **about)
    if found and new:
        worry(session, actor.id, raised.incident.room_id, ref, found, "said", None, about["lines"], note)
    return raised.incident_id, truth(session, raised.incident, about["lines"].zone)
