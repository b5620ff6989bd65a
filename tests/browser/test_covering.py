"""Cover my screen, and leave quickly: what others see of it, and what the tablet remembers."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]
WORDS = "My sister is in hospital."


async def in_the_room(visit: Visit, circle: Circle, **differences: object) -> Visitor:
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": WORDS, "nonce": "c"})
    rose = await visit(circle, circle.rose, **differences)
    await rose.go(rose.room)
    return rose


async def test_one_tap_covers_and_one_tap_shows(visit: Visit, monday_circle: Circle):
    rose = await in_the_room(visit, monday_circle)
    await rose.is_ready()
    title = await rose.page.title()
    await rose.page.get_by_role("link", name="Cover my screen").tap()
    cover = rose.page.locator("#cover")
    box, glass = await cover.bounding_box(), rose.page.viewport_size
    assert box and glass
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, glass["width"], glass["height"])
    assert WORDS not in await cover.inner_text()
    assert await rose.page.title() != title
    await cover.get_by_role("button", name="Show my page").tap()
    await expect(rose.message(WORDS)).to_be_in_viewport()
    assert await rose.page.title() == title


async def test_new_words_do_not_show_while_it_is_covered(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose = await in_the_room(visit, circle)
    await expect(rose.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)
    await rose.page.get_by_role("link", name="Cover my screen").tap()
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": "She is better.", "nonce": "d"})
    await expect(rose.message("She is better.")).to_have_count(1, timeout=PATIENCE)
    on_top = "() => document.elementFromPoint(innerWidth / 2, innerHeight / 3).closest('#cover') !== null"
    assert await rose.page.evaluate(on_top)


async def test_leaving_quickly_leaves_a_calendar_in_place_of_the_page(visit: Visit, monday_circle: Circle):
    rose = await in_the_room(visit, monday_circle)
    await rose.is_ready()
    steps = await rose.page.evaluate("() => history.length")
    await rose.page.get_by_role("button", name="Leave quickly").tap()
    await rose.page.wait_for_url("**/calendar")
    assert await rose.page.evaluate("() => history.length") == steps, "it took the place of the room"
    assert "Hearthside" not in await rose.page.content()
    assert WORDS not in await rose.page.content()
    await expect(rose.page.locator("[aria-current=date]")).to_have_count(1)


async def test_both_work_with_scripts_off(visit: Visit, monday_circle: Circle):
    rose = await in_the_room(visit, monday_circle, java_script_enabled=False)
    await rose.page.get_by_role("link", name="Cover my screen").first.tap()
    show = rose.page.get_by_role("link", name="Show my page")
    await expect(show).to_be_visible(timeout=PATIENCE)
    assert WORDS not in await rose.page.content()
    await show.tap()
    await expect(rose.message(WORDS)).to_have_count(1, timeout=PATIENCE)
    await rose.page.get_by_role("button", name="Leave quickly").first.tap()
    await expect(rose.page.get_by_role("link", name="Back")).to_be_visible(timeout=PATIENCE)
    assert WORDS not in await rose.page.content()


async def test_the_covered_page_leads_to_no_other_house(monday_circle: Circle):
    page = await monday_circle.rose.get("/calendar?back=//evil.example")
    assert "evil" not in page.text
