"""What the people who run this house say about it."""

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.people.models import Site
from app.people.site import LONGEST, edit_site
from app.problems import Invalid, NotAllowed
from tests.support.company import Company

SAID = {
    "name": "Oak House",
    "helper_name": "Joan",
    "helper_phone": "555 0100",
    "helper_hours": "9 to 5",
    "catch_all": "office@example.org",
}


async def site(company: Company) -> dict[str, str]:
    return await company.read(lambda session: {name: getattr(session.get_one(Site, 1), name) for name in SAID})


async def test_an_administrator_says_what_it_is_called_and_who_helps(company: Company):
    await company.do(edit_site, company.at.nora, **SAID)
    assert await site(company) == SAID
    await company.do(edit_site, company.at.nora, helper_name="  Sam\u202e ")
    assert await site(company) == {**SAID, "helper_name": "Sam"}


@pytest.mark.parametrize("who", ["rose", "sam", "joan", "fay", "asha", "vera", "sybil"])
async def test_nobody_else_does(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(edit_site, getattr(company.at, who), **SAID)


@pytest.mark.parametrize("field", LONGEST)
async def test_what_is_too_long_is_refused_and_nothing_is_kept(company: Company, field: str):
    before = await site(company)
    with pytest.raises(Invalid):
        await company.do(edit_site, company.at.nora, **{**SAID, field: "x" * (LONGEST[field] + 1)})
    assert await site(company) == before


@pytest.mark.parametrize("address", ["office", "office@", "@example.org", "a b@example.org", "a@b@c", "a@b\x0bc d"])
async def test_a_catch_all_that_is_no_address_is_refused(company: Company, address: str):
    with pytest.raises(Invalid) as trouble:
        await company.do(edit_site, company.at.nora, catch_all=address)
    assert trouble.value.fields[0][0] == "catch_all"


async def test_a_house_without_a_catch_all_is_one_and_without_a_name_is_not(company: Company):
    await company.do(edit_site, company.at.nora, catch_all="")
    with pytest.raises(Invalid):
        await company.do(edit_site, company.at.nora, name=" \n")


async def test_it_is_recorded_who_changed_what(company: Company):
    await company.do(edit_site, company.at.nora, helper_phone="555 0100")
    links = select(AuditLink).where(AuditLink.did == "edit_site")
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.details) == (company.at.nora.id, {"fields": ["helper_phone"]})
