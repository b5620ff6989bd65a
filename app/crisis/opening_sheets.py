"""Whoever looks after a call for help opens the caller's *If I need help*, and nobody else does; and their plan for
hard times, if they agreed to that.

They are not asked to prove themselves again for it: a minute counts here. Each opening is in the log of acts, and the
caller sees who it was and when.
"""

from app.crisis.models import Incident
from app.crisis.responding import goes_past
from app.foundation import audit
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people import help_sheet, safety_plan
from app.people.actors import Actor
from app.people.help_sheet import Sheet
from app.people.safety_plan import Plan
from app.problems import N_, NotAllowed, NotFound


def open_sheet(session: Session, actor: Actor, incident_id: str, seals: Seals) -> Sheet | None:
    """The sheet of the person who calls; None if they never filled one in. The opening is recorded."""
    incident = _own(session, actor, incident_id)
    sheet = help_sheet.opened(session, incident.person_id, seals)
    if sheet is not None:
        audit.record(session, actor.id, help_sheet.OPENED, whom=incident.person_id, incident=incident.id)
    return sheet


def open_plan(session: Session, actor: Actor, incident_id: str, seals: Seals) -> Plan | None:
    """The plan of the person who calls; None if there is none, or they did not agree. The opening is recorded."""
    incident = _own(session, actor, incident_id)
    if not safety_plan.may_be_opened(session, incident.person_id):
        return None
    audit.record(session, actor.id, safety_plan.OPENED, whom=incident.person_id, incident=incident.id)
    return safety_plan.opened(session, incident.person_id, seals)


def owns(actor: Actor, incident: Incident) -> bool:
    """Whether this person said that they look after it, and it is not over."""
    return incident.owner_id == actor.id and incident.closed_at is None


def _own(session: Session, actor: Actor, incident_id: str) -> Incident:
    incident = session.get(Incident, incident_id)
    may = actor.roles.may_anywhere("answer_calls_for_help")
    if incident is None or not may or goes_past(incident, actor):
        raise NotFound()
    if not owns(actor, incident):
        raise NotAllowed(N_("You can open it while you look after this call."))
    return incident
