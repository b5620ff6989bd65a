"""A call ends with what came of it, and, after danger, with a day on which somebody looks in again."""

from datetime import timedelta

from app.crisis import following_up, rounds
from app.crisis.caring import care_after
from app.crisis.models import Incident
from app.crisis.responding import call_for
from app.crisis.timeline import note
from app.foundation import audit
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now, now
from app.foundation.database import Session
from app.foundation.words import clean
from app.people import tasks
from app.people.actors import Actor
from app.problems import N_, Invalid
from app.rooms import entries
from app.rooms.models import Room

LONGEST_OUTCOME = 400
OVER = N_("{name} has ended this talk. If you need somebody again, tap I need help now.")
OUTCOMES = ("safe_with_plan", "emergency_services", "referred", "family_with_them", "not_a_crisis", "by_mistake")
FOLLOW_UP_HOURS = (4, 24, 72)


def close(
    session: Session, actor: Actor, incident_id: str, ended_as: str, outcome: str, follow_up_hours: int = 24
) -> None:
    """End a call: what came of it, and for danger a day on which somebody looks in again."""
    incident = call_for(session, actor, incident_id)
    if ended_as not in OUTCOMES:
        raise Invalid(N_("Please choose how it ended."), fields=(("ended_as", N_("Needed.")),))
    if incident.tier == "emergency" and follow_up_hours not in FOLLOW_UP_HOURS:
        raise Invalid(N_("Please choose when somebody looks in again."), fields=(("follow_up_hours", N_("Needed.")),))
    outcome = clean(outcome)[:LONGEST_OUTCOME]
    if not outcome:
        raise Invalid(N_("Please write what came of it."), fields=(("outcome", N_("Needed.")),))
    if incident.closed_at is not None:
        return
    at = database_now(session)
    incident.closed_at, incident.closed_by, incident.outcome, incident.ended_as = at, actor.id, outcome, ended_as
    incident.next_action_at = None
    rounds.call_off(session, incident)
    if incident.tier == "emergency":
        owner = incident.owner_id or actor.id
        following_up.plan(session, incident, owner, at + timedelta(hours=follow_up_hours))
        care_after(session, incident, owner, at)
    note(session, incident, "closed", actor.id, ended_as=ended_as)
    _close_help_room(session, actor, incident)
    audit.record(session, actor.id, "close_call", whom=incident.person_id, incident=incident.id)
    alerts_changed(session)


def _close_help_room(session: Session, actor: Actor, incident: Incident) -> None:
    """It can be read, and nobody writes there into the empty air: help is one tap away, and somebody comes anew."""
    if not incident.help_room_id:
        return
    room = session.get_one(Room, incident.help_room_id)
    over = entries.NewEntry(room.id, actor.id, actor.name, OVER.format(name=actor.name), kind="notice")
    over.data = {"what": "ended"}
    entries.append_one(session, over)
    room.closed_at = now()  # type: ignore[assignment]


def followed_up(session: Session, actor: Actor, incident_id: str) -> None:
    """Somebody looked in again. Only a person says so."""
    incident = call_for(session, actor, incident_id)
    if incident.closed_at is None or incident.followed_up_at is not None:
        return
    incident.followed_up_at, incident.followed_up_by = database_now(session), actor.id
    following_up.tasks_are_done(session, incident, actor.id)
    note(session, incident, "followed_up", actor.id)
    audit.record(session, actor.id, "follow_up_call", whom=incident.person_id, incident=incident.id)


def finish_task(session: Session, actor: Actor, task_id: str, outcome: str) -> None:
    """It was done; where it was to look in again after a call, that person has said so."""
    task = tasks.finish(session, actor, task_id, outcome)
    if task.kind in (following_up.OWNER_TASK, following_up.LEADS_TASK) and task.details.get("incident"):
        followed_up(session, actor, task.details["incident"])
