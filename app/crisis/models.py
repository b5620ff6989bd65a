"""The tables of calls for help and of worries: one incident each, what happened to it, and who was paged."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant
from app.foundation.database.model import Model


class Incident(Model):
    """Somebody may be in danger. It stays open until a person closes it.

    `tier` is emergency (on-call is paged), concern (facilitators read it today) or check (look in at the next staffed
    hour). `owner_id` answered and is with them; an answer is a lease that lapses when nothing is heard of the owner.
    `level` is the last one paged in this `cycle`, which began at `cycle_at`; `next_action_at` is when the engine acts.
    """

    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_person_id_closed_at", "person_id", "closed_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    room_id: Mapped[str] = mapped_column(String(40), default="")
    raised_at: Mapped[datetime] = mapped_column(Instant)
    told_somebody: Mapped[bool]
    tier: Mapped[str] = mapped_column(String(12), default="emergency", server_default="emergency")
    origin: Mapped[str] = mapped_column(String(12), default="tap", server_default="tap")
    """tap, words or staff: what raised it first."""
    drill: Mapped[bool] = mapped_column(default=False, server_default="0")
    code: Mapped[str] = mapped_column(String(6), default="", server_default="")
    """Four digits that stand in pages and answers, of no other open incident."""
    help_room_id: Mapped[str] = mapped_column(String(40), default="", server_default="")
    plan: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    """The times of escalation as they were when it opened."""
    level: Mapped[int] = mapped_column(default=0, server_default="0")
    cycle: Mapped[int] = mapped_column(default=0, server_default="0")
    cycle_at: Mapped[datetime | None] = mapped_column(Instant)
    next_action_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    owner_id: Mapped[str] = mapped_column(String(40), default="", server_default="")
    owned_at: Mapped[datetime | None] = mapped_column(Instant)
    active_at: Mapped[datetime | None] = mapped_column(Instant)
    """When something was last heard of the owner; while nobody has it, when telling people began."""
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    reminded: Mapped[bool] = mapped_column(default=False, server_default="0")
    past: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """Staff whom it goes past, since the words are theirs or about them: they neither see, hear nor judge it."""
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the owner wrote to them or logged a telephone call: answering is not arriving."""
    second_paged: Mapped[bool] = mapped_column(default=False, server_default="0")
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[str] = mapped_column(String(400), default="")
    ended_as: Mapped[str] = mapped_column(String(30), default="", server_default="")
    follow_up_at: Mapped[datetime | None] = mapped_column(Instant)
    followed_up_at: Mapped[datetime | None] = mapped_column(Instant)
    followed_up_by: Mapped[str] = mapped_column(String(40), default="", server_default="")


class Tap(Model):
    """One press of *I need help now*; repeated presses join the incident that is open."""

    __tablename__ = "taps"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(40), primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Instant)


class IncidentEvent(Model):
    """One line of an incident's timeline: who did what, never what was said to the person. Only ever added to."""

    __tablename__ = "incident_events"

    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(String(40), default="")
    what: Mapped[str] = mapped_column(String(30))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class IncidentNote(Model):
    """The words of a quiet note: they stand apart from the timeline, so that they can be forgotten and it stays."""

    __tablename__ = "incident_notes"

    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Of the line of the timeline."""
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    """Whom the incident is about."""
    text: Mapped[str] = mapped_column(Text)


class Page(Model):
    """One thing to send to one person by one way: a row before it is an action.

    1. `waiting`: due at `due_at`. 2. claimed: a worker holds it under `token` until `claimed_until`; when that lapses
    nobody knows whether it went out, so it goes again as a `repeat`. 3. `sent`, `failed` or `cancelled`.
    """

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint("incident_id", "cycle", "level", "person_id", "kind", "attempt", "says", name="uq_pages_once"),
        Index("ix_pages_state_due_at", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"))
    cycle: Mapped[int]
    level: Mapped[int]
    person_id: Mapped[str] = mapped_column(String(40))
    """Who is paged; empty for the catch-all."""
    kind: Mapped[str] = mapped_column(String(10))
    """push, ntfy, text, ring, email, screen or team"""
    attempt: Mapped[int] = mapped_column(default=1)
    says: Mapped[str] = mapped_column(String(12), default="page")
    """page, taken, still_with, new_words, lowered or worry"""
    step: Mapped[int] = mapped_column(default=0)
    """Which group of this person's ways it belongs to: the next group follows when this one was sent, or failed."""
    way_id: Mapped[str] = mapped_column(String(40), default="")
    fired_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    token: Mapped[str] = mapped_column(String(40), default="")
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    repeat: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    provider: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of texts and calls: which of the house's providers took it, 1 or 2."""
    provider_ref: Mapped[str] = mapped_column(String(100), default="", index=True)
    reported: Mapped[str] = mapped_column(String(20), default="")
    reported_order: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(40), default="")


class DutyTest(Model):
    """`person_id` is who was asked; empty for the telephone of the catch-all, whose number `address` then was.
    `answered_by`: text or screen."""

    __tablename__ = "duty_tests"
    __table_args__ = (Index("ix_duty_tests_person_id_asked_at", "person_id", "asked_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(6))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str] = mapped_column(String(10), default="")
    why: Mapped[str] = mapped_column(String(10), default="week", server_default="week")
    """week; turn, where their turn began; or next, where somebody whose turn began did not answer."""
    turn_at: Mapped[datetime | None] = mapped_column(Instant)
    """When that turn began."""
    address: Mapped[str] = mapped_column(String(40), default="", server_default="")
    went: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    """Of the catch-all: by which ways the test went out, each with its trouble (empty for none)."""
