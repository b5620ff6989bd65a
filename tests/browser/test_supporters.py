"""Mei sits beside Rose: both say yes, and the room reads "Mei, for Rose"."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


async def test_joan_names_them_both_say_yes_and_rose_ends_it(visit: Visit, circle_anywhere: Circle):
    circle = circle_anywhere
    joan = await circle.house.welcome("Joan", "helper")
    ann = await circle.house.welcome("Ann", "member")
    page = f"/staff/people/{await circle.rose.id()}/supporters"
    assert (await joan.ask("POST", page, data={"supporter": await ann.id()})).status_code == 303
    rose, beside = await visit(circle, circle.rose), await visit(circle, ann)
    await rose.go("/")
    await expect(rose.page.get_by_role("heading", name="Ann would like to sit beside you")).to_be_visible()
    await rose.page.get_by_role("link", name="Read more").tap()
    await rose.page.get_by_role("button", name="Yes, I want that").tap()
    await expect(rose.page.locator("main")).to_contain_text("Until then Ann sees nothing.")
    await beside.go("/who-helps")
    await beside.page.get_by_role("button", name="I promise that").tap()
    await expect(beside.page.locator("main")).to_contain_text("You have promised")
    await rose.enter()
    await beside.enter()
    await beside.say("Rose says good morning.")
    await expect(rose.message("Rose says good morning.")).to_contain_text("Ann, for Rose", timeout=PATIENCE)
    await expect(rose.page.locator("#here")).to_contain_text("Ann, for Rose", timeout=PATIENCE)
    await rose.go("/who-helps")
    await rose.page.get_by_role("button", name="Ann shall not help me any more").tap()
    put_out = beside.page.locator("#put-out")
    await expect(put_out).to_be_visible(timeout=PATIENCE)
