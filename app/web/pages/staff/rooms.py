"""Rooms: the list, a new one, and a member and a mentor put together."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.joining import find_people, person_for
from app.people.models import Person
from app.people.roles import require_proved_staff, roles_of_many
from app.problems import N_
from app.rooms import opening
from app.rooms.finding import all_rooms
from app.rooms.models import Room
from app.web.pages.page import OwnPage, Page

router = APIRouter()

KIND_WORDS = {
    "group": N_("a group"),
    "pair": N_("a member and a mentor"),
    "staff": N_("staff only"),
    "help": N_("for help"),
    "practice": N_("to practice"),
}
CLOSED = N_("closed")


@router.get("/staff/rooms")
async def rooms(page: OwnPage) -> Response:
    require_proved_staff(page.me.roles)
    found, members, mentors = await page.house.database.read(look, page.me)
    return page.show(
        "staff_rooms.html",
        rooms=[{"id": room.id, "title": room.title, "words": room_words(page, room)} for room in found],
        members=members,
        mentors=mentors,
        may_open=page.me.roles.may("open_rooms"),
    )


@router.post("/staff/rooms")
async def make(page: OwnPage, title: Annotated[str, Form()] = "", kind: Annotated[str, Form()] = "group") -> Response:
    room = await page.house.database.transaction(opening.make_room, page.me, title, kind)
    return page.go(f"/staff/rooms/{room.id}")


@router.post("/staff/rooms/pair")
async def put_together(
    page: OwnPage, member: Annotated[str, Form()] = "", mentor: Annotated[str, Form()] = ""
) -> Response:
    room = await page.house.database.transaction(_put_together, page.me, member, mentor)
    return page.go(f"/staff/rooms/{room.id}")


def look(session: Session, actor: Actor) -> tuple[list[Room], list[Person], list[Person]]:
    """The rooms, and who can be put together, for who may do that."""
    people = find_people(session, actor) if actor.roles.may("open_rooms") else []
    roles = roles_of_many(session, [person.id for person in people])

    def with_role(role: str) -> list[Person]:
        return [person for person in people if role in roles[person.id].names()]

    return all_rooms(session, actor), with_role("member"), with_role("mentor")


def room_words(page: Page, room: Room) -> str:
    words = page.say(KIND_WORDS[room.kind])
    return f"{words} · {page.say(CLOSED)}" if room.closed_at else words


def _put_together(session: Session, actor: Actor, member_id: str, mentor_id: str) -> Room:
    member, mentor = person_for(session, actor, member_id), person_for(session, actor, mentor_id)
    return opening.put_together(session, actor, member, mentor)
