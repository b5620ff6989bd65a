"""What is true of a call at this moment, as the person who called is told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.crisis.hours import away_until
from app.crisis.lines import TEAM
from app.crisis.models import Incident, IncidentEvent, Page
from app.crisis.paging import CATCH_ALL
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.models import Person
from app.problems import N_

UNANSWERED_AFTER = timedelta(minutes=3)

HERE = N_("{name} is here.")
COMING = N_("{name} has answered and is coming to you here.")
COMING_TOO = N_("{name} has answered and is coming to you here. We are telling {other}, too.")
TELLING = N_("We are telling {name}. If you are in danger, ring {emergency}. To talk, ring {crisis}.")
ON_SCREENS = N_(
    "Staff will see this. Nobody has been rung. If you are in danger, ring {emergency}. To talk, ring {crisis}."
)
NO_ANSWER = N_("Nobody has answered yet. Please ring {emergency} if you are in danger. To talk, ring {crisis}.")
STAND_INS = N_(
    "We are telling the people who stand in for our staff. They may be slow. If you are in danger, ring {emergency}. "
    "To talk, ring {crisis}."
)
NOBODY_TOLD = N_(
    "We have kept your call, but we could not tell anyone just now. Please ring {emergency} if you are in danger. "
    "To talk to someone, ring {crisis}."
)
UNANSWERED = frozenset({"telling", "stand_ins", "on_screens", "no_answer"})
AWAY_TOLD = N_(
    "If you are in danger, ring {emergency}. To talk, ring {crisis}. Our people are here again {again}. "
    "We are telling the people who stand in for them. They may be slow."
)
AWAY_NOBODY = N_(
    "If you are in danger, ring {emergency}. To talk, ring {crisis}. Our people are here again {again}. "
    "Nobody has answered you yet."
)
AWAY_TOLD_OPEN = N_(
    "If you are in danger, ring {emergency}. To talk, ring {crisis}. Our people are not here now. "
    "We are telling the people who stand in for them. They may be slow."
)
AWAY_NOBODY_OPEN = N_(
    "If you are in danger, ring {emergency}. To talk, ring {crisis}. Our people are not here now. "
    "Nobody has answered you yet."
)
WILL_LOOK = N_("We will look in on you. If you need us before, tap I need help now again.")
DRILL = N_("This was practice. Nobody was told.")

QUIET = {
    "check": N_("We will read your note later."),
    "here": N_("{name} is here."),
    "coming": N_("{name} has your note and will write to you here."),
    "coming_too": N_("{name} has your note and will write to you here."),
    "no_answer": N_("Nobody has read your note yet. You can also ring {emergency} or {crisis}."),
    "telling": N_("Your note is on its way to {name}. You can also ring {emergency} or {crisis}."),
    "stand_ins": N_("Your note is on its way. You can also ring {emergency} or {crisis}."),
    "on_screens": N_("Your note is kept for our staff. You can also ring {emergency} or {crisis}."),
    "nobody_told": N_("Your note is kept. Nobody could get it yet. You can also ring {emergency} or {crisis}."),
}
"""The same for eyes that read along: nothing in it looks like help."""


@dataclass(frozen=True, slots=True)
class Truth:
    """`state`: drill, or one of QUIET."""

    state: str
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)


def truth(session: Session, incident: Incident, zone: ZoneInfo | None = None) -> Truth:
    """One sentence for the help card: never more than is so. Outside the stated hours of the house (by the clock of
    its `zone`) the numbers come first, and when its people are here again."""
    told = _now(session, incident)
    away, again = away_until(session, zone) if zone and told.state in UNANSWERED else (False, None)
    if not away:
        return told
    someone = told.state in ("telling", "stand_ins")
    sentence = (AWAY_TOLD if someone else AWAY_NOBODY) if again else (AWAY_TOLD_OPEN if someone else AWAY_NOBODY_OPEN)
    return Truth(told.state, sentence, {"again": again} if again else {})


def _now(session: Session, incident: Incident) -> Truth:
    if incident.drill:
        return Truth("drill", DRILL)
    if incident.tier == "check":
        return Truth("check", WILL_LOOK)
    if incident.owner_id:
        return _answered(session, incident)
    if database_now(session) - _unanswered_since(session, incident) >= UNANSWERED_AFTER:
        return Truth("no_answer", NO_ANSWER)
    if names := being_told(session, incident):
        return Truth("telling", TELLING, {"name": names[0]})
    if _stand_ins_told(session, incident):
        return Truth("stand_ins", STAND_INS)
    return Truth("on_screens", ON_SCREENS) if incident.told_somebody else Truth("nobody_told", NOBODY_TOLD)


def _answered(session: Session, incident: Incident) -> Truth:
    """Answering is not arriving."""
    name = _name(session, incident.owner_id)
    if incident.arrived_at:
        return Truth("here", HERE, {"name": name})
    others = [other for other in being_told(session, incident) if other != name] if incident.second_paged else []
    if others:
        return Truth("coming_too", COMING_TOO, {"name": name, "other": others[0]})
    return Truth("coming", COMING, {"name": name})


def _unanswered_since(session: Session, incident: Incident) -> datetime:
    """When we heard of it, or when whoever had it went quiet or passed it on: then somebody is told anew."""
    told_anew = ("opened", "raised", "went_quiet", "passed_on")
    begun = (IncidentEvent.incident_id == incident.id, IncidentEvent.what.in_(told_anew))
    return session.scalar(select(func.max(IncidentEvent.at)).where(*begun)) or incident.raised_at


def being_told(session: Session, incident: Incident) -> list[str]:
    """Who is being paged in this cycle, the newest level first; whom nothing reaches so far is not among them."""
    on_its_way = (Page.state == "sent") | ((Page.state == "waiting") & (Page.trouble == ""))
    query = (
        select(Person.name)
        .join(Page, Page.person_id == Person.id)
        .where(Page.incident_id == incident.id, Page.cycle == incident.cycle, Page.says == "page")
        .where(on_its_way, Page.reported.not_in(("undelivered", "failed")), Page.person_id.not_in(incident.past or ()))
        .order_by(Page.level.desc(), Page.fired_at)
    )
    return list(dict.fromkeys(session.scalars(query)))


def _stand_ins_told(session: Session, incident: Incident) -> bool:
    theirs = (Page.incident_id == incident.id, Page.person_id == CATCH_ALL, Page.kind != TEAM)
    query = select(Page.id).where(*theirs)
    return session.scalar(query.where(Page.state.in_(("waiting", "sent"))).limit(1)) is not None


def _name(session: Session, person_id: str) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""
