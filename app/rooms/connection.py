"""Whether somebody is here, since when and on what kind of page: what helps on the telephone, and never a word."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.clock import database_now, later, now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person, SignIn
from app.people.roles import require
from app.rooms.models import Presence
from app.rooms.presence import VOID_AFTER_SECONDS

LATELY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Connection:
    """`in_room_since` while a room is open; `page` is the kind of page opened last, on the tablet used last."""

    in_room_since: datetime | None
    page: str
    page_at: datetime | None
    lately: bool


def connection_of(session: Session, actor: Actor, person: Person) -> Connection:
    """For who looks after tablets; the look is recorded. Which room it is is not told."""
    require(actor.roles, "look_after_tablets")
    audit.record(session, actor.id, "look_at_connection", whom=person.id)
    open_now = (Presence.person_id == person.id, Presence.seen_at >= later(-VOID_AFTER_SECONDS))
    since = session.scalar(select(func.min(func.coalesce(Presence.came_at, Presence.seen_at))).where(*open_now))
    live = (
        SignIn.person_id == person.id,
        SignIn.ended_at.is_(None),
        SignIn.expires_at > now(),
        SignIn.page_at.is_not(None),
    )
    last = session.execute(select(SignIn.page, SignIn.page_at).where(*live).order_by(SignIn.page_at.desc())).first()
    page, page_at = last or ("", None)
    lately = page_at is not None and (database_now(session) - page_at).total_seconds() < LATELY_SECONDS
    return Connection(since, page, page_at, lately)
