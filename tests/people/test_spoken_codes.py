"""Six numbers said on the telephone: once, for ten minutes, for members alone."""

import pytest
from sqlalchemy import select

from app.people.granting import give_role
from app.people.models import Person
from app.people.second_tablets import to_be_known
from app.people.signing_in import Device, actor_for, begin
from app.people.spoken_codes import LASTS_SECONDS, SpokenCode, make_code, sign_in_with_code, whose_code
from app.problems import Invalid, NotAllowed, NotFound
from tests.support.company import KEY, Company
from tests.support.databases import pass_time


async def code_for_rose(company: Company) -> str:
    return await company.do(make_code, company.at.joan, await company.person(company.at.rose), KEY)


async def test_it_asks_whether_she_is_rose_and_then_lets_her_in(company: Company):
    code = await code_for_rose(company)
    assert len(code) == 6 and code.isdigit()
    assert await company.do(whose_code, code, KEY) == "Rose"
    signed = await company.do(sign_in_with_code, f"{code[:3]} {code[3:]}", KEY, at=Device("iPad"))
    actor = await company.read(actor_for, signed.token, KEY)
    assert actor is not None and actor.id == company.at.rose.id


async def test_it_works_once(company: Company):
    code = await code_for_rose(company)
    await company.do(sign_in_with_code, code, KEY, at=Device())
    with pytest.raises(NotFound):
        await company.do(whose_code, code, KEY)
    with pytest.raises(NotFound):
        await company.do(sign_in_with_code, code, KEY, at=Device())


async def test_it_works_for_ten_minutes(company: Company):
    code = await code_for_rose(company)
    await pass_time(company.database, seconds=LASTS_SECONDS - 30)
    assert await company.do(whose_code, code, KEY) == "Rose"
    await pass_time(company.database, seconds=31)
    with pytest.raises(NotFound):
        await company.do(sign_in_with_code, code, KEY, at=Device())


async def test_new_numbers_end_the_ones_before(company: Company):
    first = await code_for_rose(company)
    second = await code_for_rose(company)
    assert await company.do(whose_code, second, KEY) == "Rose"
    if first != second:
        with pytest.raises(NotFound):
            await company.do(whose_code, first, KEY)


@pytest.mark.parametrize("typed", ["", "abc", "000000000", "١٢٣٤٥٦", "' OR 1=1", "1" * 100_000])
async def test_what_is_not_the_code_opens_nothing(company: Company, typed: str):
    await code_for_rose(company)
    with pytest.raises(NotFound):
        await company.do(whose_code, typed, KEY)


async def test_the_numbers_themselves_are_not_stored(company: Company):
    code = await code_for_rose(company)
    [row] = await company.read(lambda session: list(session.scalars(select(SpokenCode))))
    assert code not in {str(value) for value in vars(row).values()}


@pytest.mark.parametrize("who", ["fay", "sam", "asha", "nora", "vera", "joan"])
async def test_no_staff_gets_in_by_numbers_that_were_said_aloud(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(make_code, company.at.joan, await company.person(getattr(company.at, who)), KEY)


async def test_who_becomes_staff_meanwhile_does_not_get_in_by_them(company: Company):
    code = await code_for_rose(company)

    def promote(session):
        give_role(session, company.at.nora, session.get_one(Person, company.at.rose.id), "mentor")

    await company.do(promote)
    with pytest.raises(NotFound):
        await company.do(sign_in_with_code, code, KEY, at=Device())


@pytest.mark.parametrize("who", ["rose", "harold", "fay", "sam", "asha", "vera", "sybil"])
async def test_nobody_else_makes_one(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(make_code, getattr(company.at, who), await company.person(company.at.rose), KEY)


async def test_a_tablet_at_home_hears_of_another_that_the_numbers_opened(company: Company):
    home = await company.do(begin, await company.person(company.at.rose), KEY)
    await company.do(sign_in_with_code, await code_for_rose(company), KEY, at=Device())
    assert await company.read(to_be_known, home.actor)


async def test_nobody_makes_numbers_for_somebody_who_died(company: Company):
    await company.do(lambda session: setattr(session.get_one(Person, company.at.rose.id), "standing", "died"))
    with pytest.raises(Invalid):
        await code_for_rose(company)
