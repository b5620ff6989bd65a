"""The largest letters, and the strongest contrast: what one is asked, what one says and what one chose are in sight."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from tests.browser.gallery import EVERY, Room
from tests.browser.test_every_page import SET
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.chromium import Tablet
from tests.support.circle import Circle

OpenTablet = Callable[..., Awaitable[Tablet]]
BOX = "(one) => { const box = one.getBoundingClientRect(); return [box.top, box.bottom]; }"
HEAD = 'Math.max(...[".top", ".top-help"].map((one) => document.querySelector(one).getBoundingClientRect().bottom))'
COLOURS = "(one) => { const look = getComputedStyle(one); return [look.backgroundColor, look.color]; }"


async def box(visitor: Visitor, selector: str) -> tuple[float, float]:
    top, bottom = await visitor.page.locator(selector).evaluate(BOX)
    return top, bottom


@pytest.mark.parametrize(("width", "height"), [(1180, 820), (820, 1180), (768, 1024)])
async def test_at_the_largest_letters_send_is_on_the_glass(
    tablet: OpenTablet, furnished: Room, width: int, height: int
):
    visitor = await EVERY["room"].open(await tablet(viewport={"width": width, "height": height}), furnished)
    await visitor.page.evaluate(SET, [36, "normal"])
    await visitor.page.evaluate("() => document.getElementById('newest').scrollIntoView({ block: 'center' })")
    field, send = await box(visitor, "#write"), await box(visitor, "#send")
    assert send[1] <= height, "Send is not under the edge of the glass"
    assert send[0] - field[1] < 24, "nothing stands between what is written and Send"


async def test_what_is_asked_softly_begins_in_sight(circle_anywhere: Circle, tablet: OpenTablet):
    circle = circle_anywhere
    glass = await tablet(viewport={"width": 1180, "height": 640})
    await circle.harold.ask("POST", "/settings", data={"name": "Harold", "letters": "28"})
    harold = await Visitor.come(glass, circle, circle.harold)
    await harold.enter()
    assert await harold.page.evaluate("() => document.documentElement.dataset.letters") == "28"
    await harold.say("I do not want to live any more.")
    asked = harold.page.locator("#help-asks h2")
    await expect(asked).to_be_visible(timeout=PATIENCE)
    for _ in range(2):
        await expect(asked).to_be_in_viewport(ratio=1, timeout=PATIENCE)
        assert (await box(harold, "#help-asks h2"))[0] >= await harold.page.evaluate(HEAD)
        await harold.page.reload()
        await harold.is_ready()


async def test_in_high_contrast_the_chosen_answer_is_the_other_way_round(tablet: OpenTablet, furnished: Room):
    visitor = await EVERY["help-coming"].open(await tablet(), furnished)
    await visitor.page.evaluate(SET, [22, "high"])
    one = visitor.page.locator(".help-answer button:visible").first
    looks = []
    for pressed in ("false", "true"):
        await one.evaluate("(one, pressed) => one.setAttribute('aria-pressed', pressed)", pressed)
        looks.append(await one.evaluate(COLOURS))
    assert looks == [["rgb(0, 0, 0)", "rgb(255, 255, 255)"], ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]]
