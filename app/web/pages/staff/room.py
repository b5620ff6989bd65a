"""One room from outside: who belongs to it, whether it is open. Not its words."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.joining import find_people, person_for
from app.people.models import Person
from app.people.roles import require_proved_staff
from app.rooms import membership, opening
from app.rooms.finding import InRoom, any_room_for, people_in
from app.rooms.models import Room
from app.web.pages.names import role_word
from app.web.pages.page import OwnPage, Page
from app.web.pages.staff.rooms import room_words

router = APIRouter()


@router.get("/staff/rooms/{room_id}")
async def room(page: OwnPage, room_id: str) -> Response:
    roles = page.me.roles
    require_proved_staff(roles)
    found, people, everybody = await page.house.database.read(look, page.me, room_id)
    inside = {person.id for person in people}
    return page.show(
        "staff_room.html",
        place=_view(page, found),
        people=[{"id": one.id, "name": one.name, "words": _words(page, one)} for one in people],
        others=[person for person in everybody if person.id not in inside],
        may_choose=roles.may("choose_members", room_id),
        may_open=roles.may("open_rooms", room_id),
    )


@router.post("/staff/rooms/{room_id}/languages")
async def choose_languages(
    page: OwnPage,
    room_id: str,
    language: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    await page.house.database.transaction(_choose_languages, page.me, room_id, language)
    return page.go(f"/staff/rooms/{room_id}")


@router.post("/staff/rooms/{room_id}/people")
async def let_in(page: OwnPage, room_id: str, person: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(_let_in, page.me, room_id, person)
    return page.go(f"/staff/rooms/{room_id}")


@router.post("/staff/rooms/{room_id}/people/{person_id}/remove")
async def take_out(page: OwnPage, room_id: str, person_id: str) -> Response:
    await page.house.database.transaction(membership.remove_member, page.me, room_id, person_id)
    return page.go(f"/staff/rooms/{room_id}")


@router.post("/staff/rooms/{room_id}/close")
async def close(page: OwnPage, room_id: str) -> Response:
    await page.house.database.transaction(_close, page.me, room_id)
    return page.go(f"/staff/rooms/{room_id}")


@router.post("/staff/rooms/{room_id}/open")
async def open_again(page: OwnPage, room_id: str) -> Response:
    await page.house.database.transaction(_open_again, page.me, room_id)
    return page.go(f"/staff/rooms/{room_id}")


def look(session: Session, actor: Actor, room_id: str) -> tuple[Room, list[InRoom], list[Person]]:
    found = any_room_for(session, actor, room_id)
    everybody = find_people(session, actor) if actor.roles.may("choose_members", room_id) else []
    return found, people_in(session, room_id), everybody


def _view(page: Page, room: Room) -> dict[str, Any]:
    words = room_words(page, room)
    return {
        "id": room.id,
        "title": room.title,
        "kind": room.kind,
        "words": words,
        "closed": room.closed_at,
        "languages": room.languages,
    }


def _words(page: Page, person: InRoom) -> str:
    return ", ".join(role_word(role, page.language) for role in person.roles)


def _let_in(session: Session, actor: Actor, room_id: str, person_id: str) -> None:
    room = any_room_for(session, actor, room_id)
    membership.add_member(session, actor, room, person_for(session, actor, person_id))


def _choose_languages(session: Session, actor: Actor, room_id: str, languages: list[str]) -> None:
    opening.choose_languages(session, actor, any_room_for(session, actor, room_id), languages)


def _close(session: Session, actor: Actor, room_id: str) -> None:
    opening.close_room(session, actor, any_room_for(session, actor, room_id))


def _open_again(session: Session, actor: Actor, room_id: str) -> None:
    opening.open_again(session, actor, any_room_for(session, actor, room_id))
