import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.support.chromium import Tablet, launch, open_tablet
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.letterbox import Letterbox
from tests.support.processes import running

LONGEST_CLOSE = 30
"""Seconds."""
STACKS = ["embedded", "grown"]

pytest_plugins = ["tests.support.databases"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "faults: kills and freezes real servers, and takes its time")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows the last words of every server that was up."""
    report = yield
    if report.failed:
        report.sections += [(f"log of {process.name}", process.last_words()) for process in running]
    return report


@pytest.fixture(scope="session")
async def houses() -> AsyncIterator[Houses]:
    houses = Houses()
    yield houses
    await houses.close()


@pytest.fixture(params=STACKS)
async def house(request: pytest.FixtureRequest, houses: Houses) -> AsyncIterator[House]:
    """A house that is up, on both stacks in turn, shared with other tests: use a room of your own."""
    house = await houses.shared(request.param)
    yield house
    await house.tidy()


@pytest.fixture
async def grown_house(houses: Houses) -> AsyncIterator[House]:
    """The shared house that stands on PostgreSQL and Valkey, with two server processes."""
    house = await houses.shared("grown")
    yield house
    await house.tidy()


@pytest.fixture
async def circle(house: House) -> Circle:
    """A room in that house that no other test uses, with its people signed in."""
    return await house.circle()


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()


@pytest.fixture
async def tablet(chromium: Browser) -> AsyncIterator[Callable[..., Awaitable[Tablet]]]:
    """Opens tablets, one browser context each: `rose = await tablet(java_script_enabled=False)`."""
    opened: list[Tablet] = []

    async def open_one(**differences: Any) -> Tablet:
        opened.append(await open_tablet(chromium, **differences))
        return opened[-1]

    yield open_one
    for one in opened:
        # Chromium now and then never says that it has closed one; that one goes with the browser.
        with suppress(TimeoutError):
            await asyncio.wait_for(one.context.close(), LONGEST_CLOSE)


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    """A real mail server that keeps what it is given."""
    with Letterbox() as letterbox:
        yield letterbox
