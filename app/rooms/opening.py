"""Making rooms, and closing them for talk."""

import re
import unicodedata

from sqlalchemy import select

from app.foundation import audit
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.foundation.words import clean_name
from app.people.actors import Actor
from app.people.models import Person
from app.people.preferences import LANGUAGES
from app.people.roles import require, roles_of
from app.people.site import is_small
from app.problems import N_, Invalid
from app.rooms import entries
from app.rooms.membership import add_member
from app.rooms.models import Room

KINDS = ("group", "staff")


def make_room(session: Session, actor: Actor, title: str, kind: str = "group", slug: str = "") -> Room:
    """A group room or a staff back room, open for talk."""
    if kind not in KINDS:
        raise Invalid(N_("A room is a group room or a staff room."), fields=(("kind", N_("Please choose one.")),))
    if kind == "group" and is_small(session) and session.scalar(select(Room.id).where(Room.kind == kind)):
        raise Invalid(N_("This is a small house: it has one group. The page This house can change that."))
    return make_of_kind(session, actor, title, kind, slug)


def choose_languages(session: Session, actor: Actor, room: Room, languages: list[str]) -> None:
    """Say in which languages people talk here, so that nobody comes in and understands nothing."""
    require(actor.roles, "open_rooms", room.id)
    if not languages or not set(languages) <= set(LANGUAGES):
        raise Invalid(N_("Please choose at least one language."), fields=(("languages", N_("Please choose one.")),))
    room.languages = [language for language in LANGUAGES if language in languages]
    audit.record(session, actor.id, "choose_languages", place=room.id, languages=room.languages)


def put_together(session: Session, actor: Actor, member: Person, mentor: Person) -> Room:
    """A room for two: a member and their mentor. The same two get the room they already have."""
    require(actor.roles, "open_rooms")
    if is_small(session):
        raise Invalid(N_("This is a small house: it has no pairs. The page This house can change that."))
    if "mentor" not in roles_of(session, mentor.id).names():
        raise Invalid(N_("{name} is not a mentor yet. Give them that role first."), name=mentor.name)
    if member.id == mentor.id:
        raise Invalid(N_("A pair is two different people."))
    slug = f"pair-{member.id}-{mentor.id}"
    room = session.scalar(select(Room).where(Room.slug == slug))
    room = room or make_of_kind(session, actor, f"{member.name} & {mentor.name}"[:80], "pair", slug)
    add_member(session, actor, room, member)
    add_member(session, actor, room, mentor)
    return room


def close_room(session: Session, actor: Actor, room: Room) -> None:
    """Nobody writes here from now on; everybody in it can still read."""
    require(actor.roles, "open_rooms", room.id)
    entries.lock(session, [room.id])
    room.closed_at = now()  # type: ignore[assignment]
    audit.record(session, actor.id, "close_room", place=room.id)


def open_again(session: Session, actor: Actor, room: Room) -> None:
    require(actor.roles, "open_rooms", room.id)
    entries.lock(session, [room.id])
    room.closed_at = None
    audit.record(session, actor.id, "open_room", place=room.id)


def slug_of(title: str) -> str:
    """'Monday Circle' → 'monday-circle'."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50]


def make_of_kind(session: Session, actor: Actor, title: str, kind: str, slug: str) -> Room:
    """A room of any kind there is; its slug is changed where another room has it."""
    require(actor.roles, "open_rooms")
    title = clean_name(title)
    if not title or len(title) > 80:
        raise Invalid(N_("Please give the room a name of at most 80 letters."), fields=(("title", N_("Needed.")),))
    room = Room(id=new_id(), slug=_free_slug(session, slug or slug_of(title)), title=title, kind=kind,
                languages=[LANGUAGES[0]], last_seq=0, version=0, state_version=0, made_at=now())  # fmt: skip
    session.add(room)
    session.flush()
    audit.record(session, actor.id, "make_room", place=room.id, kind=kind)
    return room


def _free_slug(session: Session, wanted: str) -> str:
    taken = select(Room.id).where(Room.slug == wanted)
    return wanted if wanted and session.scalar(taken) is None else f"{wanted or 'room'}-{new_id()[:6]}"
