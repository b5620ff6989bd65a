"""Whom to ring today: the helper, or who covers for them until a day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from app.foundation.clock import database_now
from app.people.covering import Helper, cover, helper_today, say_hours
from app.people.models import Site
from app.problems import Invalid, NotAllowed
from tests.support.company import Company
from tests.support.databases import pass_time


@pytest.fixture
async def joans_house(company: Company) -> Company:
    joan = {"helper_name": "Joan", "helper_phone": "555 0100", "helper_hours": "9 to 5"}
    await company.do(lambda session: session.execute(update(Site).values(**joan)).close())
    return company


async def today(company: Company) -> Helper:
    return await company.read(lambda session: helper_today(session.get_one(Site, 1), database_now(session)))


async def in_days(company: Company, days: int) -> datetime:
    return await company.read(database_now) + timedelta(days=days)


async def test_it_is_the_helper_of_the_house(joans_house: Company):
    assert await today(joans_house) == Helper("Joan", "555 0100", "9 to 5")


async def test_ann_covers_until_that_day_and_then_it_is_joan_again(joans_house: Company):
    until = await in_days(joans_house, 3)
    await joans_house.do(cover, joans_house.at.joan, name="Ann", phone="555 0101", hours="mornings", until=until)
    assert await today(joans_house) == Helper("Ann", "555 0101", "mornings", "Joan", until)
    await pass_time(joans_house.database, days=3)
    assert (await today(joans_house)).name == "Joan"


async def test_joan_comes_back_early(joans_house: Company):
    until = await in_days(joans_house, 3)
    await joans_house.do(cover, joans_house.at.nora, name="Ann", phone="555 0101", until=until)
    await joans_house.do(cover, joans_house.at.joan, name="", phone="", until=None)
    assert (await today(joans_house)).name == "Joan"


async def test_a_cover_has_a_number_and_a_day_to_come(joans_house: Company):
    with pytest.raises(Invalid):
        await joans_house.do(cover, joans_house.at.joan, name="Ann", phone="", until=await in_days(joans_house, 3))
    for until in (None, await in_days(joans_house, -1)):
        with pytest.raises(Invalid):
            await joans_house.do(cover, joans_house.at.joan, name="Ann", phone="555 0101", until=until)
    with pytest.raises(Invalid):
        await joans_house.do(
            cover, joans_house.at.joan, name="A" * 81, phone="1234", until=await in_days(joans_house, 1)
        )
    assert (await today(joans_house)).name == "Joan"


@pytest.mark.parametrize("who", ["rose", "fay", "asha", "sybil"])
async def test_nobody_else_changes_whom_people_ring(joans_house: Company, who: str):
    other = getattr(joans_house.at, who)
    with pytest.raises(NotAllowed):
        await joans_house.do(cover, other, name="Sybil", phone="666", until=await in_days(joans_house, 3))
    with pytest.raises(NotAllowed):
        await joans_house.do(say_hours, other, "never")


async def test_joan_says_when_she_answers(joans_house: Company):
    await joans_house.do(say_hours, joans_house.at.joan, "10 to 4")
    assert (await today(joans_house)).hours == "10 to 4"
    with pytest.raises(Invalid):
        await joans_house.do(say_hours, joans_house.at.joan, "x" * 81)
