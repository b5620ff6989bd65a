"""A call for help through any door: stored ahead of everything that waits, answered with the truth."""

from datetime import datetime
from typing import Any

from app.crisis.lines import lines_of
from app.crisis.raising import raise_help
from app.crisis.telling import Truth, truth
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.resources.helplines import Helplines
from app.web import metrics
from app.web.house import House
from app.wording import say


async def call_for_help(
    house: House, actor: Actor, ref: str, room_id: str, note: str, pressed_at: datetime | None = None
) -> tuple[str, Truth]:
    """Store it; the incident's id, and what is true of it. Only a database that is away stops this (TryAgain)."""
    about = {"lines": lines_of(house.settings), "pressed_at": pressed_at}
    stored = await house.database.urgently(_raise, actor, ref or new_id(), room_id, note, about)
    metrics.CALLS_FOR_HELP.inc()
    return stored


def sentence(told: Truth, helplines: Helplines, language: str) -> str:
    """What the person reads, with the numbers of their country."""
    numbers = {"emergency": helplines.emergency.number, "crisis": helplines.crisis.number}
    return say(told.sentence, language, **numbers | told.values)


def _raise(
    session: Session, actor: Actor, ref: str, room_id: str, note: str, about: dict[str, Any]
) -> tuple[str, Truth]:
    raised = raise_help(session, actor, ref, room_id, note, **about)
    return raised.incident_id, truth(session, raised.incident)
