"""After danger somebody looks in again. Until a person says that it was done they are reminded, every day.

After two days whoever leads is asked as well. The machine never says that it was done.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.crisis import paging
from app.crisis.models import Incident
from app.crisis.timeline import note
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.due import must_happen
from app.people.models import Grant
from app.people.roles import holds
from app.people.standing import reachable_people
from app.people.tasks import Task, ask_for

REMIND = "remind_follow_up"
A_DAY, LEADS_AFTER = timedelta(days=1), timedelta(hours=48)
OWNER_TASK, LEADS_TASK = "follow_up", "follow_up_late"
LEADS = ("supervisor", "admin")
"""Who is asked: the first of these roles that anybody has."""


def plan(session: Session, incident: Incident, owner_id: str, at: datetime) -> None:
    """Ask whoever had the call to look in at that time."""
    incident.follow_up_at = at
    ask_for(session, OWNER_TASK, incident.person_id, given_to=owner_id, due_at=at, incident=incident.id)
    must_happen(session, REMIND, incident.id, at)


def remind(session: Session, incident_id: str) -> None:
    """At its time, and every day until it is done."""
    incident = session.get(Incident, incident_id, with_for_update=True)
    if incident is None or incident.follow_up_at is None or incident.followed_up_at is not None:
        return
    at = database_now(session)
    owner = reachable_people(session, {incident.owner_id or incident.closed_by})
    leads = leads_of(session, incident) if not owner or at >= incident.follow_up_at + LEADS_AFTER else set()
    for person_id in sorted(owner | leads):
        paging.tell_quietly(session, incident, person_id, "follow_up")
    note(session, incident, "follow_up_asked", people=sorted(owner | leads))
    if leads:
        _leads_task(session, incident)
    days = (at - incident.follow_up_at) // A_DAY + 1
    must_happen(session, REMIND, incident.id, incident.follow_up_at + days * A_DAY)


def leads_of(session: Session, incident: Incident) -> set[str]:
    """Supervisors, or administrators where there is none; never whom it is about."""
    for role in LEADS:
        holding = select(Grant.person_id).where(Grant.role == role, Grant.room_id == "", holds())
        past = {incident.person_id, *(incident.past or ())}
        if found := reachable_people(session, set(session.scalars(holding))) - past:
            return found
    return set()


def tasks_are_done(session: Session, incident: Incident, who: str) -> None:
    """Nobody is asked any more to look in after this call."""
    open_ones = (Task.kind.in_((OWNER_TASK, LEADS_TASK)), Task.about_id == incident.person_id, Task.done_at.is_(None))
    for task in session.scalars(select(Task).where(*open_ones)):
        if task.details.get("incident") == incident.id:
            task.done_at, task.done_by = database_now(session), who


def _leads_task(session: Session, incident: Incident) -> None:
    assert incident.follow_up_at is not None
    due_at = incident.follow_up_at + LEADS_AFTER
    role = LEADS[0] if _has(session, LEADS[0]) else LEADS[1]
    ask_for(session, LEADS_TASK, incident.person_id, role=role, due_at=due_at, incident=incident.id)


def _has(session: Session, role: str) -> bool:
    return session.scalar(select(Grant.id).where(Grant.role == role, Grant.room_id == "", holds()).limit(1)) is not None
