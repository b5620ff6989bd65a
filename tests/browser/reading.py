"""What a page says, and how easily it is read."""

from playwright.async_api import Page

from tests.browser.gallery import MEMBERS
from tests.support.reading_age import ease, grade

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
SAYS_NOTHING = "calendar"
"""The neutral page."""


async def is_read_with_ease(page: Page, name: str, language: str) -> None:
    """At eleven years of age, on members' pages."""
    if name in MEMBERS and name != SAYS_NOTHING:
        shown = await sentences_on(page)
        assert grade(shown) < 5 if language == "en" else ease(shown) > 75


async def sentences_on(page: Page) -> str:
    """What the page itself says, without what people wrote."""
    return "\n".join(text for text in await page.evaluate(SPOKEN) if len(text.split()) > 2)
