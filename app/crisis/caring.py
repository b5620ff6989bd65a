"""After a hard time: the plan is offered to the one it was about, and everybody who was there is asked how they are.

What was no danger, or a tap by mistake, leaves nothing to ask.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.crisis.models import Incident, IncidentEvent
from app.foundation.clock import spoken
from app.foundation.database import Session
from app.people.leading import lead_besides
from app.people.roles import roles_of_many
from app.people.safety_plan import LOOK_AGAIN, OFFER, has_plan
from app.people.tasks import ask_for
from app.rooms.finding import people_in
from app.rooms.models import Room
from app.rooms.presence import here_in

ALL_RIGHT = "are_you_all_right"
WITHIN = timedelta(hours=24)
NOTHING_WAS = ("not_a_crisis", "by_mistake")
CAME = ("opened", "raised")
"""Lines of a timeline that tell who was in the room as danger came from it."""


def who_was_there(session: Session, incident: Incident, room_id: str) -> dict[str, Any]:
    """For its line: the room, and who has it open at this moment, besides the one it is about. Who came to help is not
    asked how they are: the title of their room would tell whose moment it was."""
    here = here_in(session, [room_id])
    helping = session.scalar(select(Room.kind).where(Room.id == room_id)) == "help"
    present = here[room_id][1] if room_id in here and not helping else []
    return {"room": room_id, "present": [one for one in present if one != incident.person_id]}


def care_after(session: Session, incident: Incident, owner: str, at: datetime) -> None:
    """For a call that was just closed: tasks for people, none of which anybody else sees."""
    if incident.ended_as in NOTHING_WAS:
        return
    kind = LOOK_AGAIN if has_plan(session, incident.person_id) else OFFER
    ask_for(session, kind, incident.person_id, given_to=owner, due_at=at + WITHIN, while_here=True)
    present = _present(session, incident)
    roles = roles_of_many(session, list(present))
    for number, (one, room_id) in enumerate(present.items()):
        asker = _asker(session, incident, room_id, one, number, staff=roles[one].staff)
        given = {"given_to": asker} if asker else {"role": "facilitator"}
        about = {"room": session.scalar(select(Room.title).where(Room.id == room_id)) or ""}
        ask_for(session, ALL_RIGHT, one, due_at=at, while_here=True, by=spoken(at + WITHIN), **given, **about)


def _present(session: Session, incident: Incident) -> dict[str, str]:
    """Who was there as danger came, and in which room they were then."""
    came = (IncidentEvent.incident_id == incident.id, IncidentEvent.what.in_(CAME))
    lines = session.scalars(select(IncidentEvent.details).where(*came).order_by(IncidentEvent.number))
    found: dict[str, str] = {}
    for details in lines:
        for one in details.get("present", []):
            found.setdefault(one, details.get("room", incident.room_id))
    return found


def _asker(session: Session, incident: Incident, room_id: str, one: str, number: int, *, staff: bool) -> str:
    """Members are asked by those who keep the room, in turn; staff by who leads. Nobody asks themselves."""
    lead = lead_besides(session, {one, incident.person_id})
    keepers = [
        person.id
        for person in people_in(session, room_id)
        if "facilitator" in person.roles and person.id not in (one, incident.person_id)
    ]
    keeper = keepers[number % len(keepers)] if keepers else ""
    return lead or keeper if staff else keeper or lead
