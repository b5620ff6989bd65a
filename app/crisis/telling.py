"""What is true of a call at this moment, as the person who called is told."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from app.crisis.models import Incident, Page
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_

UNANSWERED_AFTER = timedelta(minutes=3)

HERE = N_("{name} is here.")
COMING = N_("{name} has answered and is coming to you here.")
TELLING = N_("We are telling {name}. If you are in danger, ring {emergency}. To talk, ring {crisis}.")
ON_SCREENS = N_(
    "Staff will see this. Nobody has been rung. If you are in danger, ring {emergency}. To talk, ring {crisis}."
)
NO_ANSWER = N_("Nobody has answered yet. Please ring {emergency} if you are in danger. To talk, ring {crisis}.")
NOBODY_TOLD = N_(
    "We have kept your call, but we could not tell anyone just now. Please ring {emergency} if you are in danger. "
    "To talk to someone, ring {crisis}."
)
WILL_LOOK = N_("We will look in on you. If you need us before, tap I need help now again.")
DRILL = N_("This was practice. Nobody was told.")


@dataclass(frozen=True, slots=True)
class Truth:
    """`state`: drill, check, here, coming, telling, on_screens, no_answer or nobody_told."""

    state: str
    sentence: str
    values: dict[str, str] = field(default_factory=dict)


def truth(session: Session, incident: Incident) -> Truth:
    """One sentence for the help card: never more than is so."""
    if incident.drill:
        return Truth("drill", DRILL)
    if incident.tier == "check":
        return Truth("check", WILL_LOOK)
    if incident.owner_id:
        name = _name(session, incident.owner_id)
        return Truth("here", HERE, {"name": name}) if incident.arrived_at else Truth("coming", COMING, {"name": name})
    if database_now(session) - (incident.active_at or incident.raised_at) >= UNANSWERED_AFTER:
        return Truth("no_answer", NO_ANSWER)
    if names := _being_told(session, incident):
        return Truth("telling", TELLING, {"name": names[0]})
    return Truth("on_screens", ON_SCREENS) if incident.told_somebody else Truth("nobody_told", NOBODY_TOLD)


def own_open_call(session: Session, actor: Actor) -> tuple[Incident, Truth] | None:
    """My call that is still open, and what is true of it."""
    mine = (Incident.person_id == actor.id, Incident.closed_at.is_(None), Incident.tier != "concern")
    incident = session.scalar(select(Incident).where(*mine).order_by(Incident.raised_at.desc()).limit(1))
    return (incident, truth(session, incident)) if incident else None


def _being_told(session: Session, incident: Incident) -> list[str]:
    """Who is being paged in this cycle, the newest level first; whom nothing reaches so far is not among them."""
    on_its_way = (Page.state == "sent") | ((Page.state == "waiting") & (Page.trouble == ""))
    query = (
        select(Person.name)
        .join(Page, Page.person_id == Person.id)
        .where(Page.incident_id == incident.id, Page.cycle == incident.cycle, Page.says == "page")
        .where(on_its_way, Page.reported.not_in(("undelivered", "failed")))
        .order_by(Page.level.desc(), Page.fired_at)
    )
    return list(dict.fromkeys(session.scalars(query)))


def _name(session: Session, person_id: str) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""
