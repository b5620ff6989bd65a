"""The address outside is asked while paging is well. Late pages, a stuck engine and a dead one leave it alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import pinging_out
from app.crisis import escalation
from app.crisis.lines import EVERY_LINE
from app.crisis.raising import raise_help
from app.settings import Settings
from tests.crisis.paging_story import Story, has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time
from tests.support.outside import Asked, Outside

NEVER = -pinging_out.PING_SECONDS


class Watching(Outside):
    """Somebody outside, who is told when nobody asks any more."""

    asked = 0

    def take(self, asked: Asked) -> tuple[int, bytes]:
        self.asked += 1
        return self.says, b""


@pytest.fixture
def outside() -> Iterator[Watching]:
    with Watching() as outside:
        yield outside


@pytest.fixture
def settings(outside: Watching, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, ping_url=outside.url)


@pytest.fixture
async def called(company: Company) -> Company:
    """Rose has called, and Asha is on call."""
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text", "ring")
    await company.do(raise_help, company.at.rose, new_ref(), lines=EVERY_LINE)
    return company


async def ping(company: Company, settings: Settings) -> None:
    await pinging_out.ping(company.database, settings, NEVER)


async def test_while_all_goes_out_somebody_outside_is_asked(called: Company, settings: Settings, outside: Watching):
    await Story(called).act()
    await ping(called, settings)
    assert outside.asked == 1


async def test_a_page_that_does_not_go_out_is_told_by_silence(called: Company, settings: Settings, outside: Watching):
    await pass_time(called.database, seconds=pinging_out.STUCK_SECONDS + 1)
    await ping(called, settings)
    assert outside.asked == 0
    await Story(called).act()
    await ping(called, settings)
    assert outside.asked == 1


async def test_an_engine_that_is_stuck_is_told_by_silence(called: Company, settings: Settings, outside: Watching):
    await Story(called).act()
    await pass_time(called.database, seconds=180 + pinging_out.STUCK_SECONDS + 1)
    await ping(called, settings)
    assert outside.asked == 0
    while await called.do(escalation.step, EVERY_LINE):
        pass
    await Story(called).act()
    await ping(called, settings)
    assert outside.asked == 1


async def test_it_is_asked_once_a_minute(called: Company, settings: Settings, outside: Watching):
    await Story(called).act()
    last = await pinging_out.ping(called.database, settings, NEVER)
    assert await pinging_out.ping(called.database, settings, last) == last
    assert outside.asked == 1
