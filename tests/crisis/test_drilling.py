"""A call for practice pages nobody, stands in no list and answers to no code."""

import pytest
from sqlalchemy import func, select

from app.crisis import drilling, escalation
from app.crisis.answering import answer_by_code
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Page
from app.crisis.raising import raise_help
from app.crisis.responding import open_calls
from app.problems import NotFound
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time


async def pages(company: Company) -> int:
    return await company.read(lambda session: session.scalar(select(func.count()).select_from(Page)) or 0)


async def test_it_goes_from_begin_to_end_and_nobody_hears_of_it(company: Company):
    asha = company.at.asha
    for one in (asha, company.at.ben):
        await has_ways(company, one, "text", "ring")
    await on_the_rota(company, 1, asha, company.at.ben)
    drill = await company.do(drilling.begin_drill, asha, EVERY_LINE)
    await pass_time(company.database, minutes=30)
    assert await company.do(escalation.step, EVERY_LINE) is None
    assert await pages(company) == 0
    assert await company.read(open_calls, company.at.ben) == []
    with pytest.raises(NotFound):
        await company.do(answer_by_code, company.at.ben, drill.code)
    for verb in (drilling.answer_drill, drilling.arrive_in_drill, drilling.end_drill):
        await company.do(verb, asha)
    assert await company.read(drilling.open_drill, asha) is None


async def test_who_practises_and_needs_help_in_earnest_is_helped(company: Company):
    asha, ben = company.at.asha, company.at.ben
    await has_ways(company, ben, "text")
    await on_the_rota(company, 1, ben)
    await company.do(drilling.begin_drill, asha, EVERY_LINE)
    raised = await company.do(raise_help, asha, new_ref(), lines=EVERY_LINE)
    assert not raised.incident.drill
    assert await pages(company) == 1


async def test_for_everybody_else_there_is_no_such_page(company: Company):
    for who in (company.at.rose, company.at.joan, company.at.sam):
        with pytest.raises(NotFound):
            await company.do(drilling.begin_drill, who, EVERY_LINE)
    with pytest.raises(NotFound):
        await company.do(drilling.answer_drill, company.at.asha)
