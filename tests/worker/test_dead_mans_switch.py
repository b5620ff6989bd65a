"""The address outside is asked while paging is well. Late pages, a stuck engine and a dead one leave it alone."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app import pinging_out
from app.crisis import escalation
from app.crisis.lines import EVERY_LINE
from app.crisis.raising import raise_help
from app.settings import Settings
from tests.crisis.paging_story import Story, has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

NEVER = -pinging_out.PING_SECONDS


class Outside:
    """Somebody outside, who is told when nobody asks any more."""

    def __init__(self) -> None:
        self.asked = 0
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outside.asked += 1
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *anything: Any) -> None:
                """Tests read what came, not a log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    yield outside
    outside.server.shutdown()
    outside.server.server_close()


@pytest.fixture
def settings(outside: Outside, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, ping_url=f"http://127.0.0.1:{outside.server.server_port}/")


@pytest.fixture
async def called(company: Company) -> Company:
    """Rose has called, and Asha is on call."""
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text", "ring")
    await company.do(raise_help, company.at.rose, new_ref(), lines=EVERY_LINE)
    return company


async def ping(company: Company, settings: Settings) -> None:
    await pinging_out.ping(company.database, settings, NEVER)


async def test_while_all_goes_out_somebody_outside_is_asked(called: Company, settings: Settings, outside: Outside):
    await Story(called).act()
    await ping(called, settings)
    assert outside.asked == 1


async def test_a_page_that_does_not_go_out_is_told_by_silence(called: Company, settings: Settings, outside: Outside):
    await pass_time(called.database, seconds=pinging_out.STUCK_SECONDS + 1)
    await ping(called, settings)
    assert outside.asked == 0
    await Story(called).act()
    await ping(called, settings)
    assert outside.asked == 1


async def test_an_engine_that_is_stuck_is_told_by_silence(called: Company, settings: Settings, outside: Outside):
    await Story(called).act()
    await pass_time(called.database, seconds=180 + pinging_out.STUCK_SECONDS + 1)
    await ping(called, settings)
    assert outside.asked == 0
    while await called.do(escalation.step, EVERY_LINE):
        pass
    await Story(called).act()
    await ping(called, settings)
    assert outside.asked == 1


async def test_it_is_asked_once_a_minute(called: Company, settings: Settings, outside: Outside):
    await Story(called).act()
    last = await pinging_out.ping(called.database, settings, NEVER)
    assert await pinging_out.ping(called.database, settings, last) == last
    assert outside.asked == 1
