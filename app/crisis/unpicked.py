"""A worry that nobody has picked up: all who keep the room see it, then each is told, then on-call is paged.

While staff are awake. At night it is the first task of the morning, and a second one in a night wakes somebody.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.crisis import paging
from app.crisis.codes import free_code
from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.on_call import is_awake, plan_now
from app.crisis.timeline import note
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.models import Grant
from app.people.roles import holds
from app.people.standing import reachable_people
from app.people.tasks import ask_for

SECOND_AFTER, ON_CALL_AFTER, NIGHT = timedelta(minutes=5), timedelta(minutes=10), timedelta(hours=12)


def begin_worry(session: Session, incident: Incident, lines: Lines) -> None:
    """Whoever keeps the room sees it now, on screens. Of one incident it can begin again, and counts as a second."""
    at, before = database_now(session), incident.active_at
    incident.plan, incident.code = plan_now(session), incident.code or free_code(session)
    incident.active_at, incident.cycle_at, incident.second_paged = at, None, False
    if is_awake(session, at, lines.zone):
        incident.next_action_at = at + SECOND_AFTER
        return
    note(session, incident, "for_the_morning")
    ask_for(session, "worry", incident.person_id, role="facilitator", incident=incident.id)
    if (before and before > at - NIGHT) or _another_lately(session, incident, at):
        incident.next_action_at, incident.second_paged = at, True


def _another_lately(session: Session, incident: Incident, at: datetime) -> bool:
    lately = or_(Incident.raised_at > at - NIGHT, Incident.active_at > at - NIGHT)
    others = (Incident.tier == "concern", Incident.id != incident.id, Incident.closed_at.is_(None))
    return session.scalar(select(Incident.id).where(*others, lately).limit(1)) is not None


def is_for_on_call(session: Session, incident: Incident, at: datetime) -> bool:
    """Nobody picked it up: the facilitators are told where they are, and with the second look it is on-call's."""
    began_at = incident.active_at or incident.raised_at
    if incident.second_paged or at >= began_at + ON_CALL_AFTER:
        note(session, incident, "nobody_picked_it_up")
        return True
    incident.second_paged = True
    people = facilitators_of(session, incident)
    for person_id in people:
        paging.tell_quietly(session, incident, person_id, "worry")
    note(session, incident, "facilitators_told", people=people)
    incident.next_action_at = began_at + ON_CALL_AFTER
    return False


def facilitators_of(session: Session, incident: Incident) -> list[str]:
    """Who keeps the room in which it was written; never whom it is about or goes past."""
    here = (Grant.role == "facilitator", Grant.room_id.in_(("", incident.room_id)), holds())
    found = set(session.scalars(select(Grant.person_id).where(*here)))
    return sorted(reachable_people(session, found) - {incident.person_id, *(incident.past or ())})
