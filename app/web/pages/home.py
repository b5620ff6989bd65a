"""Home: what is open now first, then people. It says who wrote, never the words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from app.crisis.responding import open_calls
from app.foundation.database import Session
from app.messages.drafts import rooms_with_drafts
from app.messages.read_marks import news_for
from app.people.actors import Actor
from app.people.consent import State, state_of
from app.problems import N_
from app.rooms.finding import InRoom, people_in, rooms_for
from app.rooms.models import Entry, Room
from app.rooms.presence import here_in
from app.web.pages.home_asks import asks
from app.web.pages.names import listed, talked_here
from app.web.pages.page import OwnPage, Page

router = APIRouter()

FIRST_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Place:
    """One of my rooms: who belongs to it, who is there, its last entry, how much of it is new to me."""

    room: Room
    people: list[InRoom]
    here: list[str]
    last: Entry | None
    new: int


@router.get("/")
async def home(page: OwnPage) -> Response:
    places = await page.house.database.read(my_places, page.me)
    groups = [place for place in places if place.room.kind not in ("pair", "help")]
    pairs = [place for place in places if place.room.kind == "pair" or _is_helping(place)]
    state = await page.house.database.read(state_of, page.me.id)
    return page.show(
        "home.html",
        joining="" if page.me.roles.staff or state.kind == "given" else state.kind,
        practise=_is_new(page, state),
        greeting=greeting(page),
        today=page.calendar.today(),
        open_rooms=[_open(page, place) for place in groups if not place.room.closed_at],
        closed_rooms=[place.room for place in groups if place.room.closed_at],
        pairs=[_pair(page, place) for place in pairs],
        staff=await _staff(page),
        begun=await page.house.database.read(rooms_with_drafts, page.me) if page.me.shared else set(),
        **await asks(page),
    )


def _is_new(page: Page, state: State) -> bool:
    """In the first month Home leads to the practice room, too."""
    begun = state.last.agreed_at if state.last else None
    return not page.me.roles.staff and begun is not None and page.now - begun < FIRST_MONTH


def _is_helping(place: Place) -> bool:
    """Somebody is being helped there now; when it is over, no name of it stays on the first page."""
    return place.room.kind == "help" and place.room.closed_at is None


def my_places(session: Session, actor: Actor) -> list[Place]:
    rooms, news = rooms_for(session, actor), news_for(session, actor)
    here = here_in(session, [room.id for room in rooms])
    return [
        Place(room, people_in(session, room.id), here[room.id][1], _last(session, room), news.get(room.id, (0, ""))[0])
        for room in rooms
    ]


def greeting(page: Page) -> str:
    hour, name = page.calendar.hour(), page.me.name
    if hour < 12:
        return page.say(N_("Good morning, {name}"), name=name)
    if hour < 18:
        return page.say(N_("Good afternoon, {name}"), name=name)
    return page.say(N_("Good evening, {name}"), name=name)


def who_is_there(page: Page, people: list[InRoom], here: list[str]) -> str:
    """ "Fay is there, and 6 of your group." """
    others = [person for person in people if person.id in here and person.id != page.me.id]
    leading = [person.name for person in others if "facilitator" in person.roles]
    rest = [person.name for person in others if "facilitator" not in person.roles]
    if leading and len(rest) > 1:
        return page.say(N_("{name} is there, and {count} of your group."), name=leading[0], count=len(rest))
    names = leading[:1] + rest
    if not names:
        return page.say(N_("Nobody is there just now."))
    if len(names) == 1:
        return page.say(N_("{name} is there."), name=names[0])
    if len(names) < 4:
        return page.say(N_("{names} are there."), names=listed(names, page.language))
    return page.say(N_("{count} of your group are there."), count=len(names))


def _open(page: Page, place: Place) -> dict[str, Any]:
    who = who_is_there(page, place.people, place.here)
    if not set(place.here) - {page.me.id}:
        who += " " + page.say(N_("You can read and write."))
    if place.new:
        who += " " + page.say(N_("There are new words for you."))
    if languages := talked_here(place.room.languages, page.language):
        who += " " + page.say(N_("People talk {languages} here."), languages=languages)
    return {"id": place.room.id, "title": place.room.title, "who": who}


def _pair(page: Page, place: Place) -> dict[str, Any]:
    other = next((person for person in place.people if person.id != page.me.id), None)
    name = other.name if other else place.room.title
    mentor = (
        place.room.kind == "pair"
        and other is not None
        and "mentor" in other.roles
        and "mentor" not in page.me.roles.names()
    )
    heading = page.say(N_("Your mentor, {name}"), name=name) if mentor else name
    return {
        "id": place.room.id,
        "heading": heading,
        "wrote": _wrote(page, place, name),
        "new": place.new,
        "go": page.say(N_("Read what {name} wrote") if place.new else N_("Write to {name}"), name=name),
    }


def _is_mentor(page: Page, other: InRoom) -> bool:
    return "mentor" in other.roles and "mentor" not in page.me.roles.names()


def _wrote(page: Page, place: Place, name: str) -> str:
    if place.last is None:
        return page.say(N_("You can write to {name} here."), name=name)
    when = page.calendar.when(place.last.at)
    if place.last.author_id == page.me.id:
        return page.say(N_("You wrote to {name} {when}."), name=name, when=when)
    return page.say(N_("{name} wrote to you {when}."), name=name, when=when)


async def _staff(page: Page) -> dict[str, str] | None:
    if not page.me.roles.staff:
        return None
    if not page.me.roles.may_anywhere("see_calls_for_help"):
        return {"words": page.say(N_("People, rooms and what waits."))}
    calls = await page.house.database.read(open_calls, page.me)
    if calls:
        return {"words": page.say(N_("Calls for help that are open: {count}"), count=len(calls))}
    return {"words": page.say(N_("No call for help is open."))}


def _last(session: Session, room: Room) -> Entry | None:
    return session.scalar(select(Entry).where(Entry.room_id == room.id, Entry.seq == room.last_seq))
