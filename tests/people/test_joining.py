"""Coming into the house, and the name one has in it."""

import pytest

from app.foundation.announcements import AccessChanged
from app.foundation.database import Session
from app.messages.reading import history
from app.people.actors import SYSTEM, Actor
from app.people.joining import LONGEST_NAME, add_person, find_people, person_for, rename
from app.people.models import Person
from app.problems import Invalid, NotAllowed, NotFound
from tests.support.company import Company

NAMES = [
    ("  Rose  ", "Rose"),
    ("María José Ñandú", "María José Ñandú"),
    ("Rose\r\nis here", "Rose is here"),
    ("\u202eesoR\u202c", "esoR"),
    ("\u2067ורד\u2069", "ורד"),
    ("Ro\x00se\x1b[31m", "Rose[31m"),
    ("<script>alert('Rose')</script>", "<script>alert('Rose')</script>"),
    ("Jose\u0301", "Jos\u00e9"),
    ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ("👵🏽" * 30, "👵🏽" * 30),
]


def call(session: Session, by: Actor, who: Actor, name: str) -> None:
    rename(session, by, session.get_one(Person, who.id), name)


def names(people: list[Person]) -> list[str]:
    return [person.name for person in people]


@pytest.mark.parametrize(("given", "kept"), NAMES)
async def test_any_name_a_person_can_have_is_kept(company: Company, given: str, kept: str):
    person = await company.do(add_person, company.at.nora, given)
    assert (await company.read(person_for, company.at.nora, person.id)).name == kept


@pytest.mark.parametrize("given", ["", "   ", "\u202e\u202c", "\x00\x07", "x" * (LONGEST_NAME + 1), "👵" * 10_000])
async def test_no_name_or_one_that_fits_no_card_is_refused_at_its_field(company: Company, given: str):
    with pytest.raises(Invalid) as trouble:
        await company.do(add_person, company.at.nora, given)
    assert [field for field, _ in trouble.value.fields] == ["name"]


async def test_two_people_may_have_one_name(company: Company):
    one, other = [await company.do(add_person, company.at.nora, "Rose") for _ in range(2)]
    assert one.id != other.id


@pytest.mark.parametrize("who", ["rose", "sam", "joan", "fay", "asha", "vera", "sybil"])
async def test_only_an_administrator_adds_people(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(add_person, getattr(company.at, who), "Ellen")


async def test_somebody_who_may_not_give_roles_adds_nobody_with_one(company: Company):
    with pytest.raises(Invalid):
        await company.do(add_person, SYSTEM, "Ellen", roles=("member", "queen"))
    assert await company.read(find_people, company.at.nora, "Ellen") == []


async def test_people_call_themselves_what_they_like(company: Company):
    await company.do(call, company.at.rose, company.at.rose, "Rosie")
    assert (await company.person(company.at.rose)).name == "Rosie"
    assert company.heard == [AccessChanged()]


@pytest.mark.parametrize("who", ["harold", "fay", "joan", "sybil"])
async def test_nobody_else_changes_their_name(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(call, getattr(company.at, who), company.at.rose, "Granny")
    await company.do(call, company.at.nora, company.at.rose, "Rose M.")


async def test_words_keep_the_name_of_their_day(company: Company):
    await company.say(company.at.rose, "Good morning")
    await company.do(call, company.at.rose, company.at.rose, "Rosie")
    await company.say(company.at.rose, "It is me")
    pages = await company.read(history, company.at.harold, company.at.monday, None, 50)
    assert [entry["author"]["name"] for entry in pages.entries] == ["Rose", "Rosie"]


@pytest.mark.parametrize("who", ["joan", "fay", "asha", "vera", "nora"])
async def test_staff_who_look_after_people_find_them(company: Company, who: str):
    actor = getattr(company.at, who)
    assert (await company.read(person_for, actor, company.at.rose.id)).name == "Rose"
    assert names(await company.read(find_people, actor, "ros")) == ["Rose"]


@pytest.mark.parametrize("who", ["harold", "sam", "sybil"])
async def test_others_find_nobody_but_themselves(company: Company, who: str):
    actor = getattr(company.at, who)
    for wanted in (company.at.rose.id, "nobody"):
        with pytest.raises(NotFound) as trouble:
            await company.read(person_for, actor, wanted)
        assert trouble.value.sentence == "We cannot find that person."
    with pytest.raises(NotFound):
        await company.read(find_people, actor, "")
    assert (await company.read(person_for, actor, actor.id)).id == actor.id


@pytest.mark.parametrize(
    ("part", "found"),
    [("", 17), ("SYB", 1), ("a", 9), ("%", 0), ("_", 0), ("\\", 0), ("' OR 1=1 --", 0), ("  rose  ", 1)],
)
async def test_people_are_found_by_a_part_of_their_name_as_it_is_written(company: Company, part: str, found: int):
    people = names(await company.read(find_people, company.at.nora, part))
    assert len(people) == found
    assert people == sorted(people)


async def test_a_long_house_is_not_read_out_whole(company: Company):
    assert names(await company.read(find_people, company.at.nora, most=3)) == ["Ann", "Asha", "Ben"]
