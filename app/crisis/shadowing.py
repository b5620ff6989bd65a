"""Rules on trial: they read along and act on nothing. What each would have done is kept, for a person to judge."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.crisis.screening import Screened
from app.foundation.clock import Instant, database_now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id


class TrialFinding(Model):
    """What one rule on trial found: `tier` is what it would have been, `acted` what the rules that count made of it."""

    __tablename__ = "trial_findings"
    __table_args__ = (Index("ix_trial_findings_at", "at"), Index("ix_trial_findings_person_id_ref", "person_id", "ref"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    room_id: Mapped[str] = mapped_column(String(40), default="")
    ref: Mapped[str] = mapped_column(String(40), default="")
    rule: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(20))
    tier: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(30))
    words: Mapped[list[Any]] = mapped_column(JSON)
    """[[first, after last], …]: where they stand, never what they are."""
    acted: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Instant)
    reviewed: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """right or wrong, once a person has said so."""
    reviewed_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)


def keep_trial(session: Session, person_id: str, room_id: str, ref: str, found: Screened) -> None:
    """Nothing else follows from it: no flag, no incident, no page. Words sent again are the same words."""
    if not found.on_trial:
        return
    mine = (TrialFinding.person_id == person_id, TrialFinding.room_id == room_id, TrialFinding.ref == ref)
    if session.scalar(select(TrialFinding.id).where(*mine).limit(1)):
        return
    at = database_now(session)
    for one, version in found.on_trial:
        session.add(
            TrialFinding(
                id=new_id(), person_id=person_id, room_id=room_id, ref=ref, rule=one.rule, version=version,
                tier=one.level, category=one.kind, words=[list(place) for place in one.words], acted=found.tier, at=at,
            )
        )  # fmt: skip
    session.flush()
