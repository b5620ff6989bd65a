"""One person's help card as it stands: their open call and the truth about it, or what they are softly asked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.crisis.hours import away_until
from app.crisis.lowering import raised_otherwise
from app.crisis.models import Incident, IncidentEvent, Tap
from app.crisis.on_call import is_awake
from app.crisis.telling import Truth, truth
from app.crisis.worrying import Flag
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.people.actors import Actor
from app.people.help_choices import HowICall, how_i_call
from app.people.models import Person

READ_ALONG = frozenset({"abuse_neglect", "violence"})
"""Whoever is written about may be reading along: the card does not look like help."""
ASKED_FOR = timedelta(hours=12)
ANSWERS = ("wants_somebody", "all_right")


@dataclass(frozen=True, slots=True)
class OpenCall:
    """`tapped`: they asked by themselves, and not only by what they wrote. `home`, `wants`: what they told us since."""

    incident: Incident
    truth: Truth
    tapped: bool
    by_words: bool
    owner: str
    home: str
    wants: str

    @property
    def come_to(self) -> str:
        """The room where somebody comes to them. Nobody is there once it was passed on, or they went quiet."""
        return self.incident.help_room_id if self.owner else ""

    @property
    def may_lower(self) -> bool:
        return self.tapped and not self.by_words and self.truth.state not in ("check", "drill")


@dataclass(frozen=True, slots=True)
class HelpCard:
    """`asks`: "somebody", "tonight", or nothing: what the card asks somebody softly whose words raised it."""

    how: HowICall = field(default_factory=HowICall)
    quiet: bool = False
    call: OpenCall | None = None
    asks: str = ""
    away: bool = False
    again: datetime | None = None
    """Whether nobody is here by the stated hours of the house, and when somebody is again."""


def help_card(session: Session, actor: Actor, seals: Seals, zone: ZoneInfo) -> HelpCard:
    how = how_i_call(session, actor.id, seals)
    incident = open_incident(session, actor.id)
    if incident is None:
        return HelpCard(how, how.quiet, None, "", *away_until(session, zone))
    flags = _flags(session, incident)
    quiet = how.quiet or any(flag.category in READ_ALONG for flag in flags)
    lines = _lines(session, incident)
    call = _open_call(session, incident, flags, lines, zone) if incident.tier != "concern" else None
    return HelpCard(how, quiet, call, _asks(session, incident, flags, lines, zone), *away_until(session, zone))


def open_incident(session: Session, person_id: str) -> Incident | None:
    mine = (Incident.person_id == person_id, Incident.closed_at.is_(None), Incident.drill.is_(False))
    return session.scalar(select(Incident).where(*mine).order_by(Incident.raised_at.desc()).limit(1))


def _open_call(
    session: Session, incident: Incident, flags: list[Flag], lines: list[IncidentEvent], zone: ZoneInfo
) -> OpenCall:  # fmt: skip
    told = {line.what: line.details for line in lines}
    return OpenCall(
        incident,
        truth(session, incident, zone),
        tapped=_tapped(session, incident),
        by_words=raised_otherwise(session, incident),
        owner=session.scalar(select(Person.name).where(Person.id == incident.owner_id)) or "",
        home=told.get("at_home", {}).get("answer", ""),
        wants=told.get("wants", {}).get("answer", ""),
    )


def _asks(
    session: Session, incident: Incident, flags: list[Flag], lines: list[IncidentEvent], zone: ZoneInfo
) -> str:  # fmt: skip
    """Asked once for each time that words raised it, for half a day; not once they tapped, or somebody is with them."""
    at = database_now(session)
    raised = [flag.at for flag in flags if flag.judged == "" and flag.at > at - ASKED_FOR]
    answered = [line.at for line in lines if line.what in ANSWERS]
    settled = incident.owner_id or _tapped(session, incident)
    if not raised or settled or (answered and max(answered) >= max(raised)):
        return ""
    return "tonight" if incident.tier == "concern" and not is_awake(session, at, zone) else "somebody"


def _tapped(session: Session, incident: Incident) -> bool:
    return bool(session.scalar(select(func.count()).where(Tap.incident_id == incident.id)))


def _flags(session: Session, incident: Incident) -> list[Flag]:
    return list(session.scalars(select(Flag).where(Flag.incident_id == incident.id)))


def _lines(session: Session, incident: Incident) -> list[IncidentEvent]:
    """What they answered so far, oldest first."""
    theirs = (IncidentEvent.incident_id == incident.id, IncidentEvent.what.in_(("at_home", "wants", *ANSWERS)))
    return list(session.scalars(select(IncidentEvent).where(*theirs).order_by(IncidentEvent.number)))
