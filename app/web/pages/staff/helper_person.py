"""One person on the telephone: are they here, how are their letters, what they rang about, how to reach them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from app.foundation.database import Session
from app.messages.by_phone import rooms_by_phone
from app.people import phone_calls, ways
from app.people.actors import Actor
from app.people.cards import live_cards
from app.people.joining import person_for
from app.people.models import Card, Person, SignIn
from app.people.phone_calls import PhoneCall
from app.people.roles import require_to_find, roles_of
from app.people.signing_in import sign_ins_of
from app.people.ways import Reach, Way
from app.problems import N_
from app.rooms.connection import Connection, connection_of
from app.rooms.models import Room
from app.web.pages.page import OwnPage, Page
from app.web.pages.page_kinds import WORDS as PAGE_WORDS
from app.web.pages.staff.person import device
from app.web.pages.way_words import ways_view

router = APIRouter()

ABOUT = {
    "sign_in": N_("The card, or signing in"),
    "tablet": N_("The tablet itself"),
    "letters": N_("Letters and colors"),
    "network": N_("No connection"),
    "other": N_("Something else"),
}
KEPT = {
    "yes": N_("This is kept."),
    "said": N_("The words are in the room."),
    "held": N_("A facilitator reads the words first."),
}


@dataclass(frozen=True, slots=True)
class Found:
    person: Person
    staff: bool
    connection: Connection
    cards: list[Card]
    tablets: list[SignIn]
    calls: list[tuple[PhoneCall, str]]
    ways: list[Way]
    reach: Reach
    rooms: list[Room]


@router.get("/staff/helper/{person_id}")
async def show(page: OwnPage, person_id: str, kept: str = "") -> Response:
    require_to_find(page.me.roles, "look_after_tablets")
    found = await page.house.database.transaction(look, page.me, person_id)
    person, roles = found.person, page.me.roles
    return page.show(
        "staff_helper_person.html",
        person={"id": person.id, "name": person.name, "letters": person.letters, "contrast": person.contrast},
        their_language=person.language,
        kept=page.say(KEPT[kept]) if kept in KEPT else "",
        now_lines=_here(page, found.connection),
        card=_card(page, found.cards),
        tablets=[_tablet(page, one) for one in found.tablets],
        calls=[_call(page, *one) for one in found.calls],
        about=[{"key": key, "word": page.say(word)} for key, word in ABOUT.items()],
        rooms=found.rooms if roles.may("write_by_phone") and person.id != page.me.id else [],
        may_code=not found.staff and roles.may("make_cards"),
        nonce=uuid4(),
        base=f"/staff/helper/{person.id}/ways",
        mine=False,
        **ways_view(page, found.ways, found.reach),
    )


def look(session: Session, actor: Actor, person_id: str) -> Found:
    person = person_for(session, actor, person_id)
    their_ways, reach = ways.ways_of(session, actor, person)
    return Found(
        person,
        roles_of(session, person.id).staff,
        connection_of(session, actor, person),
        live_cards(session, person),
        sign_ins_of(session, actor, person),
        phone_calls.calls_of(session, actor, person),
        their_ways,
        reach,
        rooms_by_phone(session, person),
    )


def _here(page: Page, found: Connection) -> list[str]:
    """What is true now, first."""
    lines = []
    if found.in_room_since:
        lines.append(
            page.say(N_("Here now: a room is open, since {time}."), time=page.calendar.moment(found.in_room_since))
        )
    if found.page_at:
        said = N_("A moment ago: {page}.") if found.lately else N_("Last page: {page}, {time}.")
        word = page.say(PAGE_WORDS.get(found.page, found.page))
        lines.append(page.say(said, page=word, time=page.calendar.moment(found.page_at)))
    return lines or [page.say(N_("Not seen on any page yet."))]


def _card(page: Page, cards: list[Card]) -> str:
    if not cards:
        return page.say(N_("No card that works."))
    used = [card.last_used_at for card in cards if card.last_used_at]
    if not used:
        return page.say(N_("A card that was not used yet."))
    return page.say(N_("A card, last used {when}."), when=page.calendar.moment(max(used)))


def _tablet(page: Page, one: SignIn) -> dict[str, Any]:
    moment = page.calendar.moment
    return {"id": one.id, "device": device(one), "began": moment(one.began_at), "seen": moment(one.last_seen_at)}


def _call(page: Page, call: PhoneCall, by: str) -> dict[str, str]:
    return {"when": page.calendar.moment(call.at), "about": page.say(ABOUT[call.about]), "note": call.note, "by": by}
