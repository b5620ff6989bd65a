"""A tap on *I need help now*.

1. The same ref again finds its incident; a new ref while one is open joins it, and it counts as unseen again.
2. Otherwise the incident, its first pages (`due` rows) and who could be told are stored in one transaction.
3. After the commit the screens of signed-in staff are told; a worker sends the rest, even if this process dies.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.crisis.models import Incident, Tap
from app.foundation.beat import alerts_changed
from app.foundation.clock import later, now
from app.foundation.database import Session
from app.foundation.due import must_happen
from app.foundation.tokens import new_id
from app.foundation.words import clean
from app.people.actors import Actor
from app.people.models import Grant, Person, Site
from app.people.roles import GRANTS, holds
from app.problems import N_
from app.rooms.models import Membership, Presence
from app.rooms.presence import VOID_AFTER_SECONDS

LONGEST_NOTE = 1000
PAGE_AGAIN_AFTER = timedelta(minutes=5)
PAGE_SCREENS, PAGE_MAIL = "page_screens", "page_mail"

TOLD = N_("Staff will see this. Nobody has been rung. If you are in danger, ring {emergency}. To talk, ring {crisis}.")
NOBODY_TOLD = N_(
    "We have kept your call, but we could not tell anyone just now. Please ring {emergency} if you are in danger. "
    "To talk to someone, ring {crisis}."
)


@dataclass(frozen=True, slots=True)
class Raised:
    incident_id: str
    told_somebody: bool

    @property
    def sentence(self) -> str:
        """The truth at this moment; `{emergency}` and `{crisis}` are the country's numbers."""
        return TOLD if self.told_somebody else NOBODY_TOLD


def raise_help(
    session: Session, actor: Actor, ref: str, room_id: str = "", note: str = "", *, by_mail: bool = False
) -> Raised:
    """Store a call for help. It knows no limit, mute or closed room; a long note is cut.

    `by_mail` says whether mail can leave this house at all: an address without a mail server tells nobody.
    """
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    tap = session.get(Tap, (actor.id, ref))
    if tap is not None:
        return _raised(session.get_one(Incident, tap.incident_id))
    at = session.scalars(select(now())).one()
    mine_open = (Incident.person_id == actor.id, Incident.closed_at.is_(None))
    incident = session.scalar(select(Incident).where(*mine_open).order_by(Incident.raised_at.desc()).limit(1))
    to_page = incident is None or _needs_paging_again(session, incident, at)
    incident = incident or _open(session, actor, _own_room(session, actor, room_id), at)
    address = session.get_one(Site, 1).catch_all if by_mail else ""
    incident.told_somebody = bool(address) or _staff_connected(session, actor)
    incident.seen_at, incident.seen_by = None, ""
    session.add(Tap(person_id=actor.id, ref=ref, incident_id=incident.id, note=clean(note)[:LONGEST_NOTE], at=at))
    session.flush()
    if to_page:
        _page(session, incident, at, address)
    alerts_changed(session)
    return _raised(incident)


def _open(session: Session, actor: Actor, room_id: str, at: datetime) -> Incident:
    incident = Incident(id=new_id(), person_id=actor.id, room_id=room_id, raised_at=at, told_somebody=False)
    session.add(incident)
    session.flush()
    return incident


def _needs_paging_again(session: Session, incident: Incident, at: datetime) -> bool:
    """A new tap on an open call pages again if somebody had seen the call, or if the last tap is a while ago."""
    last = session.scalars(select(func.max(Tap.at)).where(Tap.incident_id == incident.id)).one()
    return incident.seen_at is not None or at - last > PAGE_AGAIN_AFTER


def _page(session: Session, incident: Incident, at: datetime, address: str) -> None:
    must_happen(session, PAGE_SCREENS, incident.id, at)
    if address:
        must_happen(session, PAGE_MAIL, incident.id, at, address=address)


def _own_room(session: Session, actor: Actor, room_id: str) -> str:
    """The room they were in, if they belong to it: a made-up one is left out, never a reason to refuse."""
    mine = (Membership.room_id == room_id, Membership.person_id == actor.id, Membership.removed_at.is_(None))
    return session.scalar(select(Membership.room_id).where(*mine)) or ""


def _staff_connected(session: Session, actor: Actor) -> bool:
    roles = [role for role, grants in GRANTS.items() if "hear_calls_for_help" in grants]
    query = (
        select(Presence.person_id)
        .join(Grant, Grant.person_id == Presence.person_id)
        .where(
            Presence.seen_at >= later(-VOID_AFTER_SECONDS),
            Grant.role.in_(roles),
            holds(),
            Presence.person_id != actor.id,
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def _raised(incident: Incident) -> Raised:
    return Raised(incident.id, incident.told_somebody)
