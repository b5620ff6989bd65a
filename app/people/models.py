"""The tables of people."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant
from app.foundation.database.model import Model

LEFT = ("moved_on", "died")
"""The standings of people who are not in this house any more."""


class Site(Model):
    """One row: what the people who run this house say about it."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), default="Hearthside")
    helper_name: Mapped[str] = mapped_column(String(80), default="")
    helper_phone: Mapped[str] = mapped_column(String(40), default="")
    helper_hours: Mapped[str] = mapped_column(String(80), default="")
    catch_all: Mapped[str] = mapped_column(String(200), default="")
    """The mail address that is told of a call for help when nobody else can be."""
    audit_mail: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Where the head of the audit log goes once a day."""
    cover_name: Mapped[str] = mapped_column(String(80), default="")
    cover_phone: Mapped[str] = mapped_column(String(40), default="")
    cover_hours: Mapped[str] = mapped_column(String(80), default="")
    cover_until: Mapped[datetime | None] = mapped_column(Instant)
    """Until then somebody else answers in the helper's place."""
    outside_name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    outside_reach: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Who hears what concerns the staff themselves, and how they are reached."""
    small: Mapped[bool] = mapped_column(default=False, server_default=false())
    """One group, staffed at its meetings only, and no pairs."""
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    """Until then pages make cards for staff and for practice."""


class Person(Model):
    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    letters: Mapped[int] = mapped_column(default=22)
    contrast: Mapped[str] = mapped_column(String(10), default="normal")
    language: Mapped[str] = mapped_column(String(10), default="en")
    no_limits: Mapped[bool] = mapped_column(default=False)
    """Exempt from `too_fast`: people made for load tests only."""
    joined_at: Mapped[datetime] = mapped_column(Instant)
    withdrew_at: Mapped[datetime | None] = mapped_column(Instant)
    """When they took their agreement back: they read, and do not write."""
    standing: Mapped[str] = mapped_column(String(12), default="joined", server_default="joined")
    """joined, away, paused, moved_on or died; `standing_by` said so, at `standing_at`."""
    standing_until: Mapped[datetime | None] = mapped_column(Instant)
    standing_at: Mapped[datetime | None] = mapped_column(Instant)
    standing_by: Mapped[str] = mapped_column(String(40), default="", server_default="")


class Grant(Model):
    """One role of one person, in the whole house or in one room (`room_id` empty means the house)."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("person_id", "role", "room_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(20))
    room_id: Mapped[str] = mapped_column(String(40), default="")
    given_by: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant, index=True)


class Card(Model):
    __tablename__ = "cards"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    code_seal: Mapped[str] = mapped_column(String(64), unique=True)
    secret_seal: Mapped[str] = mapped_column(String(64), unique=True)
    once: Mapped[bool] = mapped_column(default=False)
    shared: Mapped[bool] = mapped_column(default=False)
    """For a tablet that several people use: the card asks for a picture or a PIN, and its sign-ins are short."""
    proof: Mapped[str] = mapped_column(String(10), default="")
    """picture or pin"""
    proof_seal: Mapped[str] = mapped_column(String(200), default="")
    misses: Mapped[int] = mapped_column(default=0)
    missed_at: Mapped[datetime | None] = mapped_column(Instant)
    """Wrong pictures and PINs in a row, from tablets on which this card was never used."""
    practice: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Made before the house was open: it ends after a day, and so does whatever it began."""
    form: Mapped[str] = mapped_column(String(40), default="")
    """The form it was made by: the same form sent twice makes one card."""
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class SignIn(Model):
    """One device of one person, until it is signed out, ended by staff, or too long unused."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_person_id_ended_at", "person_id", "ended_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    token_seal: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120), default="")
    staff: Mapped[bool] = mapped_column(default=False)
    shared: Mapped[bool] = mapped_column(default=False)
    """On a tablet that several people use: over after ten untouched minutes."""
    practice: Mapped[bool] = mapped_column(default=False, server_default=false())
    tablet_id: Mapped[str] = mapped_column(String(40), default="")
    second: Mapped[bool] = mapped_column(default=False)
    """The card was used here while it was in use on another tablet, too."""
    known_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its person said that this second tablet is theirs."""
    proved_at: Mapped[datetime | None] = mapped_column(Instant)
    began_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(40), default="")
    page: Mapped[str] = mapped_column(String(20), default="")
    """The kind of page that was opened last, for whoever helps on the telephone."""
    page_at: Mapped[datetime | None] = mapped_column(Instant)
