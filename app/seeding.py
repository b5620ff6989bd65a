"""`hearthside seed`: rooms full of people who are signed in already, for load tests."""

from sqlalchemy import func, select

from app.foundation.database import Session
from app.inviting import enter
from app.people import consent
from app.people.actors import SYSTEM
from app.people.joining import add_person
from app.people.open_house import open_to_all
from app.people.signing_in import begin
from app.rooms.models import Room
from app.rooms.opening import make_room
from app.settings import Settings


def seed_room(session: Session, settings: Settings, key: bytes, members: int, no_limits: bool) -> list[dict[str, str]]:
    """One more room. One line a person: its members, then its facilitator."""
    number = (session.scalar(select(func.count()).where(Room.slug.like("room-%"))) or 0) + 1
    open_to_all(session)
    room = make_room(session, SYSTEM, f"Room {number}", "group", f"room-{number}")
    people = [(f"Member {number}.{count}", "member") for count in range(1, members + 1)]
    lines = []
    for name, role in [*people, (f"Facilitator {number}", "facilitator")]:
        house_wide = ("member",) if role == "member" else ()
        person = add_person(session, SYSTEM, name, roles=house_wide, no_limits=no_limits)
        enter(session, room, person, ["facilitator"] if role == "facilitator" else [])
        consent.agreed_on_paper(session, SYSTEM, person)
        signed = begin(session, person, key, device="seed", staff=role == "facilitator")
        lines.append({"room": room.id, "slug": room.slug, "name": name, "role": role, "token": signed.token})
    return lines
