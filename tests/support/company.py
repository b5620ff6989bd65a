"""The cast in one database, for tests of verbs: who they are, where they belong, and short ways to act."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.foundation.clock import now
from app.foundation.database import Database, Session
from app.foundation.tokens import new_id
from app.messages.pace import Pace
from app.messages.posting import Alone, Answer, Words, post_alone, post_batch
from app.messages.refs import Said
from app.people.actors import SYSTEM, Actor
from app.people.agreement.reading import agreement, newest_version
from app.people.consent import Consent
from app.people.granting import give_role
from app.people.joining import add_person
from app.people.models import Person
from app.people.open_house import open_to_all
from app.people.roles import roles_of
from app.rooms.membership import add_member
from app.rooms.models import Room
from app.rooms.opening import make_room, put_together
from tests import cast
from tests.support.proofs import ALWAYS

P = ParamSpec("P")
T = TypeVar("T")
KEY = b"the key of the tests' house, which is long enough"


def new_ref() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Gathered:
    """Rose, Harold, Dot and Ken are of the Monday Circle, kept by Fay and Gil; Mei, Luis, Walter and Ann of the
    Thursday Tea, kept by Gil. Rose and Sam are a pair; Fay, Gil and Asha have a back room. Sybil is nowhere."""

    monday: str
    thursday: str
    pair: str
    back_room: str
    rose: Actor
    harold: Actor
    dot: Actor
    ken: Actor
    mei: Actor
    luis: Actor
    walter: Actor
    ann: Actor
    fay: Actor
    gil: Actor
    sam: Actor
    joan: Actor
    asha: Actor
    ben: Actor
    nora: Actor
    vera: Actor
    sybil: Actor


ROOMS = {
    "monday": (cast.ROSE, cast.HAROLD, cast.DOT, cast.KEN, cast.FAY, cast.GIL),
    "thursday": (cast.MEI, cast.LUIS, cast.WALTER, cast.ANN, cast.GIL),
    "back_room": (cast.FAY, cast.GIL, cast.ASHA),
}
ALONE = (cast.SAM, cast.JOAN, cast.BEN, cast.NORA, cast.VERA, cast.SYBIL)


def gather(session: Session) -> Gathered:
    open_to_all(session)
    people = {one.name: _join(session, one) for one in {*sum(ROOMS.values(), ()), *ALONE}}
    rooms = {
        "monday": make_room(session, SYSTEM, "Monday Circle"),
        "thursday": make_room(session, SYSTEM, "Thursday Tea"),
        "back_room": make_room(session, SYSTEM, "Back room", "staff"),
    }
    for name, members in ROOMS.items():
        for one in members:
            add_member(session, SYSTEM, rooms[name], people[one.name])
            if name in ("monday", "thursday") and one in (cast.FAY, cast.GIL):
                give_role(session, SYSTEM, people[one.name], "facilitator", rooms[name].id)
    rooms["pair"] = put_together(session, SYSTEM, people["Rose"], people["Sam"])
    places = {name: room.id for name, room in rooms.items()}
    return Gathered(**places, **{name.lower(): actor_of(session, person) for name, person in people.items()})


def _join(session: Session, one: cast.Character) -> Person:
    person = add_person(session, SYSTEM, one.name, roles=() if one in (cast.FAY, cast.GIL) else one.roles)
    has_agreed(session, person)
    return person


def has_agreed(session: Session, person: Person) -> None:
    """To be here, before the test: what follows from agreeing is not what the test is about."""
    told = agreement(newest_version(), "en").screen
    answers = {screen.key: "no" if screen.may_be_refused else "yes" for screen in told}
    session.add(
        Consent(
            id=new_id(),
            person_id=person.id,
            version=newest_version(),
            language="en",
            how="paper",
            beside_id="",
            beside_name="",
            answers=answers,
            begun_at=now(),
            agreed_at=now(),
        )  # fmt: skip
    )


def actor_of(session: Session, person: Person) -> Actor:
    """Somebody who has just proved who they are, whatever the clock says."""
    return Actor(person.id, person.name, roles_of(session, person.id), proved_at=ALWAYS)


class Company:
    """The people (`company.at.rose`), what was published (`company.heard`), and ways to act."""

    def __init__(self, database: Database, gathered: Gathered, heard: list[Any]) -> None:
        self.database = database
        self.at = gathered
        self.heard = heard
        self.pace = Pace()

    async def do(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs) -> T:
        return await self.database.transaction(verb, *args, **options)

    async def read(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs) -> T:
        return await self.database.read(verb, *args, **options)

    async def post(self, *batch: Words) -> list[Answer]:
        """What the line of words does: together, and alone what needs it."""
        answers = await self.do(post_batch, list(batch), self.pace)
        return [
            await self.do(post_alone, words, self.pace) if isinstance(answer, Alone) else answer
            for words, answer in zip(batch, answers, strict=True)
        ]

    async def answer(self, who: Actor, text: str, room: str = "", ref: str = "", **more: Any) -> Answer:
        """One person says something (in the Monday Circle, unless told otherwise)."""
        words = Words(room or self.at.monday, who.id, ref or new_ref(), text, no_limits=who.no_limits, **more)
        return (await self.post(words))[0]

    async def say(self, who: Actor, text: str, room: str = "", **more: Any) -> Said:
        """The same, where nothing stands against it."""
        answer = await self.answer(who, text, room, **more)
        assert isinstance(answer, Said), answer
        return answer

    async def person(self, who: Actor) -> Person:
        return await self.read(lambda session: session.get_one(Person, who.id))

    async def room(self, room_id: str) -> Room:
        return await self.read(lambda session: session.get_one(Room, room_id))

    async def again(self, who: Actor) -> Actor:
        """The same person with the roles they have now."""
        return await self.read(lambda session: actor_of(session, session.get_one(Person, who.id)))
