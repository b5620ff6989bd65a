"""Every page in Spanish: nothing left in English, easy to read, whole at 400 % zoom on a small screen."""

import re
from collections.abc import Awaitable, Callable
from functools import cache

import pytest

from app.wording import catalogue
from tests.browser.gallery import EVERY, MEMBERS, Room
from tests.browser.reading import SPOKEN, is_read_with_ease
from tests.browser.test_every_page import TOO_SMALL, axe_finds_nothing, fits_a_narrow_glass, is_whole_at_400_percent
from tests.support.chromium import Tablet

OpenTablet = Callable[..., Awaitable[Tablet]]
ENGLISH = {"the", "you", "your", "this", "that", "with", "are", "and", "not", "please", "who", "which", "they", "have"}


@pytest.fixture(scope="session")
async def in_spanish(furnished_in: Callable[[str], Awaitable[Room]]) -> Room:
    return await furnished_in("es")


@pytest.mark.parametrize("name", EVERY)
async def test_a_spanish_page_is_spanish_and_fits(tablet: OpenTablet, in_spanish: Room, name: str):
    narrow = await tablet(locale="es-US", viewport={"width": 320, "height": 640}, is_mobile=False)
    page = (await EVERY[name].open(narrow, in_spanish)).page
    assert await page.evaluate("document.documentElement.lang") == "es"
    assert [text for text in await page.evaluate(SPOKEN) if in_english(text)] == []
    await is_read_with_ease(page, name, "es")
    await axe_finds_nothing(page, "in Spanish")
    assert name not in MEMBERS or await page.evaluate(TOO_SMALL) == []
    await fits_a_narrow_glass(page)
    await is_whole_at_400_percent(page)


def in_english(text: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    return bool(words & ENGLISH) or any(pattern.fullmatch(text) for pattern in english_sentences())


@cache
def english_sentences() -> list[re.Pattern[str]]:
    """Every sentence that has Spanish words of its own."""
    differ = [english for english, spanish in catalogue("es").items() if english != spanish and len(english) > 3]
    return [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(english))) for english in differ]
