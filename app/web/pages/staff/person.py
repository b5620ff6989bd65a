"""One person: their cards, tablets, roles and rooms."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Form
from sqlalchemy import select
from starlette.responses import Response

from app.foundation.database import Session
from app.people import joining
from app.people.actors import Actor
from app.people.cards import live_cards
from app.people.joining import person_for
from app.people.models import Card, Grant, Person, SignIn
from app.people.roles import grants_of
from app.people.signing_in import sign_ins_of
from app.problems import N_
from app.rooms.finding import UNLISTED, all_rooms, any_room_for
from app.rooms.membership import add_member
from app.rooms.models import Membership, Room
from app.web.pages.names import role_word
from app.web.pages.page import OwnPage, Page
from app.web.pages.staff.joining import about_joining
from app.web.pages.staff.people import all_roles
from app.web.pages.staff.standing import standing_values

router = APIRouter()

A_MOMENT = timedelta(seconds=1)
"""A role ends at the midnight after its last day."""


@dataclass(frozen=True, slots=True)
class Found:
    person: Person
    cards: list[Card]
    sign_ins: list[SignIn]
    grants: list[Grant]
    rooms: list[Room]
    all_rooms: list[Room]
    said_by: str


@router.get("/staff/people/{person_id}")
async def person(page: OwnPage, person_id: str) -> Response:
    found = await page.house.database.read(look, page.me, person_id)
    roles, moment = page.me.roles, page.calendar.moment
    titles = {room.id: room.title for room in found.all_rooms}
    staff = any(grant.role != "member" for grant in found.grants)
    return page.show(
        "staff_person.html",
        person={"id": person_id, "name": found.person.name, "since": page.calendar.day(found.person.joined_at)},
        cards=[{"id": card.id, "words": _card(page, card)} for card in found.cards],
        sign_ins=[
            {"id": one.id, "device": device(one), "began": moment(one.began_at), "seen": moment(one.last_seen_at)}
            for one in found.sign_ins
        ],
        grants=[_grant(page, grant, titles) for grant in found.grants],
        rooms=found.rooms,
        all_rooms=found.all_rooms,
        all_roles=all_roles(page),
        may_make_card=roles.may("make_staff_cards" if staff else "make_cards"),
        may_end=roles.may("make_staff_cards" if staff else "end_sign_ins"),
        may_give=roles.may("give_roles"),
        may_set_up=staff and roles.may("make_staff_cards") and person_id != page.me.id,
        may_choose=roles.may("choose_members"),
        may_add=roles.may("add_people"),
        may_introduce=roles.may("introduce_supporters"),
        is_staff=staff,
        may_get_on_call=roles.may_anywhere("get_on_call") and person_id != page.me.id,
        **standing_values(page, found.person, found.said_by),
        form=uuid4(),
        joining=await about_joining(page, person_id) if roles.may("enrol") and not staff else None,
    )


@router.post("/staff/people/{person_id}/name")
async def rename(page: OwnPage, person_id: str, name: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(_rename, page.me, person_id, name)
    return page.go(f"/staff/people/{person_id}")


@router.post("/staff/people/{person_id}/rooms")
async def let_in(page: OwnPage, person_id: str, room: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(_let_in, page.me, person_id, room)
    return page.go(f"/staff/people/{person_id}")


def look(session: Session, actor: Actor, person_id: str) -> Found:
    person = person_for(session, actor, person_id)
    mine = (
        select(Room)
        .join(Membership, Membership.room_id == Room.id)
        .where(Membership.person_id == person_id, Membership.removed_at.is_(None), Room.kind.not_in(UNLISTED))
        .order_by(Room.title)
    )
    return Found(
        person,
        live_cards(session, person),
        sign_ins_of(session, actor, person),
        grants_of(session, person_id),
        list(session.scalars(mine)),
        all_rooms(session, actor),
        session.scalar(select(Person.name).where(Person.id == person.standing_by)) or "",
    )


def device(sign_in: SignIn) -> str:
    return device_name(sign_in.device)


def device_name(browser: str) -> str:
    """What a browser says of itself, short enough to tell two tablets apart."""
    names = ("iPad", "iPhone", "Android", "Windows", "Macintosh", "CrOS", "Linux")
    return next((name for name in names if name in browser), "")


def _rename(session: Session, actor: Actor, person_id: str, name: str) -> None:
    joining.rename(session, actor, person_for(session, actor, person_id), name)


def _let_in(session: Session, actor: Actor, person_id: str, room_id: str) -> None:
    room = any_room_for(session, actor, room_id)
    add_member(session, actor, room, person_for(session, actor, person_id))


def _card(page: Page, card: Card) -> str:
    made = page.calendar.moment(card.made_at)
    if card.shared and card.last_used_at is None:
        return page.say(N_("For a shared tablet. Made {made}, not used yet"), made=made)
    if card.last_used_at is None:
        return page.say(N_("Made {made}, not used yet"), made=made)
    used = page.calendar.moment(card.last_used_at)
    if card.shared:
        return page.say(N_("For a shared tablet. Made {made}, last used {used}"), made=made, used=used)
    return page.say(N_("Made {made}, last used {used}"), made=made, used=used)


def _grant(page: Page, grant: Grant, titles: dict[str, str]) -> dict[str, Any]:
    words = role_word(grant.role, page.language)
    if grant.room_id:
        room = titles.get(grant.room_id) or page.say(N_("one room"))
        words = page.say(N_("{role} in {room}"), role=words, room=room)
    if grant.ends_at:
        words = page.say(N_("{role}, until {day}"), role=words, day=page.calendar.date(grant.ends_at - A_MOMENT))
    return {"role": grant.role, "room_id": grant.room_id, "words": words}
