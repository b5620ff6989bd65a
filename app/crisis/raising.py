"""A tap on *I need help now*, and words that tell of danger.

1. The same ref again finds its incident; a new ref while one is open joins it and reaches its owner.
2. Otherwise the incident and its first pages are stored in one transaction, with the words where words raised it.
3. After the commit the screens of signed-in staff are told; workers send the rest, even if this process dies.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.crisis import escalation, paging, rounds, unpicked
from app.crisis.caring import who_was_there
from app.crisis.lines import EVERY_LINE, TEAM, Lines
from app.crisis.models import Incident, Page, Tap
from app.crisis.timeline import note as tell_timeline
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now, later
from app.foundation.database import Session
from app.foundation.due import must_happen
from app.foundation.tokens import new_id
from app.foundation.words import clean
from app.people.actors import Actor
from app.people.models import Grant, Person
from app.people.roles import GRANTS, holds
from app.rooms.models import Membership, Presence
from app.rooms.presence import VOID_AFTER_SECONDS

LONGEST_NOTE = 1000
PAGE_SCREENS = "page_screens"
NEW_WORDS_AT_MOST = timedelta(minutes=1)
TIERS = ("check", "concern", "emergency")


@dataclass(frozen=True, slots=True)
class Raised:
    """`told`: whether anybody could be told. `incident` as it is after this transaction."""

    incident: Incident
    told: bool

    @property
    def incident_id(self) -> str:
        return self.incident.id


def raise_help(
    session: Session, actor: Actor, ref: str, room_id: str = "", note: str = "", *,
    lines: Lines = EVERY_LINE, pressed_at: datetime | None = None,
) -> Raised:  # fmt: skip
    """Store a call for help. It knows no limit, mute or closed room; a long note is cut.

    `pressed_at` is when the tablet was tapped, where the tap arrives late; never later than now.
    """
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    tap = session.get(Tap, (actor.id, ref))
    if tap is not None:
        return _raised(session, session.get_one(Incident, tap.incident_id))
    at = database_now(session)
    pressed_at = min(pressed_at or at, at)
    incident, new = incident_for(session, actor.id, _own_room(session, actor.id, room_id), "emergency", "tap", lines)
    if new:
        incident.raised_at = pressed_at
    session.add(
        Tap(person_id=actor.id, ref=ref, incident_id=incident.id, note=clean(note)[:LONGEST_NOTE], at=pressed_at)
    )
    session.flush()
    what = "wrote" if note.strip() and not new else "tapped"
    tell_timeline(session, incident, what, actor.id, late_seconds=int((at - pressed_at).total_seconds()))
    if not new:
        reach_owner(session, incident, at)
    alerts_changed(session)
    return _raised(session, incident)


def incident_for(
    session: Session, person_id: str, room_id: str, tier: str, origin: str, lines: Lines, *,
    drill: bool = False, past: Collection[str] = (),
) -> tuple[Incident, bool]:  # fmt: skip
    """The open incident of this person, raised to this tier if it was lower, or a new one; whether it is new.

    The caller holds the lock on the person's row, so that two causes at once open one incident.
    """
    mine_open = (Incident.person_id == person_id, Incident.closed_at.is_(None), Incident.drill.is_(drill))
    query = select(Incident).where(*mine_open).order_by(Incident.raised_at.desc()).limit(1).with_for_update()
    incident = session.scalar(query)
    new = incident is None
    if incident is not None and set(past) - set(incident.past):
        incident.past = sorted({*incident.past, *past})
    if incident is None:
        incident = Incident(
            id=new_id(), person_id=person_id, room_id=room_id, raised_at=database_now(session), told_somebody=False,
            tier=tier, origin=origin, drill=drill, past=list(past),
        )  # fmt: skip
        session.add(incident)
        session.flush()
        must_happen(session, PAGE_SCREENS, incident.id, incident.raised_at)
        tell_timeline(
            session, incident, "opened", tier=tier, origin=origin, **who_was_there(session, incident, room_id)
        )
    if not new:
        _join(session, incident, tier, origin, room_id, lines)
    elif tier == "emergency":
        escalation.begin(session, incident, lines)
    elif tier == "concern":
        unpicked.begin_worry(session, incident, lines)
    if incident.tier == "emergency":
        _count_who_was_told(session, incident)
    return incident, new


def _join(session: Session, incident: Incident, tier: str, origin: str, room_id: str, lines: Lines) -> None:
    """What is graver raises it, and graver words are looked at where they stand: a tap says nothing there, and what is
    said to whoever came is no other room to look at. What is not graver still has a next step: a call from before there
    was paging is paged now, and a worry to which nothing more would happen is a new one."""
    if TIERS.index(tier) > TIERS.index(incident.tier):
        if room_id != incident.help_room_id and (origin == "words" or not incident.room_id):
            incident.room_id = room_id or incident.room_id
        raise_tier(session, incident, tier, lines, room_id=room_id)
    elif incident.tier == "emergency" and not incident.drill and not rounds.has_begun(incident):
        escalation.let_go(incident)
        escalation.begin(session, incident, lines)
    elif incident.tier == "concern" and incident.next_action_at is None:
        escalation.let_go(incident)
        unpicked.begin_worry(session, incident, lines)


def raise_tier(session: Session, incident: Incident, tier: str, lines: Lines, who: str = "", room_id: str = "") -> None:
    """It is graver than it was, and nobody's: for danger on-call is paged from the first level."""
    there = who_was_there(session, incident, room_id or incident.room_id)
    tell_timeline(session, incident, "raised", who, tier=tier, **there)
    incident.tier = tier
    escalation.let_go(incident)
    if tier == "emergency":
        escalation.begin(session, incident, lines)
    else:
        unpicked.begin_worry(session, incident, lines)


def reach_owner(session: Session, incident: Incident, at: datetime) -> None:
    """Who has it hears that there is more, once a minute at the most."""
    if not incident.owner_id:
        return
    told = (Page.incident_id == incident.id, Page.says == "new_words")
    last = session.scalar(select(func.max(Page.fired_at)).where(*told))
    if last is None or at - last >= NEW_WORDS_AT_MOST:
        paging.tell_quietly(session, incident, incident.owner_id, "new_words")


def _own_room(session: Session, person_id: str, room_id: str) -> str:
    """The room they were in, if they belong to it: a made-up one is left out, never a reason to refuse."""
    mine = (Membership.room_id == room_id, Membership.person_id == person_id, Membership.removed_at.is_(None))
    return session.scalar(select(Membership.room_id).where(*mine)) or ""


def _raised(session: Session, incident: Incident) -> Raised:
    _count_who_was_told(session, incident)
    return Raised(incident, incident.told_somebody)


def _count_who_was_told(session: Session, incident: Incident) -> None:
    """Somebody was paged, or has a page open that tells them, whatever raised it. A channel is nobody."""
    to_somebody = (Page.incident_id == incident.id, Page.kind != TEAM)
    paged = session.scalar(select(Page.id).where(*to_somebody).limit(1)) is not None
    incident.told_somebody = incident.told_somebody or paged or staff_connected(session, incident.person_id)


def staff_connected(session: Session, but: str) -> bool:
    """Whether somebody who hears calls for help has a page open."""
    roles = [role for role, grants in GRANTS.items() if "hear_calls_for_help" in grants]
    here = (Presence.seen_at >= later(-VOID_AFTER_SECONDS), Grant.role.in_(roles), holds(), Presence.person_id != but)
    query = select(Presence.person_id).join(Grant, Grant.person_id == Presence.person_id).where(*here).limit(1)
    return session.scalar(query) is not None
