"""What somebody rang about, for whoever answers the next time."""

import pytest

from app.people.phone_calls import ABOUT, calls_of, log_call
from app.problems import Invalid, NotAllowed
from tests.support.company import Company


async def test_joan_keeps_what_rose_rang_about_and_finds_it_the_next_time(company: Company):
    rose = await company.person(company.at.rose)
    await company.do(log_call, company.at.joan, rose, "letters", "Made them larger with her.")
    await company.do(log_call, company.at.joan, rose, "network")
    calls = await company.read(calls_of, company.at.joan, rose)
    assert {(call.about, call.note, name) for call, name in calls} == {
        ("letters", "Made them larger with her.", "Joan"),
        ("network", "", "Joan"),
    }


@pytest.mark.parametrize(("about", "note"), [("her heart", ""), ("", ""), (ABOUT[0], "x" * 401)])
async def test_what_cannot_be_kept_is_said(company: Company, about: str, note: str):
    with pytest.raises(Invalid):
        await company.do(log_call, company.at.joan, await company.person(company.at.rose), about, note)


@pytest.mark.parametrize("who", ["rose", "harold", "fay", "asha", "nora", "sybil"])
async def test_nobody_else_keeps_or_reads_calls(company: Company, who: str):
    rose, other = await company.person(company.at.rose), getattr(company.at, who)
    with pytest.raises(NotAllowed):
        await company.do(log_call, other, rose, "letters")
    with pytest.raises(NotAllowed):
        await company.read(calls_of, other, rose)


async def test_nobody_keeps_a_call_of_their_own(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(log_call, company.at.joan, await company.person(company.at.joan), "letters")
