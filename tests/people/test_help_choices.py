"""Ask me first is agreed with somebody, and ended by oneself; a quiet card is one's own wish."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.foundation.sealing import Seals
from app.people.help_choices import HowICall, agree_to_ask_first, choose_own, how_i_call
from app.problems import Invalid, NotAllowed
from tests.support.company import Company


async def how(company: Company, tmp_path: Path) -> HowICall:
    return await company.read(how_i_call, company.at.rose.id, Seals(tmp_path / "sealing-keys"))


async def test_it_is_agreed_with_their_yes_and_recorded(company: Company, tmp_path: Path):
    joan, rose = company.at.joan, await company.person(company.at.rose)
    with pytest.raises(Invalid):
        await company.do(agree_to_ask_first, joan, rose, on=True, said_yes=False)
    assert await how(company, tmp_path) == HowICall()
    await company.do(agree_to_ask_first, joan, rose, on=True, said_yes=True)
    assert (await how(company, tmp_path)).ask_first
    links = select(AuditLink.who, AuditLink.whom).where(AuditLink.did == "agree_to_ask_first")
    kept = await company.read(lambda session: [tuple(row) for row in session.execute(links)])
    assert kept == [(joan.id, rose.id)]


async def test_only_who_enrols_people_agrees_it_and_nobody_for_themselves(company: Company):
    rose = await company.person(company.at.rose)
    for who in (company.at.rose, company.at.harold, company.at.fay, company.at.asha):
        with pytest.raises(NotAllowed):
            await company.do(agree_to_ask_first, who, rose, on=True, said_yes=True)
    with pytest.raises(Invalid):
        joan = await company.person(company.at.joan)
        await company.do(agree_to_ask_first, company.at.joan, joan, on=True, said_yes=True)


async def test_it_is_ended_by_oneself_and_not_begun(company: Company, tmp_path: Path):
    rose = company.at.rose
    await company.do(choose_own, rose, quiet=False, ask_first=True)
    assert not (await how(company, tmp_path)).ask_first
    await company.do(agree_to_ask_first, company.at.joan, await company.person(rose), on=True, said_yes=True)
    await company.do(choose_own, rose, quiet=True, ask_first=True)
    assert await how(company, tmp_path) == HowICall("", True, True)
    await company.do(choose_own, rose, quiet=True, ask_first=False)
    assert await how(company, tmp_path) == HowICall("", False, True)
