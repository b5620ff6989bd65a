from collections.abc import Awaitable, Callable

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.gallery import EVERY, MEMBERS, Room
from tests.support.chromium import Tablet

OpenTablet = Callable[..., Awaitable[Tablet]]
SET = """([letters, contrast]) => {
    Object.assign(document.documentElement.dataset, { letters: String(letters), contrast });
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, select, summary")]
    .filter((one) => one.checkVisibility() && !one.classList.contains("skip") && !one.closest(".choice"))
    .concat([...document.querySelectorAll(".choice")])
    .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 64 || box.height < 64)
    .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("name", EVERY)
async def test_axe_finds_nothing_in_either_contrast(tablet: OpenTablet, furnished: Room, name: str):
    visitor = await EVERY[name].open(await tablet(), furnished)
    for contrast in ("normal", "high"):
        await visitor.page.evaluate(SET, [22, contrast])
        found = await Axe().run(visitor.page)
        assert found.violations_count == 0, f"{contrast}: {found.generate_report()}"


@pytest.mark.parametrize("name", MEMBERS)
async def test_every_control_of_a_member_is_64_pixels_at_every_size(tablet: OpenTablet, furnished: Room, name: str):
    visitor = await MEMBERS[name].open(await tablet(), furnished)
    for letters in (18, 22, 28, 36):
        await visitor.page.evaluate(SET, [letters, "normal"])
        assert await visitor.page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("name", EVERY)
async def test_nothing_scrolls_sideways_at_320_pixels(tablet: OpenTablet, furnished: Room, name: str):
    narrow = await tablet(viewport={"width": 320, "height": 640}, is_mobile=False)
    visitor = await EVERY[name].open(narrow, furnished)
    for letters in (18, 22, 28, 36):
        await visitor.page.evaluate(SET, [letters, "normal"])
        assert await visitor.page.evaluate(SIDEWAYS) == 0, f"at {letters} px"


@pytest.mark.parametrize("name", EVERY)
async def test_no_page_breaks_the_content_policy(tablet: OpenTablet, furnished: Room, name: str):
    visitor = await EVERY[name].open(await tablet(), furnished)
    missing = "error: Failed to load resource: "
    away = (missing + "the server responded with a status of 404", missing + "net::ERR_INTERNET_DISCONNECTED")
    assert [one for one in visitor.tablet.complaints if not one.startswith(away)] == []
