"""A house that has somebody who is told when nobody else can be keeps one."""

import pytest

from app.crisis.keeping_site import keep_site
from app.crisis.on_call import OnCallPlan
from app.people.models import Site
from app.problems import Invalid, NotAllowed
from tests.support.company import Company

OFFICE = "office@example.org"


async def catch_all(company: Company) -> str:
    return await company.read(lambda session: session.get_one(Site, 1).catch_all)


async def test_the_last_catch_all_cannot_be_taken_away(company: Company):
    await company.do(keep_site, company.at.nora, name="Oak House", catch_all=OFFICE)
    with pytest.raises(Invalid) as trouble:
        await company.do(keep_site, company.at.nora, name="Elm House", catch_all=" ")
    assert trouble.value.fields[0][0] == "catch_all"
    assert await catch_all(company) == OFFICE


async def test_a_telephone_may_stand_in_its_place(company: Company):
    await company.do(keep_site, company.at.nora, catch_all=OFFICE)
    await company.do(lambda session: setattr(session.get_one(OnCallPlan, 1), "catch_all_phone", "555 0144"))
    await company.do(keep_site, company.at.nora, catch_all="")
    assert await catch_all(company) == ""


async def test_a_house_that_has_none_yet_can_say_the_rest(company: Company):
    assert (await company.do(keep_site, company.at.nora, name="Oak House", catch_all="")).name == "Oak House"


async def test_nobody_else_does(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(keep_site, company.at.vera, name="Oak House")
