"""A call for help through any door: stored ahead of everything that waits, answered with the truth."""

from app.crisis.models import Incident
from app.crisis.raising import Raised, raise_help
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.problems import N_
from app.resources.helplines import Helplines
from app.web import metrics
from app.web.house import House
from app.wording import say

SEEN = N_("{name} has seen your call.")


async def call_for_help(house: House, actor: Actor, ref: str, room_id: str, note: str) -> Raised:
    """Store it. Only a database that is away can stop this (TryAgain)."""
    raised = await house.database.urgently(
        raise_help, actor, ref or new_id(), room_id, note, by_mail=bool(house.settings.smtp_url)
    )
    metrics.CALLS_FOR_HELP.inc()
    return raised


def told_sentence(raised: Raised, helplines: Helplines, language: str) -> str:
    """The sentence for the person, with the numbers of their country."""
    return say(raised.sentence, language, emergency=helplines.emergency.number, crisis=helplines.crisis.number)


def truth_now(incident: Incident, seen_by_name: str, helplines: Helplines, language: str) -> str:
    """What is true of an open call: who has seen it, or who will."""
    if seen_by_name:
        return say(SEEN, language, name=seen_by_name)
    return told_sentence(Raised(incident.id, incident.told_somebody), helplines, language)
