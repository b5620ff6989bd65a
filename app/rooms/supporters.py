"""Supporters in rooms: where a member is, there is the one who types for them, as "Mei, for Rose"."""

from sqlalchemy import Select, select

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.people import supporting
from app.people.actors import Actor
from app.people.supporting import Support
from app.rooms import entries
from app.rooms.models import Membership, Room


def want(session: Session, actor: Actor, support_id: str) -> None:
    _begin(session, actor, supporting.want(session, actor, support_id))


def promise(session: Session, actor: Actor, support_id: str) -> None:
    _begin(session, actor, supporting.promise(session, actor, support_id))


def open_pairs(session: Session, actor: Actor, support_id: str) -> None:
    """The member lets a supporter into their chats for two."""
    support = supporting.support_for(session, actor, support_id, as_member=True)
    support.pairs_at = support.pairs_at or now()  # type: ignore[assignment]
    session.flush()
    _begin(session, actor, support)


def close_pairs(session: Session, actor: Actor, support_id: str) -> None:
    support = supporting.support_for(session, actor, support_id, as_member=True)
    support.pairs_at = None
    _leave(session, actor, support, kinds=("pair",))


def end(session: Session, actor: Actor, support_id: str) -> None:
    """It ends everywhere at once: live connections lose the rooms within five seconds."""
    _leave(session, actor, supporting.any_support_for(session, actor, support_id))
    supporting.end(session, actor, support_id)


def end_with(session: Session, actor: Actor, person_id: str) -> None:
    """Somebody leaves the house: nobody is there for them any more, nor they for anybody. The caller asks who may."""
    supports = supporting.all_with(session, person_id)
    for support in supports:
        _leave(session, actor, support)
    for support in supports:
        supporting.close(session, actor, support)


def come_along(session: Session, actor: Actor, room: Room, member_id: str) -> None:
    """A member was let into a room: so are those who type for them. The room is locked."""
    for beside in supporting.supports_of(session, member_id):
        if beside.support.holds and _may_enter(beside.support, room):
            _enter(session, actor, room, beside.support)


def go_along(session: Session, actor: Actor, room_id: str, member_id: str) -> None:
    """A member is no longer in a room, and neither is anybody for them. The room is locked."""
    for place in places_for(session, room_id, member_id):
        _take_out(session, actor, place)


def places_for(session: Session, room_id: str, member_id: str) -> list[Membership]:
    """The places of those who are in this room for somebody: what limits the one limits them."""
    here = (Membership.room_id == room_id, Membership.for_id == member_id, Membership.removed_at.is_(None))
    return list(session.scalars(select(Membership).where(*here)))


def _begin(session: Session, actor: Actor, support: Support) -> None:
    if not support.holds:
        return
    rooms = list(session.scalars(_rooms_of(support.member_id)))
    entries.lock(session, [room.id for room in rooms])
    for room in rooms:
        if _may_enter(support, room):
            _enter(session, actor, room, support)


def _may_enter(support: Support, room: Room) -> bool:
    return room.kind == "group" or (room.kind == "pair" and support.pairs_at is not None)


def _enter(session: Session, actor: Actor, room: Room, support: Support) -> None:
    """A place of one's own stays what it is, and whoever was taken out by staff stays out."""
    place = session.get(Membership, (room.id, support.supporter_id))
    if place is not None and (place.removed_at is None or not place.for_id):
        return
    if place is None:
        place = Membership(room_id=room.id, person_id=support.supporter_id, joined_at=now(), held=False)
        session.add(place)
    place.removed_at, place.removed_why, place.for_id = None, "", support.member_id
    _limit(place, session.get_one(Membership, (room.id, support.member_id)))
    session.flush()
    audit.record(session, actor.id, "add_member", whom=support.supporter_id, place=room.id, supports=support.member_id)
    access_changed(session)


def _limit(place: Membership, theirs: Membership) -> None:
    """What limits the member here limits who types for them; what limited that one before still does."""
    if theirs.muted_until and (place.muted_until is None or theirs.muted_until > place.muted_until):
        place.muted_until, place.muted_why = theirs.muted_until, theirs.muted_why
    if theirs.held:
        place.held, place.held_why = True, theirs.held_why


def _leave(session: Session, actor: Actor, support: Support, kinds: tuple[str, ...] = ("group", "pair")) -> None:
    query = (
        select(Membership)
        .join(Room, Room.id == Membership.room_id)
        .where(Membership.person_id == support.supporter_id, Membership.for_id == support.member_id)
        .where(Membership.removed_at.is_(None), Room.kind.in_(kinds))
    )
    entries.lock(session, [place.room_id for place in session.scalars(query)])
    for place in session.scalars(query):
        _take_out(session, actor, place)
    access_changed(session)


def _take_out(session: Session, actor: Actor, place: Membership) -> None:
    place.removed_at, place.removed_why = now(), ""  # type: ignore[assignment]
    audit.record(session, actor.id, "remove_member", whom=place.person_id, place=place.room_id, supports=place.for_id)
    journal.note(session, "member_removed", place.person_id, room=place.room_id, along=True)


def _rooms_of(member_id: str) -> Select[Room]:
    return (
        select(Room)
        .join(Membership, Membership.room_id == Room.id)
        .where(Membership.person_id == member_id, Membership.removed_at.is_(None))
        .order_by(Room.id)
    )
