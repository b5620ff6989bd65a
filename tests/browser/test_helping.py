"""Joan on the telephone with Rose: numbers to come in by, larger letters at once, words written down for her."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.chromium import Tablet
from tests.support.circle import Circle
from tests.support.house import House

OpenTablet = Callable[..., Awaitable[Tablet]]


async def joan_helps_rose(tablet: OpenTablet, house: House, circle: Circle) -> Visitor:
    joan = await Visitor.come(await tablet(), circle, await house.welcome("Joan", "helper"))
    await joan.go(f"/staff/helper/{await circle.rose.id()}")
    return joan


async def test_six_numbers_are_typed_on_a_new_tablet(tablet: OpenTablet, elm_house: House, monday_circle: Circle):
    joan = await joan_helps_rose(tablet, elm_house, monday_circle)
    await joan.page.get_by_role("button", name="Make six numbers").tap()
    code = await joan.page.locator(".spoken").inner_text()
    rose = await tablet()
    await rose.page.goto(elm_house.url + "/card")
    await rose.page.get_by_role("link", name="I was told six numbers").tap()
    await rose.page.get_by_label("The six numbers that you were told on the telephone").fill(code)
    await rose.page.get_by_role("button", name="Go on").tap()
    await rose.page.get_by_role("button", name="Yes, I am Rose").tap()
    await rose.page.wait_for_url(f"{elm_house.url}/")
    assert rose.complaints == []


async def test_letters_grow_in_the_room_that_rose_has_open(tablet: OpenTablet, elm_house: House, monday_circle: Circle):
    rose = await Visitor.come(await tablet(), monday_circle, monday_circle.rose)
    await rose.enter()
    joan = await joan_helps_rose(tablet, elm_house, monday_circle)
    await joan.page.get_by_label("Very large").check()
    await joan.page.get_by_role("button", name="Change it for them").tap()
    await expect(rose.page.locator("html[data-letters='36']")).to_be_attached(timeout=PATIENCE)


async def test_the_room_reads_who_wrote_it_down(tablet: OpenTablet, elm_house: House, monday_circle: Circle):
    harold = await Visitor.come(await tablet(), monday_circle, monday_circle.harold)
    await harold.enter()
    joan = await joan_helps_rose(tablet, elm_house, monday_circle)
    await joan.page.get_by_label("Their words").fill("I cannot come on Monday.")
    await joan.page.get_by_label("I read it back").check()
    await joan.page.get_by_role("button", name="Send for them").tap()
    await harold.sees("I cannot come on Monday.")
    await expect(harold.message("I cannot come on Monday.")).to_contain_text("by phone, written by Joan")
    await harold.page.reload()
    await expect(harold.message("I cannot come on Monday.")).to_contain_text("by phone, written by Joan")
