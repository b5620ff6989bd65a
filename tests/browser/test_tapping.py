"""What a tap does, where a finger really lands."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


@pytest.mark.parametrize(("wide", "high"), [(1180, 410), (390, 410), (320, 400)])
async def test_with_the_keyboard_up_the_first_tap_on_send_sends(
    visit: Visit, monday_circle: Circle, wide: int, high: int
):
    """What comes back when one stops writing moves no button from under the finger."""
    circle = monday_circle
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": "Did you sleep?", "nonce": "k"})
    rose = await visit(circle, circle.rose, viewport={"width": wide, "height": high})
    await rose.enter()
    await rose.page.get_by_label("Write to the room").tap()
    await rose.page.keyboard.type("Like a log.")
    await rose.page.get_by_role("button", name="Send", exact=True).tap()
    await rose.sees("Like a log.")


async def test_a_choice_is_made_by_a_tap_on_its_words_and_a_second_tap_does_not_unmake_it(
    visit: Visit, monday_circle: Circle
):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/settings")
    for words in ("Very large", "Large"):
        await rose.page.get_by_text(words, exact=True).tap()
        await expect(rose.page.get_by_role("radio", name=words, exact=True)).to_be_checked(timeout=PATIENCE)
    await rose.go("/settings")
    box = rose.page.locator("label.choice:has(input[type=checkbox])").first
    await box.dblclick(position={"x": 80, "y": 30})
    await expect(box.locator("input")).to_be_checked()
