"""How long words are kept: days for each kind of room, chosen by an administrator. Nothing is let go until then."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.crisis.models import Incident, IncidentNote, Tap
from app.foundation import audit
from app.foundation.clock import Instant, database_now
from app.foundation.database import Database, Session
from app.foundation.database.model import Model
from app.foundation.due import Due
from app.people.actors import SYSTEM, Actor
from app.people.roles import require
from app.problems import N_, Invalid
from app.rooms.forgetting import forget_before
from app.rooms.models import Room
from app.settings import Settings

CALLS = "calls"
KINDS = ("group", "pair", "staff", CALLS)
"""Kinds of rooms, and what was written with calls for help that are closed."""
LIKE_GROUPS = ("practice", "help")
"""Kinds of rooms that nobody chooses for: what holds for groups holds for them."""
SHORTEST, LONGEST = 30, 3650
FORGET_OLD_WORDS = "forget_old_words"


class Retention(Model):
    __tablename__ = "retention"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    days: Mapped[int | None]
    """None: for as long as the house stands."""
    chosen_by: Mapped[str] = mapped_column(String(40))
    chosen_at: Mapped[datetime] = mapped_column(Instant)


def choose(session: Session, actor: Actor, kind: str, days: int | None) -> None:
    """From tonight on, what is older than so many days is let go; None keeps it."""
    require(actor.roles, "choose_keeping")
    if kind not in KINDS:
        raise Invalid(N_("Please choose one of these."))
    if days is not None and not SHORTEST <= days <= LONGEST:
        raise Invalid(
            N_("Please choose a number of days from {shortest} to {longest}, or none."),
            shortest=SHORTEST, longest=LONGEST,
        )  # fmt: skip
    if chosen(session)[kind] != days:
        session.merge(Retention(kind=kind, days=days, chosen_by=actor.id, chosen_at=database_now(session)))
        audit.record(session, actor.id, "choose_keeping", kind=kind, days=days)


def chosen(session: Session) -> dict[str, int | None]:
    """Kind → days."""
    kept = {row.kind: row.days for row in session.scalars(select(Retention))}
    return {kind: kept.get(kind) for kind in KINDS}


async def forget_old_words(database: Database, settings: Settings, row: Due) -> None:
    """Once a day: room by room, a part in each transaction, so that nobody's words wait for it."""
    for room_id, moment in await database.read(_rooms_with_a_limit):
        while await database.transaction(_forget_some, room_id, moment):
            pass
    await database.transaction(_forget_notes_of_calls)


def _rooms_with_a_limit(session: Session) -> list[tuple[str, datetime]]:
    now = database_now(session)
    limits = {kind: now - timedelta(days=days) for kind, days in chosen(session).items() if days is not None}
    if "group" in limits:
        limits |= dict.fromkeys(LIKE_GROUPS, limits["group"])
    rooms = session.execute(select(Room.id, Room.kind).where(Room.kind.in_(limits)).order_by(Room.id))
    return [(room_id, limits[kind]) for room_id, kind in rooms]


def _forget_some(session: Session, room_id: str, moment: datetime) -> int:
    count = forget_before(session, room_id, moment)
    if count:
        audit.record(session, SYSTEM.id, "forget_old_words", place=room_id, count=count)
    return count


def _forget_notes_of_calls(session: Session) -> None:
    days = chosen(session)[CALLS]
    if days is None:
        return
    old = select(Incident.id).where(Incident.closed_at < database_now(session) - timedelta(days=days))
    session.execute(delete(IncidentNote).where(IncidentNote.incident_id.in_(old)))
    session.execute(update(Tap).where(Tap.incident_id.in_(old), Tap.note != "").values(note=""))
    session.execute(update(Incident).where(Incident.id.in_(old), Incident.outcome != "").values(outcome=""))
