"""What the screen noticed: kept for whoever looks after the room, and an incident where somebody should act.

A flag names the rule, the rules' version and where the words stand, never the words. It is written in the words' own
transaction, whatever became of them: said, held, or refused.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.crisis import escalation, rounds
from app.crisis.going_past import subjects, tell_who_leads
from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.raising import incident_for, reach_owner
from app.crisis.screening import TIERS, Screened
from app.crisis.shadowing import keep_trial
from app.crisis.timeline import note
from app.foundation.announcements import Whisper
from app.foundation.beat import alerts_changed
from app.foundation.clock import Instant, database_now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.people.models import Person

CONCERNS_THAT_ARE_DANGER = 3
WITHIN = timedelta(hours=24)


class Flag(Model):
    """One look of the screen that found something. `seq` is the place of the words, where they have one."""

    __tablename__ = "flags"
    __table_args__ = (Index("ix_flags_person_id_at", "person_id", "at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    room_id: Mapped[str] = mapped_column(String(40), default="")
    ref: Mapped[str] = mapped_column(String(40), default="")
    seq: Mapped[int | None]
    became: Mapped[str] = mapped_column(String(10))
    """said, held or refused"""
    tier: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(30))
    rules: Mapped[list[Any]] = mapped_column(JSON)
    """[rule, tier, [[first, after last], …]] each"""
    version: Mapped[str] = mapped_column(String(20))
    whole: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(Instant)
    incident_id: Mapped[str] = mapped_column(String(40), default="")
    past: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """Staff whom it goes past, as with the incident."""
    judged: Mapped[str] = mapped_column(String(20), default="")
    """with_her, on_call or not_a_worry: what a person made of it."""
    judged_by: Mapped[str] = mapped_column(String(40), default="")
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """right or wrong: what a supervisor says of the rule, where it was judged not a worry."""
    reviewed_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)


def worry(
    session: Session, person_id: str, room_id: str, ref: str, found: Screened, became: str, seq: int | None,
    lines: Lines, text: str = "",
) -> Flag | None:  # fmt: skip
    """Keep what was found; open or raise an incident where it is more than a thing to watch.

    What is sent again under the same ref is one worry, however often it knocks, unless it is graver than it was.
    What only rules on trial found is kept beside it, and nobody is told.
    """
    keep_trial(session, person_id, room_id, ref, found)
    if found.tier == "none":
        return None
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())
    known = _known(session, person_id, room_id, ref)
    if known and TIERS.index(found.tier) <= TIERS.index(known.tier):
        known.became, known.seq = became, seq
        return known
    at = database_now(session)
    past = subjects(session, person_id, text, found.category)
    flag = Flag(
        id=new_id(), person_id=person_id, room_id=room_id, ref=ref, seq=seq, became=became, tier=found.tier,
        category=found.category, version=found.version, whole=found.whole, at=at, past=past,
        rules=[[one.rule, one.level, [list(place) for place in one.words]] for one in found.findings],
    )  # fmt: skip
    session.add(flag)
    session.flush()
    if found.tier in ("concern", "emergency"):
        tier = "emergency" if _third_concern(session, person_id, at) else found.tier
        incident, new = incident_for(session, person_id, room_id, tier, "words", lines, past=past)
        flag.incident_id = incident.id
        if past:
            _go_past(session, incident, at, lines)
        note(session, incident, "words", person_id, flag=flag.id, tier=found.tier)
        if not new:
            reach_owner(session, incident, at)
        session.announce(Whisper(person_id, {"type": "asked"}))
    alerts_changed(session)
    return flag


def flags_of(session: Session, incident: Incident) -> list[Flag]:
    """What the screen noticed for one incident, oldest first."""
    return list(session.scalars(select(Flag).where(Flag.incident_id == incident.id).order_by(Flag.at, Flag.id)))


def _known(session: Session, person_id: str, room_id: str, ref: str) -> Flag | None:
    same = (Flag.person_id == person_id, Flag.room_id == room_id, Flag.ref == ref)
    return session.scalar(select(Flag).where(*same).limit(1)) if ref else None


def _go_past(session: Session, incident: Incident, at: datetime, lines: Lines) -> None:
    """A lead is told; whoever has it and is named in it has it no longer; and where only they were told, others are."""
    tell_who_leads(session, incident)
    if incident.owner_id in incident.past:
        note(session, incident, "went_past", incident.owner_id)
        escalation.page_again(session, incident, at, lines)
    elif incident.cycle_at and not incident.owner_id and rounds.only_told(session, incident, incident.past):
        escalation.page_again(session, incident, at, lines)
    elif _only_these_are_asked_besides(session, incident):
        incident.second_paged, incident.next_action_at = False, at


def _only_these_are_asked_besides(session: Session, incident: Incident) -> bool:
    """Whoever has it has not come, and of those who were paged in their stead nobody is left: the next are, at once."""
    waits = incident.owner_id and incident.second_paged and not incident.arrived_at
    return bool(waits) and rounds.only_told(session, incident, incident.past, since=incident.owned_at)


def _third_concern(session: Session, person_id: str, at: datetime) -> bool:
    """Three within a day are danger, however each was put; what a person judged to be none does not count."""
    lately = (Flag.person_id == person_id, Flag.at > at - WITHIN, Flag.judged != "not_a_worry")
    counted = select(func.count()).where(*lately, Flag.tier.in_(("concern", "emergency")))
    return (session.scalar(counted) or 0) >= CONCERNS_THAT_ARE_DANGER
