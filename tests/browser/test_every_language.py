"""Every page in both languages: nothing left in English, easy to read, whole at 400 % zoom on a small screen."""

import re
from collections.abc import Awaitable, Callable
from functools import cache

import pytest
from playwright.async_api import Page

from app.wording import catalogue
from tests.browser.gallery import EVERY, MEMBERS, Picture, Room
from tests.browser.test_every_page import TOO_SMALL, axe_finds_nothing, fits_a_narrow_glass, is_whole_at_400_percent
from tests.browser.visitor import Visitor
from tests.support.chromium import Tablet
from tests.support.reading_age import ease, grade

OpenTablet = Callable[..., Awaitable[Tablet]]
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
async def test_a_spanish_page_is_spanish_and_fits(opened: Callable[..., Awaitable[Visitor]], name: str):
    visitor = await opened("es", name, viewport={"width": 320, "height": 640}, is_mobile=False)
    page = visitor.page
    assert await page.evaluate("document.documentElement.lang") == "es"
    assert [text for text in await page.evaluate(SPOKEN) if in_english(text)] == []
    await is_read_with_ease(page, name, "es")
    await axe_finds_nothing(page, "in Spanish")
    assert name not in MEMBERS or await page.evaluate(TOO_SMALL) == []
    await fits_a_narrow_glass(page)
    await is_whole_at_400_percent(page)


@pytest.mark.parametrize("name", [name for name in MEMBERS if name != SAYS_NOTHING])
async def test_an_english_page_is_read_with_ease(opened: Callable[..., Awaitable[Visitor]], name: str):
    await is_read_with_ease((await opened("en", name)).page, name, "en")


async def is_read_with_ease(page: Page, name: str, language: str) -> None:
    """At eleven years of age, on members' pages."""
    if name in MEMBERS and name != SAYS_NOTHING:
        shown = await sentences_on(page)
        assert grade(shown) < 5 if language == "en" else ease(shown) > 75


async def sentences_on(page: Page) -> str:
    """What the page itself says, without what people wrote."""
    return "\n".join(text for text in await page.evaluate(SPOKEN) if len(text.split()) > 2)


def in_english(text: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    return bool(words & ENGLISH) or any(pattern.fullmatch(text) for pattern in english_sentences())


@cache
def english_sentences() -> list[re.Pattern[str]]:
    """Every sentence that has Spanish words of its own."""
    differ = [english for english, spanish in catalogue("es").items() if english != spanish and len(english) > 3]
    return [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(english))) for english in differ]
