"""The tables of calls for help."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant
from app.foundation.database.model import Model


class Incident(Model):
    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_person_id_closed_at", "person_id", "closed_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    room_id: Mapped[str] = mapped_column(String(40), default="")
    raised_at: Mapped[datetime] = mapped_column(Instant)
    told_somebody: Mapped[bool]
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[str] = mapped_column(String(40), default="")
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[str] = mapped_column(String(400), default="")


class Tap(Model):
    """One press of *I need help now*; repeated presses join the incident that is open."""

    __tablename__ = "taps"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(40), primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Instant)
