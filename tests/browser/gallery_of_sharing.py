"""Pages of shared tablets, covering and supporters, as one person sees each."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial

from playwright.async_api import Page, expect

from app.wording import say
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.person import Person

PATIENCE = 30_000
PIN, PICTURE = "8362", "boat"
KENS, ANNS = "ken-with-a-number", "ann-with-a-picture"
"""How a picture of the gallery names a card before there is one."""

Act = Callable[[Page], Awaitable[None]]


async def words_on(page: Page) -> Callable[..., str]:
    return partial(say, language=await page.evaluate("document.documentElement.lang"))


async def type_words(page: Page, code: str) -> None:
    words = await words_on(page)
    await page.get_by_label(words("The words on your card")).fill(code)
    await page.get_by_role("button", name=words("Go on")).click()
    await expect(page.locator(".card-proof")).to_be_visible(timeout=PATIENCE)


async def type_the_number(page: Page) -> None:
    await page.locator("#proof").fill(PIN)
    await page.locator(".card-proof .next").click()
    await expect(page.locator("html[data-shared]")).to_be_attached(timeout=PATIENCE)


async def come_in(page: Page, code: str) -> None:
    await type_words(page, code)
    await type_the_number(page)


async def go_to_settings(page: Page, code: str) -> None:
    await come_in(page, code)
    await page.goto(page.url.rstrip("/") + "/settings")


async def finish(page: Page, code: str) -> None:
    await come_in(page, code)
    await page.locator(".i-am-finished:visible button").click()
    await expect(page.locator(".names")).to_be_visible(timeout=PATIENCE)


async def cover(page: Page) -> None:
    await page.locator(".cover-screen:visible").click()
    await expect(page.locator("#cover")).to_be_visible()


async def make_shared_card(house: House, nora: Person, invited: str, **proof: str) -> str:
    """The code of a card for shared tablets."""
    paper = await nora.ask("POST", f"/staff/people/{invited}/shared-card", data=proof)
    code = re.search(r'class="card-code">([^<]+)<', paper.text)
    assert code, paper.text
    return code.group(1)


async def share(
    house: House, circle: Circle, nora: Person, joan: Person, language: str
) -> tuple[Person, dict[str, str]]:
    """Ann would sit beside Rose, and Mei beside Ann, who is on two tablets. And two cards for shared tablets."""
    invited = await house.invite("Ann", room=circle.slug)
    ann, _ = await house.sign_in(invited), await house.sign_in(invited)
    for member, supporter in ((await circle.rose.id(), await ann.id()), (await ann.id(), await circle.mei.id())):
        await nora.ask("POST", f"/staff/people/{member}/supporters", data={"supporter": supporter})
    ken, other_ann = [(await house.invite(name)).person for name in ("Ken", "Ann")]
    for person in (ken, other_ann):
        await joan.ask("POST", f"/staff/helper/{person}/letters", data={"language": language})
    cards = {
        KENS: await make_shared_card(house, nora, ken, pin=PIN),
        ANNS: await make_shared_card(house, nora, other_ann, picture=PICTURE),
    }
    return ann, cards
