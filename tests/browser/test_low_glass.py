"""With the keyboard up there is little glass: what one answers and what one writes still show."""

from collections.abc import Awaitable, Callable

import pytest

from tests.browser.gallery import EVERY, Room
from tests.browser.test_every_page import FOLDER, SET
from tests.support.chromium import Tablet

OpenTablet = Callable[..., Awaitable[Tablet]]


@pytest.mark.parametrize("letters", [22, 36])
async def test_with_the_keyboard_up_three_lines_and_one_of_mine_show(tablet: OpenTablet, furnished: Room, letters: int):
    """Also while a call of hers is open."""
    FOLDER.mkdir(exist_ok=True)
    await furnished.circle.rose.post("/api/help", {"ref": "low-glass"})
    low = await tablet(viewport={"width": 1180, "height": 410})
    visitor = await EVERY["room"].open(low, furnished)
    await visitor.page.evaluate(SET, [letters, "normal"])
    await visitor.page.get_by_label("Write to the room").focus()
    await visitor.page.screenshot(path=FOLDER / f"room-composer-focused-{letters}.png")
    line, top, bottom, field, header, help_right = await visitor.page.evaluate("""() => {
        const box = (one) => document.querySelector(one).getBoundingClientRect();
        const line = parseFloat(getComputedStyle(document.body).lineHeight);
        const last = [...document.querySelectorAll("#entries .message")].pop().getBoundingClientRect();
        const help = box(".top-help .button");
        return [line, box(".top-help").bottom, Math.min(last.bottom, box("#composer").top), box("#write").height,
                box(".top-help").bottom - box(".top-help").top, help.top >= 0 && help.right <= innerWidth];
    }""")
    assert bottom - top >= 3 * line
    assert field >= line
    assert header <= 68
    assert help_right
