"""*It is only the tablet*, *I tapped by mistake*: somebody looks in later instead of coming now.

Only whoever tapped can say so, and never where words raised it too: then somebody comes all the same. Nothing is
closed by it; a person looks in and says how it was.
"""

from sqlalchemy import select

from app.crisis import paging, rounds
from app.crisis.models import Incident, IncidentEvent
from app.crisis.timeline import note
from app.crisis.worrying import Flag
from app.foundation.beat import alerts_changed
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.tasks import ask_for

REASONS = ("tablet", "mistake")


def lower(session: Session, actor: Actor, why: str) -> Incident | None:
    """My open call as it is now: lowered to "check on me", or as it was where it must not be lowered."""
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    mine = (Incident.person_id == actor.id, Incident.closed_at.is_(None), Incident.tier != "concern")
    query = select(Incident).where(*mine).order_by(Incident.raised_at.desc()).limit(1).with_for_update()
    incident = session.scalar(query)
    if incident is None or incident.tier == "check" or why not in REASONS:
        return incident
    if raised_otherwise(session, incident):
        note(session, incident, "not_lowered", actor.id, why=why)
        return incident
    incident.tier, incident.next_action_at = "check", None
    note(session, incident, "lowered", actor.id, why=why)
    for person_id in rounds.call_off(session, incident):
        paging.tell_quietly(session, incident, person_id, "lowered")
    ask_for(session, "look_in", actor.id, role="helper" if why == "tablet" else "responder", incident=incident.id)
    alerts_changed(session)
    return incident


def raised_otherwise(session: Session, incident: Incident) -> bool:
    """Whether words, or somebody of the staff, raised it too."""
    flagged = select(Flag.id).where(Flag.incident_id == incident.id).limit(1)
    asked = (IncidentEvent.incident_id == incident.id, IncidentEvent.what == "asked_by_staff")
    by_staff = select(IncidentEvent.number).where(*asked).limit(1)
    return incident.origin != "tap" or any(session.scalar(one) is not None for one in (flagged, by_staff))
