"""Every page in both languages: nothing left in English, easy to read, whole at 400 % zoom on a small screen."""

import re
from collections.abc import Awaitable, Callable
from functools import cache

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from app.people.preferences import LANGUAGES
from app.wording import catalogue
from tests.browser.gallery import EVERY, MEMBERS, Picture, Room
from tests.browser.test_every_page import SET, SIDEWAYS, TOO_SMALL
from tests.browser.visitor import Visitor
from tests.support.chromium import Tablet
from tests.support.reading_age import ease, grade

OpenTablet = Callable[..., Awaitable[Tablet]]
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4, "is_mobile": False}
"""1280 x 1024 at 400 %."""
SPOKEN = """() => {
    const elsewhere = `[lang]:not(:lang(${document.documentElement.lang}))`;
    const foreign = `bdi, .words, textarea, script, style, template, time, svg, [data-said], ${elsewhere}`;
    const mine = (one) => one && !one.closest(foreign);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) if (mine(walk.currentNode.parentElement)) found.push(walk.currentNode.data);
    for (const one of document.body.querySelectorAll("*")) {
        if (mine(one)) for (const { name, value } of one.attributes) {
            if (/^(aria-label|title|alt|placeholder|data-(?!said).*)$/.test(name)) found.push(value);
        }
    }
    return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
# A page that comes alive meanwhile moves under the look: five looks at each.
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
SAYS_NOTHING = "calendar"
"""The neutral page."""
ENGLISH = {"the", "you", "your", "this", "that", "with", "are", "and", "not", "please", "who", "which", "they", "have"}


@pytest.fixture
def opened(tablet: OpenTablet, furnished_in: Callable[[str], Awaitable[Room]]) -> Callable[..., Awaitable[Visitor]]:
    async def opened(language: str, name: str, **differences: object) -> Visitor:
        picture: Picture = EVERY[name]
        room = await furnished_in(language)
        return await picture.open(await tablet(locale=f"{language}-US", **differences), room)

    return opened


@pytest.mark.parametrize("name", EVERY)
async def test_nothing_is_left_in_english_on_a_spanish_page(opened: Callable[..., Awaitable[Visitor]], name: str):
    visitor = await opened("es", name)
    assert await visitor.page.evaluate("document.documentElement.lang") == "es"
    spoken = await visitor.page.evaluate(SPOKEN)
    assert [text for text in spoken if in_english(text)] == []


@pytest.mark.parametrize("name", EVERY)
async def test_axe_finds_nothing_and_nothing_scrolls_sideways_in_spanish(
    opened: Callable[..., Awaitable[Visitor]], name: str
):
    visitor = await opened("es", name, viewport={"width": 320, "height": 640}, is_mobile=False)
    found = await Axe().run(visitor.page)
    assert found.violations_count == 0, found.generate_report()
    for letters in (18, 22, 28, 36):
        await visitor.page.evaluate(SET, [letters, "normal"])
        assert await visitor.page.evaluate(SIDEWAYS) == 0, f"at {letters} px"
        assert await visitor.page.evaluate(SPILLED) == [], f"at {letters} px"
        assert name not in MEMBERS or await visitor.page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
async def test_at_400_percent_everything_can_be_reached_and_nothing_is_covered(
    opened: Callable[..., Awaitable[Visitor]], name: str, language: str
):
    visitor = await opened(language, name, **ZOOMED)
    assert await visitor.page.evaluate(SIDEWAYS) == 0
    assert await visitor.page.evaluate(SPILLED) == []
    assert await visitor.page.evaluate(COVERED) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in MEMBERS if name != SAYS_NOTHING])
async def test_a_page_is_read_with_ease_at_eleven(opened: Callable[..., Awaitable[Visitor]], name: str, language: str):
    visitor = await opened(language, name)
    shown = await sentences_on(visitor.page)
    assert grade(shown) < 5 if language == "en" else ease(shown) > 75


async def sentences_on(page: Page) -> str:
    """What the page itself says, without what people wrote."""
    return "\n".join(text for text in await page.evaluate(SPOKEN) if len(text.split()) > 2)


def in_english(text: str) -> bool:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(words & ENGLISH) or any(pattern.fullmatch(text) for pattern in english_sentences())


@cache
def english_sentences() -> list[re.Pattern[str]]:
    """Every sentence that has Spanish words of its own."""
    differ = [english for english, spanish in catalogue("es").items() if english != spanish and len(english) > 3]
    return [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(english))) for english in differ]
