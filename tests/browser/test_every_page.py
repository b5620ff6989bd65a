"""Every page, opened once: its policy, words, controls and axe at tablet size; a narrow glass; pictures of all that."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.gallery import EVERY, MEMBERS, Room
from tests.browser.reading import is_read_with_ease
from tests.browser.visitor import Visitor
from tests.support.chromium import Tablet

OpenTablet = Callable[..., Awaitable[Tablet]]
LETTERS = (18, 22, 28, 36)
FOLDER = Path(__file__).parents[2] / "screenshots"
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

COVERED = """async () => {
    const inside = (one) => !document.querySelector("dialog[open]") || one.closest("dialog[open]");
    const controls = [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, select, summary")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => !one.classList.contains("skip") && inside(one));
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    async function reached(one) {
        document.activeElement.blur();
        one.scrollIntoView({ block: "center", behavior: "instant" });
        await frame();
        const box = (one.closest(".choice") ?? one).getBoundingClientRect();
        const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return there && (one.closest(".choice") ?? one).contains(there);
    }
    const found = [];
    for (const one of controls) {
        let there = false;
        for (let look = 0; look < 5 && !there; look++) there = await reached(one);
        if (!there) found.push(one.textContent.trim() || one.name);
    }
    return found;
}"""
SPILLED = """() => [...document.querySelectorAll(".button")]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent.trim())"""


@pytest.mark.parametrize("name", EVERY)
async def test_a_page_is_fit_for_everybody(tablet: OpenTablet, furnished: Room, name: str):
    visitor = await EVERY[name].open(await tablet(), furnished)
    keeps_the_content_policy(visitor)
    await is_read_with_ease(visitor.page, name, "en")
    FOLDER.mkdir(exist_ok=True)
    for letters in LETTERS:
        await visitor.page.evaluate(SET, [letters, "normal"])
        assert name not in MEMBERS or await visitor.page.evaluate(TOO_SMALL) == [], f"at {letters} px"
        if letters in (18, 36):
            await picture(visitor.page, name, str(letters))
    for contrast in ("normal", "high"):
        await visitor.page.evaluate(SET, [22, contrast])
        await axe_finds_nothing(visitor.page, contrast)
    await picture(visitor.page, name, "high-contrast")
    await fits_a_narrow_glass(visitor.page)
    await picture(visitor.page, name, "320")
    await is_whole_at_400_percent(visitor.page)


async def fits_a_narrow_glass(page: Page) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    for letters in reversed(LETTERS):
        await page.evaluate(SET, [letters, "normal"])
        assert await page.evaluate(SIDEWAYS) == 0, f"at {letters} px"
        assert await page.evaluate(SPILLED) == [], f"at {letters} px"


async def is_whole_at_400_percent(page: Page) -> None:
    """1280 x 1024 at 400 %: everything can be reached, and nothing is covered."""
    await page.set_viewport_size({"width": 320, "height": 256})
    await page.evaluate(SET, [22, "normal"])
    assert await page.evaluate(SIDEWAYS) == 0
    assert await page.evaluate(SPILLED) == []
    assert await page.evaluate(COVERED) == []


async def axe_finds_nothing(page: Page, what: str) -> None:
    axe = Axe("") if await page.evaluate("'axe' in window") else Axe()
    found = await axe.run(page)
    assert found.violations_count == 0, f"{what}: {found.generate_report()}"


def keeps_the_content_policy(visitor: Visitor) -> None:
    missing = "error: Failed to load resource: "
    away = (missing + "the server responded with a status of 404", missing + "net::ERR_INTERNET_DISCONNECTED")
    assert [one for one in visitor.tablet.complaints if not one.startswith(away)] == []


async def picture(page: Page, name: str, glass: str) -> None:
    """To be looked at: written into screenshots/, which git ignores."""
    file = FOLDER / f"{name}-{glass}.png"
    FOLDER.mkdir(exist_ok=True)
    await page.screenshot(path=file, full_page=not name.startswith("room"))
    assert file.stat().st_size > 5000
