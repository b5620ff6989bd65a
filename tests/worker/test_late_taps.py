"""A tap that was kept on a tablet without a network pages with the time at which it was pressed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import paging_out
from app.crisis import escalation, sending_pages
from app.crisis.answering import answer
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Page
from app.crisis.raising import raise_help
from app.foundation.clock import database_now
from app.settings import Settings
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

LATE = timedelta(minutes=20)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, public_url="https://chat.example.org")


async def text_of(company: Company, settings: Settings, says: str) -> str:
    def tell(session) -> str:
        page = session.scalars(select(Page).where(Page.says == says)).one()
        going = paging_out.outgoing(session, settings, page)
        assert going
        return going.text

    return await company.read(tell)


async def test_its_page_says_when_it_was_pressed_and_what_follows_says_its_own_time(
    company: Company, settings: Settings
):
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "push")
    at = await company.read(database_now)
    raised = await company.do(raise_help, company.at.rose, new_ref(), pressed_at=at - LATE)
    page = await text_of(company, settings, "page")
    assert paging_out.clock(at - LATE, settings, "en") in page
    assert paging_out.clock(at, settings, "en") not in page
    gone = await company.do(sending_pages.claim)
    assert gone and await company.do(sending_pages.went, gone.id, gone.token)
    await company.do(answer, company.at.ben, raised.incident_id)
    assert paging_out.clock(at - LATE, settings, "en") not in await text_of(company, settings, "taken")


@pytest.mark.parametrize("on_call", [{}, {"ben": 2}, {"asha": 1, "ben": 2}])
async def test_whoever_is_told_first_reads_when_it_was_pressed_and_the_next_their_own_time(
    company: Company, settings: Settings, on_call: dict[str, int]
):
    for name, level in on_call.items():
        await on_the_rota(company, level, getattr(company.at, name))
    for one in (company.at.asha, company.at.ben):
        await has_ways(company, one, "push")
    at = await company.read(database_now)
    await company.do(raise_help, company.at.rose, new_ref(), pressed_at=at - LATE)
    first = await pages(company)
    pressed = paging_out.clock(at - LATE, settings, "en")
    assert first and all(pressed in text for text in await texts(company, settings, first))
    await pass_time(company.database, seconds=370)
    while await company.do(escalation.step, EVERY_LINE):
        pass
    later = [one for one in await pages(company) if one not in first]
    assert later
    assert not any(pressed in text for text in await texts(company, settings, later))


async def pages(company: Company) -> list[str]:
    return await company.read(lambda session: list(session.scalars(select(Page.id).where(Page.says == "page"))))


async def texts(company: Company, settings: Settings, which: list[str]) -> list[str]:
    def tell(session) -> list[str]:
        going = [paging_out.outgoing(session, settings, session.get_one(Page, one)) for one in which]
        return [one.text for one in going if one]

    return await company.read(tell)
