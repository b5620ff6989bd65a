"""After a hard time: the plan is offered to the one it was about, and everybody who was there is asked how they are.

What was no danger, or a tap by mistake, leaves nothing to ask.
"""

from datetime import datetime, timedelta

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


def present_in(session: Session, room_id: str, but: str) -> list[str]:
    """Who has the room open at this moment, besides the one it is about."""
    here = here_in(session, [room_id])
    return [one for one in here[room_id][1] if one != but] if room_id in here else []


def care_after(session: Session, incident: Incident, owner: str, at: datetime) -> None:
    """For a call that was just closed: tasks for people, none of which anybody else sees."""
    if incident.ended_as in NOTHING_WAS:
        return
    kind = LOOK_AGAIN if has_plan(session, incident.person_id) else OFFER
    ask_for(session, kind, incident.person_id, given_to=owner, due_at=at + WITHIN, while_here=True)
    present = _present(session, incident)
    roles = roles_of_many(session, present)
    for number, one in enumerate(present):
        asker = _asker(session, incident, one, number, staff=roles[one].staff)
        given = {"given_to": asker} if asker else {"role": "facilitator"}
        about = {"room": session.scalar(select(Room.title).where(Room.id == incident.room_id)) or ""}
        ask_for(session, ALL_RIGHT, one, due_at=at, while_here=True, by=spoken(at + WITHIN), **given, **about)


def _present(session: Session, incident: Incident) -> list[str]:
    came = (IncidentEvent.incident_id == incident.id, IncidentEvent.what.in_(CAME))
    lines = session.scalars(select(IncidentEvent.details).where(*came).order_by(IncidentEvent.number))
    return list(dict.fromkeys(one for details in lines for one in details.get("present", [])))


def _asker(session: Session, incident: Incident, one: str, number: int, *, staff: bool) -> str:
    """Members are asked by those who keep the room, in turn; staff by who leads. Nobody asks themselves."""
    lead = lead_besides(session, {one, incident.person_id})
    keepers = [
        person.id
        for person in people_in(session, incident.room_id)
        if "facilitator" in person.roles and person.id not in (one, incident.person_id)
    ]
    keeper = keepers[number % len(keepers)] if keepers else ""
    return lead or keeper if staff else keeper or lead
