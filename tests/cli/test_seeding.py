"""`hearthside seed`: rooms full of people who are signed in already."""

from pathlib import Path

from app.foundation.database import Database, Session
from app.people.signing_in import actor_for
from app.rooms.finding import may_moderate, people_in, room_for
from app.rooms.models import Room
from app.seeding import seed_room
from app.settings import Settings
from tests.support.company import KEY

SETTINGS = Settings(data_dir=Path("nowhere"))


async def seeded(database: Database, members: int = 3, no_limits: bool = False) -> list[dict[str, str]]:
    return await database.transaction(seed_room, SETTINGS, KEY, members, no_limits)


async def test_a_room_has_its_members_and_then_its_facilitator(database: Database):
    lines = await seeded(database)
    assert [line["role"] for line in lines] == ["member", "member", "member", "facilitator"]
    assert len({line["token"] for line in lines}) == 4
    assert {line["slug"] for line in lines} == {"room-1"}
    people = await database.read(people_in, lines[0]["room"])
    assert {one.name for one in people} == {line["name"] for line in lines}


async def test_each_is_signed_in_and_may_what_their_role_may(database: Database):
    def look(session: Session, line: dict[str, str]) -> tuple[bool, bool]:
        actor = actor_for(session, line["token"], KEY)
        assert actor is not None and actor.name == line["name"]
        return may_moderate(actor.roles, room_for(session, actor, line["room"])), actor.no_limits

    looks = [await database.read(look, line) for line in await seeded(database)]
    assert looks == [(False, False)] * 3 + [(True, False)]


async def test_no_limits_are_for_those_who_ask_for_none(database: Database):
    lines = await seeded(database, members=1, no_limits=True)
    actors = [await database.read(actor_for, line["token"], KEY) for line in lines]
    assert all(actor and actor.no_limits for actor in actors)


async def test_more_rooms_are_further_rooms(database: Database):
    slugs = [(await seeded(database, members=1))[0]["slug"] for _ in range(3)]
    assert slugs == ["room-1", "room-2", "room-3"]


async def test_a_facilitator_keeps_their_own_room_only(database: Database):
    [*_, one], [*_, other] = [await seeded(database, members=1) for _ in range(2)]

    def moderates(session: Session) -> bool:
        actor = actor_for(session, one["token"], KEY)
        assert actor is not None
        return may_moderate(actor.roles, session.get_one(Room, other["room"]))

    assert not await database.read(moderates)
