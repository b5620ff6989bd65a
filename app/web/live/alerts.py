"""What staff must see while they have a page open: calls for help, and words that wait in rooms they moderate."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app.crisis.models import Incident, IncidentEvent, Tap
from app.foundation.database import Database, Session
from app.people.actors import Actor
from app.people.asking import Question
from app.people.leading import LEADING
from app.people.models import Person
from app.problems import N_
from app.rooms.models import Membership, Room, Waiting
from app.web.frames import frame
from app.web.live.connection import Connection
from app.wording import say

CALL = N_("{name} asked for help.")
CALLED_AGAIN = N_("{name} asked for help again.")
IN_DANGER = N_("{name} may be in danger.")
WORRY = N_("Something {name} wrote may need you.")
TAKEN = N_("Somebody has this now.")
ASKED = N_("{name} wrote to you about the tablet.")
WAITING = N_("Words are waiting for you in {room}.")
WHOSE = (Incident.id, Incident.person_id, Incident.room_id)


class Alerts:
    def __init__(self, database: Database, connections: set[Connection]) -> None:
        self.database, self.connections = database, connections

    async def tell(self, only: Connection | None = None) -> None:
        """Tell each staff connection what it has not been told yet. Names, never words."""
        staff = [one for one in ([only] if only else list(self.connections)) if one.actor.roles.staff]
        if not staff:
            return
        calls, waiting, questions = await self.database.read(open_matters)
        for connection in staff:
            due = {**calls_for(connection.actor, calls), **waiting_for(connection.actor, waiting)}
            due |= questions_for(connection.actor, questions)
            for key in due.keys() - connection.told_alerts:
                connection.send(frame(due[key]))
            for incident in calls_in(connection.told_alerts) - calls_in(due):
                connection.send(frame(taken(connection.actor, incident)))
            connection.told_alerts = set(due)


def open_matters(session: Session) -> tuple[list[Any], list[Any], list[Any]]:
    """Calls that nobody has seen, the words that wait, questions to the helper: ids and names only."""
    calls = (
        select(
            Incident.id,
            Incident.person_id,
            Incident.room_id,
            Person.name,
            func.count(Tap.ref),
            _asked_again(),
            Incident.tier,
            Incident.past,
        )
        .join(Person, Person.id == Incident.person_id)
        .outerjoin(Tap, Tap.incident_id == Incident.id)
        .where(Incident.closed_at.is_(None), Incident.owner_id == "", Incident.drill.is_(False))
        .where(Incident.tier != "check")
        .group_by(Incident.id, Person.name)
    )
    waiting = (
        select(Waiting.id, Waiting.author_id, Waiting.room_id, Room.title, Membership.person_id)
        .join(Room, Room.id == Waiting.room_id)
        .join(Membership, (Membership.room_id == Room.id) & Membership.removed_at.is_(None))
        .where(Waiting.state == "waiting", Room.kind != "pair")
    )
    questions = (
        select(Question.id, Question.person_id, Person.name)
        .join(Person, Person.id == Question.person_id)
        .where(Question.answered_at.is_(None))
    )
    return list(session.execute(calls)), list(session.execute(waiting)), list(session.execute(questions))


def _asked_again() -> ColumnElement[bool]:
    """Whether they tapped more than once; where somebody had it, whether they tapped since. A note is no tap."""
    here = IncidentEvent.incident_id == Incident.id
    answered = select(func.max(IncidentEvent.number)).where(here, IncidentEvent.what == "answered")
    had = answered.correlate(Incident).scalar_subquery()
    tapped = select(func.count()).where(here, IncidentEvent.what == "tapped")
    since = tapped.where(IncidentEvent.number > had).correlate(Incident).scalar_subquery()
    return case((had.is_(None), tapped.correlate(Incident).scalar_subquery() > 1), else_=since > 0)


def calls_for(actor: Actor, calls: list[Any]) -> dict[str, dict[str, Any]]:
    """What this person hears: every call and every danger; a worry only where they look after that room."""
    return {
        f"{incident} {taps} {tier}": {
            "type": "alert", "kind": "worry" if tier == "concern" else "help", "incident": incident,
            "room": room or None, "message": say(_call_words(taps, again, tier), actor.language, name=name),
        }
        for incident, person_id, room, name, taps, again, tier, past in calls
        if actor.id not in (person_id, *past) and _hears(actor, tier, room, leads=bool(past))
    }  # fmt: skip


def calls_in(keys: Iterable[str]) -> set[str]:
    """The incidents among what was told: their keys are the only ones of three words."""
    return {key.split(" ")[0] for key in keys if key.count(" ") == 2}


def taken(actor: Actor, incident: str) -> dict[str, Any]:
    """Somebody answered it, it was lowered, or it is over: whatever rings may be still."""
    return {"type": "alert", "kind": "taken", "incident": incident, "message": say(TAKEN, actor.language)}


def _hears(actor: Actor, tier: str, room: str, *, leads: bool) -> bool:
    """`leads`: it goes past somebody of the staff, and so who leads hears of it too."""
    if tier == "concern":
        led = leads and not set(LEADING).isdisjoint(actor.roles.names())
        return actor.roles.may("moderate", room) or (led and actor.roles.may_anywhere("hear_calls_for_help"))
    return actor.roles.may_anywhere("hear_calls_for_help")


def _call_words(taps: int, again: bool, tier: str) -> str:
    if tier == "concern":
        return WORRY
    return CALLED_AGAIN if again else CALL if taps else IN_DANGER


def waiting_for(actor: Actor, waiting: list[Any]) -> dict[str, dict[str, Any]]:
    return {
        waiting_id: {
            "type": "alert", "kind": "waiting", "room": room,
            "message": say(WAITING, actor.language, room=title),
        }
        for waiting_id, author_id, room, title, belongs in waiting
        if belongs == actor.id != author_id and actor.roles.may("moderate", room)
    }  # fmt: skip


def questions_for(actor: Actor, questions: list[Any]) -> dict[str, dict[str, Any]]:
    if not actor.roles.may("look_after_tablets"):
        return {}
    return {
        question_id: {"type": "alert", "kind": "question", "message": say(ASKED, actor.language, name=name)}
        for question_id, person_id, name in questions
        if person_id != actor.id
    }
