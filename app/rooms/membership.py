"""Belonging to a room: joining and leaving it, and what limits somebody's voice in it for a time."""

from datetime import datetime

from sqlalchemy import select

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.people.actors import SYSTEM, Actor
from app.people.models import Person
from app.people.open_house import require_open
from app.people.roles import require, roles_of
from app.problems import N_, Invalid, NotAllowed, NotFound
from app.rooms import entries, supporters
from app.rooms.finding import any_room_for, may_moderate, room_for
from app.rooms.models import Membership, Room

ABOUT_YOURSELF = N_("This is about yourself. Please ask somebody else to do it.")


def add_member(session: Session, actor: Actor, room: Room, person: Person) -> Membership:
    """Let a person into a room; somebody removed earlier comes back with a clean slate."""
    require(actor.roles, "choose_members", room.id)
    if actor.id == person.id:
        raise NotAllowed(ABOUT_YOURSELF)
    if room.kind == "help" and actor is not SYSTEM:
        raise NotFound(N_("We cannot find that room."))
    if not roles_of(session, person.id).staff:
        require_open(session, actor)
    entries.lock(session, [room.id])
    place = session.get(Membership, (room.id, person.id))
    if place is None:
        place = Membership(room_id=room.id, person_id=person.id, joined_at=now(), held=False)
        session.add(place)
    elif place.removed_at is None:
        place.for_id = ""
        return place
    place.removed_at, place.removed_why, place.muted_until, place.held = None, "", None, False
    place.for_id = ""
    session.flush()
    audit.record(session, actor.id, "add_member", whom=person.id, place=room.id)
    supporters.come_along(session, actor, room, person.id)
    access_changed(session)
    return place


def remove_member(session: Session, actor: Actor, room_id: str, person_id: str, reason: str = "") -> None:
    """Take a person out of a room: live connections lose it within five seconds, everywhere."""
    place = _place_to_limit(session, actor, room_id, person_id, also="choose_members")
    place.removed_at, place.removed_why, place.for_id = now(), _a_reason(reason), ""  # type: ignore[assignment]
    audit.record(session, actor.id, "remove_member", whom=person_id, place=room_id, reason=_a_reason(reason))
    journal.note(session, "member_removed", person_id, room=room_id)
    supporters.go_along(session, actor, room_id, person_id)
    access_changed(session)


def nobody_but(session: Session, actor: Actor, room: Room, keep: set[str]) -> None:
    """Only these stay. The caller holds the room's lock and asks who may."""
    here = (Membership.room_id == room.id, Membership.removed_at.is_(None), Membership.person_id.not_in(keep))
    for place in session.scalars(select(Membership).where(*here)):
        place.removed_at = now()  # type: ignore[assignment]
        audit.record(session, actor.id, "remove_member", whom=place.person_id, place=room.id)
        journal.note(session, "member_removed", place.person_id, room=room.id)
    access_changed(session)


def mute(session: Session, actor: Actor, room_id: str, person_id: str, until: datetime, reason: str) -> None:
    """For a time this person reads but does not write here; they are told until when and why."""
    place = _place_to_limit(session, actor, room_id, person_id)
    if not _a_reason(reason):
        raise Invalid(N_("Please give a reason. The person will see it."), fields=(("reason", N_("Needed.")),))
    for one in (place, *supporters.places_for(session, room_id, person_id)):
        one.muted_until, one.muted_why = until, _a_reason(reason)
    audit.record(
        session,
        actor.id,
        "mute",
        whom=person_id,
        place=room_id,
        until=until.isoformat(),
        reason=_a_reason(reason),
    )


def unmute(session: Session, actor: Actor, room_id: str, person_id: str) -> None:
    place = _place_to_limit(session, actor, room_id, person_id)
    for one in (place, *supporters.places_for(session, room_id, person_id)):
        one.muted_until = None
    audit.record(session, actor.id, "unmute", whom=person_id, place=room_id)


def hold_words(session: Session, actor: Actor, room_id: str, person_id: str, on: bool, reason: str = "") -> None:
    """From now on this person's words wait for a facilitator (or no longer do)."""
    place = _place_to_limit(session, actor, room_id, person_id)
    for one in (place, *supporters.places_for(session, room_id, person_id)):
        one.held, one.held_why = on, _a_reason(reason)
    did = "hold_words" if on else "stop_holding_words"
    audit.record(session, actor.id, did, whom=person_id, place=room_id, reason=_a_reason(reason))


def _place_to_limit(session: Session, actor: Actor, room_id: str, person_id: str, also: str = "moderate") -> Membership:
    """Lock the room's row (who may speak changes only under it), and find the place, if the actor may limit it."""
    entries.lock(session, [room_id])
    if actor.roles.may(also, room_id) and also != "moderate":
        found = any_room_for(session, actor, room_id)
    else:
        found = room_for(session, actor, room_id)
        if not may_moderate(actor.roles, found):
            raise NotAllowed()
    if found is None:
        raise NotFound(N_("We cannot find that room."))
    if person_id == actor.id:
        raise NotAllowed(ABOUT_YOURSELF)
    here = (Membership.room_id == room_id, Membership.person_id == person_id, Membership.removed_at.is_(None))
    place = session.scalar(select(Membership).where(*here))
    if place is None:
        raise NotFound(N_("That person is not in this room."))
    return place


def _a_reason(reason: str) -> str:
    return clean_name(reason)[:200]
