"""`hearthside invite`: a person, their card, and the rooms they belong to."""

from sqlalchemy import select

from app.foundation.database import Session
from app.people import cards, consent
from app.people.actors import SYSTEM
from app.people.granting import give_role
from app.people.joining import add_person
from app.people.models import Person
from app.people.roles import GRANTS
from app.problems import N_, Invalid
from app.rooms import entries
from app.rooms.membership import add_member
from app.rooms.models import Room
from app.rooms.opening import make_room, slug_of
from app.settings import Settings

ROOM_ROLES = ("facilitator",)
"""Roles that are given for the rooms named, and for the house where none is named."""


def invite(
    session: Session,
    settings: Settings,
    key: bytes,
    name: str,
    roles: tuple[str, ...],
    slugs: tuple[str, ...],
    on_paper: bool = False,
) -> dict[str, str]:
    """`{"card", "url", "person"}` of a new person; `on_paper` when they have agreed to be here already, on paper."""
    unknown = [role for role in roles if role not in GRANTS]
    if unknown:
        raise Invalid(
            N_("There is no role called {role}. The roles are {roles}."),
            role=unknown[0],
            roles=", ".join(GRANTS),
        )
    lock_known_rooms(session, slugs)
    rooms = [room_called(session, slug) for slug in slugs]
    person = add_person(session, SYSTEM, name, roles=tuple(r for r in roles if not rooms or r not in ROOM_ROLES))
    for room in rooms:
        enter(session, room, person, [role for role in roles if role in ROOM_ROLES])
    if on_paper:
        consent.agreed_on_paper(session, SYSTEM, person)
    issued = cards.issue(session, SYSTEM, person, key)
    return {"card": issued.code, "url": card_url(settings.address, issued.secret), "person": person.id}


def lock_known_rooms(session: Session, slugs: tuple[str, ...]) -> None:
    """Every verb locks rooms before it writes the log of acts: so does this long one, or two would wait in a circle."""
    known = select(Room.id).where(Room.slug.in_([slug_of(slug) for slug in slugs]))
    entries.lock(session, list(session.scalars(known)))


def enter(session: Session, room: Room, person: Person, room_roles: list[str]) -> None:
    """Let a person into a room, with the roles that hold only there."""
    add_member(session, SYSTEM, room, person)
    for role in room_roles:
        give_role(session, SYSTEM, person, role, room.id)


def card_url(address: str, secret: str) -> str:
    """What the QR code says: the secret stays in the fragment, which browsers never send."""
    return f"{address.rstrip('/')}/card#{secret}"


def room_called(session: Session, slug: str) -> Room:
    """The room of that short name, made as an open group room where it does not exist yet."""
    slug = slug_of(slug)
    if not slug:
        raise Invalid(N_("Please give the room a name of at most 80 letters."))
    room = session.scalar(select(Room).where(Room.slug == slug))
    return room or make_room(session, SYSTEM, slug.replace("-", " ").title(), "group", slug)
