"""*Pass on*: whether anybody else could be told, and what is so of it once it was done."""

from app.crisis import escalation, rounds
from app.crisis.answering import pass_on
from app.crisis.duty_ways import usable_ways
from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.on_call import LEVELS, OnCallPlan, rota
from app.crisis.responding import call_for
from app.crisis.telling import Truth, being_told, truth
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person, Site


def pass_on_unless_alone(session: Session, actor: Actor, incident_id: str, lines: Lines, *, sure: bool) -> bool:
    """Whether it was passed on. Where nobody else could be told it is not, unless who has it is `sure`."""
    incident = call_for(session, actor, incident_id)
    if incident.owner_id == actor.id and not sure and not _reaches_others(session, incident, lines):
        return False
    pass_on(session, actor, incident_id, lines)
    while rounds.only_told(session, incident, {actor.id}) and incident.level < len(LEVELS):
        _next_level_now(session, incident, lines)
    return True


def told_instead(session: Session, actor: Actor, incident: Incident) -> Truth:
    """What is so for who passed it on: they themselves are not the somebody who is told."""
    now = truth(session, incident)
    if now.state != "telling":
        return now
    me = session.get_one(Person, actor.id).name
    others = [name for name in being_told(session, incident) if name != me]
    return Truth("telling", now.sentence, {"name": others[0]}) if others else Truth("on_screens", "")


def _reaches_others(session: Session, incident: Incident, lines: Lines) -> bool:
    past = {incident.owner_id, incident.person_id, *(incident.past or ())}
    others = rota(session, database_now(session)).answering - past
    kinds = {way.kind for one in others for way in usable_ways(session, one)}
    if session.get_one(Site, 1).catch_all:
        kinds.add("email")
    if session.get_one(OnCallPlan, 1).catch_all_phone:
        kinds |= {"text", "ring"}
    return not kinds.isdisjoint(lines.kinds)


def _next_level_now(session: Session, incident: Incident, lines: Lines) -> None:
    """Without its delay; the rest keep their distances."""
    assert incident.cycle_at and incident.next_action_at
    at = database_now(session)
    incident.cycle_at -= incident.next_action_at - at
    incident.next_action_at = at
    escalation.advance(session, incident, at, lines)
