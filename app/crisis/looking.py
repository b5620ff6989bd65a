"""The window of an incident: what was said around it, in the room it came from.

1. Its owner reads it while they own it. Nobody reads one that is about themselves.
2. Anybody else who answers calls gives a reason first (`ask_to_look`). That is stored, and a lead is told, before they
   can see one word; from then on they see it for FOR_MINUTES.
3. Each reading is a link in the log of staff acts, in the same transaction that finds the words and before them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.crisis.models import Incident
from app.crisis.opening_sheets import owns
from app.crisis.responding import call_for
from app.crisis.timeline import note
from app.foundation import audit
from app.foundation.clock import Instant, database_now, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.foundation.words import clean
from app.people import tasks
from app.people.actors import Actor
from app.people.leading import lead_besides
from app.problems import N_, Invalid
from app.rooms.models import Entry, Room

BEFORE = 20
MOST_AFTER = 200
FOR_MINUTES = 30
SHORTEST_REASON, LONGEST_REASON = 8, 200


class Look(Model):
    """Somebody who does not own an incident asked to read its window, and why. `person_id` is whose call it is."""

    __tablename__ = "looks"
    __table_args__ = (Index("ix_looks_incident_id_who", "incident_id", "who"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    who: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class Window:
    """Oldest first. `until` is when it shuts for who does not own the incident."""

    room_title: str
    entries: list[Entry]
    until: datetime | None


def ask_to_look(session: Session, actor: Actor, incident_id: str, reason: str) -> None:
    """Say why, before anything can be read. Who owns the incident needs no reason."""
    incident = call_for(session, actor, incident_id)
    if owns(actor, incident):
        return
    reason = clean(reason)[:LONGEST_REASON]
    if len(reason) < SHORTEST_REASON:
        raise Invalid(N_("Please write why you need to read this."), fields=(("reason", N_("Needed.")),))
    at = database_now(session)
    until = at + timedelta(minutes=FOR_MINUTES)
    about = {"incident_id": incident.id, "person_id": incident.person_id, "who": actor.id}
    session.add(Look(id=new_id(), reason=reason, at=at, until=until, **about))
    note(session, incident, "looked_in", actor.id)
    _tell_a_lead(session, actor, incident, reason)
    audit.record(session, actor.id, "ask_to_look", whom=incident.person_id, place=incident.room_id,
                 incident=incident.id, reason=reason)  # fmt: skip


def read_window(session: Session, actor: Actor, incident_id: str) -> Window | None:
    """The words, or None for who has to say why first. The reading is recorded, then the words are found."""
    incident = call_for(session, actor, incident_id)
    until = None
    if owns(actor, incident):
        reason = f"answering {incident.code}"
    elif look := _open_look(session, actor, incident):
        reason, until = look.reason, look.until
    else:
        return None
    audit.record(session, actor.id, "read_window", whom=incident.person_id, place=incident.room_id,
                 incident=incident.id, reason=reason)  # fmt: skip
    title = session.scalar(select(Room.title).where(Room.id == incident.room_id)) or ""
    return Window(title, _around(session, incident), until)


def _open_look(session: Session, actor: Actor, incident: Incident) -> Look | None:
    mine = (Look.incident_id == incident.id, Look.who == actor.id, Look.until > now())
    return session.scalar(select(Look).where(*mine).order_by(Look.until.desc()).limit(1))


def _around(session: Session, incident: Incident) -> list[Entry]:
    """The last messages before it, and what came later until it was over; where that is much, the newest of it."""
    here = select(Entry).where(Entry.room_id == incident.room_id, Entry.kind == "message")
    before = here.where(Entry.at <= incident.raised_at).order_by(Entry.seq.desc()).limit(BEFORE)
    after = here.where(Entry.at > incident.raised_at)
    if incident.closed_at:
        after = after.where(Entry.at <= incident.closed_at)
    newest = session.scalars(after.order_by(Entry.seq.desc()).limit(MOST_AFTER))
    return [*reversed([*newest, *session.scalars(before)])]


def _tell_a_lead(session: Session, actor: Actor, incident: Incident, reason: str) -> None:
    """A second person hears of it. Where nobody else leads, the one who looked tells the outside person."""
    but = {actor.id, incident.person_id, *incident.past}
    lead = lead_besides(session, but)
    kind = "looked_in" if lead else "looked_in_alone"
    at = database_now(session)
    while not tasks.ask_for(
        session, kind, incident.person_id, given_to=lead or actor.id, due_at=at,
        incident=incident.id, who=actor.name, reason=reason,
    ):  # fmt: skip
        at -= timedelta(milliseconds=1)
