"""A tap that was kept on a tablet without a network pages with the time at which it was pressed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import paging_out
from app.crisis import sending_pages
from app.crisis.answering import answer
from app.crisis.models import Page
from app.crisis.raising import raise_help
from app.foundation.clock import database_now
from app.settings import Settings
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref

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
