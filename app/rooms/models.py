"""The tables of rooms."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant
from app.foundation.database.model import Model


class Room(Model):
    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    """group, pair, help, staff or practice"""
    languages: Mapped[list[str]] = mapped_column(JSON, server_default='["en"]')
    """In which languages people talk here, the first one first."""
    last_seq: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    state_version: Mapped[int] = mapped_column(default=0)
    forgot_at_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """Entries were let go for good at this version: what changed before it cannot be told any more."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was closed for talk; it can still be read."""
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    """Nobody writes here for a moment; what is begun stays on the tablets."""
    paused_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    paused_for: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """For whose sake, where the room may hear that they are not alone, once that is true."""
    comforted_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the room heard it."""


class Membership(Model):
    """One person's place in one room, and what limits it. A removed person keeps the row."""

    __tablename__ = "memberships"
    __table_args__ = (Index("ix_memberships_person_id", "person_id"),)

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    removed_why: Mapped[str] = mapped_column(String(200), default="")
    muted_until: Mapped[datetime | None] = mapped_column(Instant)
    muted_why: Mapped[str] = mapped_column(String(200), default="")
    held: Mapped[bool] = mapped_column(default=False)
    """Their words wait for a facilitator before the room sees them."""
    held_why: Mapped[str] = mapped_column(String(200), default="")
    for_id: Mapped[str] = mapped_column(String(40), default="")
    """A supporter is here for this person, and is called "Mei, for Rose". Empty: here for oneself, or taken out by
    staff: then nobody but staff lets them in again."""


class Entry(Model):
    """One line of a room's book. `text` stays when it is removed (evidence); `told` leaves it out."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("ref", "room_id", "author_id"),
        Index("ix_entries_room_id_version", "room_id", "version"),
    )

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    first_version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10), server_default="message")
    author_id: Mapped[str] = mapped_column(String(40))
    author_name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    ref: Mapped[str | None] = mapped_column(String(40))
    reply_to: Mapped[int | None]
    reactions: Mapped[dict[str, list[str]]] = mapped_column(JSON, server_default="{}")
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    removed_by: Mapped[str | None] = mapped_column(String(40))
    removed_why: Mapped[str | None] = mapped_column(String(200))
    covered_at: Mapped[datetime | None] = mapped_column(Instant)
    """Out of the others' sight for a while, for their sake: nothing was done wrong. Its writer still has the words."""
    covered_by: Mapped[str | None] = mapped_column(String(40))
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    """Its author was erased: there are no words any more, and nobody can put them back."""


class ForgottenRef(Model):
    """Where an entry stood that was kept long enough: a tablet that sends the same ref again adds nothing."""

    __tablename__ = "forgotten_refs"

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    author_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    seq: Mapped[int]
    first_version: Mapped[int]


class Waiting(Model):
    """Words that are stored but not in the book: they wait for a person, and keep how that ended."""

    __tablename__ = "waiting"
    __table_args__ = (
        UniqueConstraint("ref", "room_id", "author_id"),
        Index("ix_waiting_room_id_state", "room_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"))
    author_id: Mapped[str] = mapped_column(String(40))
    author_name: Mapped[str] = mapped_column(String(80))
    ref: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[int | None]
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    why: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    """waiting, released, declined or withdrawn"""
    written_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(String(40), default="")


class Presence(Model):
    """Somebody has a room open at one server process; void when it was not refreshed for 30 seconds."""

    __tablename__ = "presence"

    process_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    came_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
