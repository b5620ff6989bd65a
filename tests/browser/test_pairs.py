from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.gallery import Room
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.chromium import Tablet
from tests.support.house import House

OpenTablet = Callable[..., Awaitable[Tablet]]


async def test_a_mentor_writes_and_home_says_who_but_never_the_words(
    tablet: OpenTablet, elm_house: House, furnished: Room
):
    circle, sam = furnished.circle, await elm_house.welcome("Sam", "mentor")
    pair = {"member": await circle.harold.id(), "mentor": await sam.id()}
    made = await furnished.nora.ask("POST", "/staff/rooms/pair", data=pair)
    room = made.headers["location"].rsplit("/", 1)[1]
    await sam.ask("POST", f"/rooms/{room}", data={"text": "How are the evenings?", "nonce": "s"})
    harold = await Visitor.come(await tablet(), circle, circle.harold)
    mentor = await Visitor.come(await tablet(), circle, sam)
    await mentor.go(f"/rooms/{room}")
    await harold.go("/")
    await expect(harold.page.get_by_role("heading", name="Your mentor, Sam")).to_be_visible()
    await expect(harold.page.locator("main")).to_contain_text("Sam wrote to you today.")
    assert "How are the evenings?" not in await harold.page.content()
    await harold.page.get_by_role("link", name="Read what Sam wrote").tap()
    await expect(harold.page.get_by_label("Write to Sam")).to_be_visible()
    await expect(mentor.message("How are the evenings?")).to_contain_text("Harold has read this.", timeout=PATIENCE)
