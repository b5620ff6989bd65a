"""Finding is permission: a room is found by those who may enter it, and by nobody else."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import Roles, roles_of_many
from app.problems import N_, NotFound
from app.rooms.models import Membership, Room

UNLISTED = ("practice", "help")
"""Kinds of rooms that stand in nobody's list but that of the people in them: not even that they are there is told."""
Supported = aliased(Person)
"""Joined on Membership.for_id: whom a supporter is there for."""


@dataclass(frozen=True, slots=True)
class InRoom:
    """Somebody who belongs to a room, with the roles they have in it."""

    id: str
    name: str
    roles: list[str]
    membership: Membership


def rooms_for(session: Session, actor: Actor) -> list[Room]:
    """The rooms this person may enter, group rooms first. A practice room stands in no list."""
    query = (
        select(Room)
        .join(Membership, Membership.room_id == Room.id)
        .where(Membership.person_id == actor.id, Membership.removed_at.is_(None), Room.kind != "practice")
        .order_by(Room.kind, Room.title, Room.id)
    )
    return list(session.scalars(query))


def room_for(session: Session, actor: Actor, room_id: str) -> Room:
    """The room, if this person belongs to it. A stranger, and somebody removed, finds nothing."""
    return membership_for(session, actor, room_id)[0]


def membership_for(session: Session, actor: Actor, room_id: str) -> tuple[Room, Membership]:
    """The room and this person's own place in it, or NotFound."""
    query = (
        select(Room, Membership)
        .join(Membership, Membership.room_id == Room.id)
        .where(Room.id == room_id, Membership.person_id == actor.id, Membership.removed_at.is_(None))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound(N_("We cannot find that room."))
    return found[0], found[1]


def any_room_for(session: Session, actor: Actor, room_id: str) -> Room:
    """The room, also for staff who look after rooms without belonging to them. It opens no words to them."""
    room = session.get(Room, room_id)
    if room is None:
        raise NotFound(N_("We cannot find that room."))
    if room.kind in UNLISTED:
        return room_for(session, actor, room_id)
    return room if actor.roles.may("see_rooms", room_id) else room_for(session, actor, room_id)


def all_rooms(session: Session, actor: Actor) -> list[Room]:
    """Every room of the house, for staff who look after rooms; for others their own."""
    if not actor.roles.may("see_rooms"):
        return rooms_for(session, actor)
    listed = select(Room).where(Room.kind.not_in(UNLISTED))
    return list(session.scalars(listed.order_by(Room.kind, Room.title, Room.id)))


def people_in(session: Session, room_id: str) -> list[InRoom]:
    """Who belongs to a room, by name."""
    query = (
        select(Membership, Person.name, Supported.name)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Supported, Supported.id == Membership.for_id)
        .where(Membership.room_id == room_id, Membership.removed_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    rows = session.execute(query).all()
    roles = roles_of_many(session, [membership.person_id for membership, _, _ in rows])
    return [
        InRoom(place.person_id, called(name, for_name), roles[place.person_id].in_room(room_id), place)
        for place, name, for_name in rows
    ]


def called(name: str, for_name: str | None) -> str:
    """What somebody is called in a room: "Rose"; of who types for her, "Mei, for Rose"."""
    return f"{name}, for {for_name}" if for_name else name


def still_in(session: Session, pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these (person, room) pairs those in which the person still belongs to the room."""
    people, rooms = {person for person, _ in pairs}, {room for _, room in pairs}
    query = select(Membership.person_id, Membership.room_id).where(
        Membership.person_id.in_(people), Membership.room_id.in_(rooms), Membership.removed_at.is_(None)
    )
    return {(person, room) for person, room in session.execute(query)} & pairs


def may_moderate(roles: Roles, room: Room) -> bool:
    """Facilitators moderate their rooms; pairs, and rooms of somebody who is helped, are moderated by nobody."""
    return room.kind not in ("pair", "help") and roles.may("moderate", room.id)
