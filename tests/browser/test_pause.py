from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]
COVERED = "These words are covered for a while."
MINE = "Your words are covered for the others for a while. You did nothing wrong."


async def test_words_are_covered_for_the_others_while_their_writer_keeps_them(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose, dot, fay = [await visit(circle, one) for one in (circle.rose, circle.dot, circle.fay)]
    await rose.enter()
    await dot.enter()
    await dot.say("The blue box is beside my bed.")
    await rose.sees("The blue box is beside my bed.")
    await fay.go(f"{fay.room}/desk")
    await fay.page.get_by_role("button", name="Cover the words of Dot").tap()
    await expect(rose.page.get_by_text(COVERED)).to_be_visible(timeout=PATIENCE)
    assert "blue box" not in await rose.page.content()
    await expect(dot.page.get_by_text(MINE)).to_contain_text("The blue box is beside my bed.", timeout=PATIENCE)
    await dot.page.reload()
    await expect(dot.page.get_by_text(MINE)).to_contain_text("The blue box is beside my bed.")
    await rose.page.reload()
    assert "blue box" not in await rose.page.content()
    await fay.page.get_by_role("button", name="Show the words of Dot to the others again").tap()
    await rose.sees("The blue box is beside my bed.")
    await expect(dot.page.get_by_text(MINE)).to_have_count(0, timeout=PATIENCE)


async def test_a_paused_room_keeps_what_is_sent_and_it_goes_in_by_itself(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose, harold, fay = [await visit(circle, one) for one in (circle.rose, circle.harold, circle.fay)]
    await rose.enter()
    await harold.enter()
    await fay.go(f"{fay.room}/desk")
    await fay.page.get_by_role("button", name="Pause the room").tap()
    await expect(rose.page.locator("#paused")).to_be_visible(timeout=PATIENCE)
    await expect(rose.page.locator("#state-now")).to_have_text("Paused for a moment")
    await rose.say("I had a good walk.")
    kept = rose.unsent("I had a good walk.")
    await expect(kept).to_contain_text("The room is paused for a moment. Your words are kept", timeout=PATIENCE)
    await rose.page.reload()
    await expect(rose.page.locator("#paused")).to_be_visible()
    await expect(rose.page.locator("#state-now")).to_have_text("Paused for a moment")
    await expect(kept).to_have_count(1, timeout=PATIENCE)
    await fay.page.get_by_role("button", name="Go on").tap()
    await harold.sees("I had a good walk.")
    await expect(rose.page.locator("#paused")).to_be_hidden(timeout=PATIENCE)
    await expect(rose.page.locator("#state-now")).to_have_text("Open now")
    await expect(kept).to_have_count(0, timeout=PATIENCE)
