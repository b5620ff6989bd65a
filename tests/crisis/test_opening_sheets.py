"""Who looks after a call opens the caller's sheet; nobody else does, and nobody unseen."""

from pathlib import Path

import pytest

from app.crisis.answering import answer
from app.crisis.ending import close
from app.crisis.opening_sheets import open_sheet
from app.crisis.raising import raise_help
from app.foundation.sealing import Seals
from app.people.help_sheet import keep_own, openings_of
from app.problems import NotAllowed, NotFound
from tests.support.company import Company, new_ref

MINE = {"where": "In the kitchen", "way_in": "The key is under the blue pot."}


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "sealing-keys")


async def call(company: Company, seals: Seals, who: str = "rose") -> str:
    await company.do(keep_own, company.at.rose, MINE, seals)
    return (await company.do(raise_help, getattr(company.at, who), new_ref())).incident_id


async def test_asha_who_looks_after_the_call_opens_it_and_rose_sees_that_she_did(company: Company, seals: Seals):
    incident = await call(company, seals)
    await company.do(answer, company.at.asha, incident)
    sheet = await company.do(open_sheet, company.at.asha, incident, seals)
    assert sheet is not None
    assert sheet.words["way_in"] == MINE["way_in"]
    await company.do(open_sheet, company.at.asha, incident, seals)
    seen = await company.read(openings_of, company.at.rose)
    assert [name for _, name in seen] == ["Asha", "Asha"]
    assert await company.read(openings_of, company.at.harold) == []


async def test_nobody_opens_it_before_they_said_that_they_look_after_the_call(company: Company, seals: Seals):
    incident = await call(company, seals)
    with pytest.raises(NotAllowed):
        await company.do(open_sheet, company.at.asha, incident, seals)
    await company.do(answer, company.at.asha, incident)
    with pytest.raises(NotAllowed):
        await company.do(open_sheet, company.at.ben, incident, seals)
    assert await company.read(openings_of, company.at.rose) == []


async def test_when_the_call_is_over_it_is_shut_again(company: Company, seals: Seals):
    incident = await call(company, seals)
    await company.do(answer, company.at.asha, incident)
    await company.do(close, company.at.asha, incident, "safe_with_plan", "Rang her daughter")
    with pytest.raises(NotAllowed):
        await company.do(open_sheet, company.at.asha, incident, seals)


@pytest.mark.parametrize("who", ["rose", "harold", "joan", "sam", "sybil"])
async def test_for_everybody_else_there_is_no_such_call(company: Company, seals: Seals, who: str):
    incident = await call(company, seals)
    with pytest.raises(NotFound):
        await company.do(open_sheet, getattr(company.at, who), incident, seals)


async def test_who_never_filled_one_in_has_none_and_nothing_is_noted(company: Company, seals: Seals):
    incident = await call(company, seals, "harold")
    await company.do(answer, company.at.asha, incident)
    assert await company.do(open_sheet, company.at.asha, incident, seals) is None
    assert await company.read(openings_of, company.at.harold) == []
