"""Making rooms, and closing them for talk."""

import pytest

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import Invalid, NotAllowed, RoomClosed
from app.rooms.finding import people_in, room_for
from app.rooms.models import Room
from app.rooms.opening import choose_languages, close_room, make_room, open_again, put_together, slug_of
from tests.support.company import Company


def pair(session: Session, by: Actor, member: Actor, mentor: Actor) -> Room:
    return put_together(session, by, session.get_one(Person, member.id), session.get_one(Person, mentor.id))


def close(session: Session, by: Actor, room_id: str) -> None:
    close_room(session, by, session.get_one(Room, room_id))


def reopen(session: Session, by: Actor, room_id: str) -> None:
    open_again(session, by, session.get_one(Room, room_id))


def choose(session: Session, by: Actor, room_id: str, languages: list[str]) -> None:
    choose_languages(session, by, session.get_one(Room, room_id), languages)


@pytest.mark.parametrize("kind", ["group", "staff"])
async def test_an_administrator_makes_rooms_which_are_open_and_empty(company: Company, kind: str):
    room = await company.do(make_room, company.at.nora, "  Friday\nSongs ", kind)
    kept = await company.room(room.id)
    assert (kept.title, kept.slug, kept.kind, kept.closed_at) == ("Friday Songs", "friday-songs", kind, None)
    assert (kept.last_seq, kept.version) == (0, 0)
    assert await company.read(people_in, room.id) == []


@pytest.mark.parametrize("who", ["rose", "sam", "fay", "joan", "asha", "vera", "sybil"])
async def test_nobody_else_makes_closes_or_pairs(company: Company, who: str):
    actor = getattr(company.at, who)
    with pytest.raises(NotAllowed):
        await company.do(make_room, actor, "Sybil's room")
    with pytest.raises(NotAllowed):
        await company.do(close, actor, company.at.monday)
    with pytest.raises(NotAllowed):
        await company.do(reopen, actor, company.at.monday)
    with pytest.raises(NotAllowed):
        await company.do(pair, actor, company.at.mei, company.at.sam)


@pytest.mark.parametrize("kind", ["pair", "help", "", "palace"])
async def test_other_kinds_of_rooms_are_not_made_by_hand(company: Company, kind: str):
    with pytest.raises(Invalid):
        await company.do(make_room, company.at.nora, "Friday Songs", kind)


@pytest.mark.parametrize("title", ["", " \n ", "\u202e", "x" * 81])
async def test_a_room_needs_a_title_that_fits(company: Company, title: str):
    with pytest.raises(Invalid):
        await company.do(make_room, company.at.nora, title)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Monday Circle", "monday-circle"),
        ("  Café — Ñandú!! ", "cafe-nandu"),
        ("<script>", "script"),
        ("../../etc", "etc"),
        ("月曜日", ""),
        ("x" * 80, "x" * 50),
    ],
)
def test_a_short_name_is_plain(title: str, slug: str):
    assert slug_of(title) == slug


async def test_two_rooms_of_one_title_have_two_short_names(company: Company):
    again = await company.do(make_room, company.at.nora, "Monday Circle")
    unwritable = await company.do(make_room, company.at.nora, "月曜日")
    assert again.slug.startswith("monday-circle-")
    assert unwritable.slug.startswith("room-")


async def test_a_member_and_a_mentor_are_put_together_in_a_room_for_two(company: Company):
    room = await company.do(pair, company.at.nora, company.at.mei, company.at.sam)
    assert (room.kind, room.title) == ("pair", "Mei & Sam")
    assert [one.name for one in await company.read(people_in, room.id)] == ["Mei", "Sam"]


async def test_the_same_two_get_the_room_they_have(company: Company):
    assert (await company.do(pair, company.at.nora, company.at.rose, company.at.sam)).id == company.at.pair


async def test_a_pair_needs_a_mentor_and_two_people(company: Company):
    with pytest.raises(Invalid) as trouble:
        await company.do(pair, company.at.nora, company.at.rose, company.at.harold)
    assert trouble.value.values["name"] == "Harold"
    with pytest.raises(Invalid):
        await company.do(pair, company.at.nora, company.at.sam, company.at.sam)


async def test_a_closed_room_can_be_read_and_not_written_in_until_it_is_open_again(company: Company):
    await company.say(company.at.rose, "Good morning")
    await company.do(close, company.at.nora, company.at.monday)
    assert (await company.read(room_for, company.at.rose, company.at.monday)).last_seq == 1
    assert isinstance(await company.answer(company.at.rose, "Hello?"), RoomClosed)
    assert isinstance(await company.answer(company.at.fay, "Hello?"), RoomClosed)
    await company.do(reopen, company.at.nora, company.at.monday)
    await company.say(company.at.rose, "Hello again")


async def test_a_room_says_in_which_languages_people_talk(company: Company):
    room = await company.room(company.at.monday)
    assert room.languages == ["en"]
    await company.do(choose, company.at.nora, company.at.monday, ["es", "en"])
    assert (await company.room(company.at.monday)).languages == ["en", "es"]


@pytest.mark.parametrize("languages", [[], ["tlh"], ["en", ""]])
async def test_a_room_has_a_language_and_one_that_we_know(company: Company, languages: list[str]):
    with pytest.raises(Invalid):
        await company.do(choose, company.at.nora, company.at.monday, languages)
    assert (await company.room(company.at.monday)).languages == ["en"]


async def test_its_languages_are_chosen_by_who_opens_rooms(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(choose, company.at.rose, company.at.monday, ["es"])
