from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


WORDS_HERE = """() => {
    const here = document.activeElement;
    if (here === document.body) return "";
    return here.getAttribute("aria-label") || here.labels?.[0]?.textContent || here.textContent;
}"""


async def tab_to(visitor: Visitor, words: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on the control with these words."""
    for _ in range(most):
        await visitor.page.keyboard.press("Tab")
        if words in await visitor.page.evaluate(WORDS_HERE):
            return
    raise AssertionError(f"no way to {words!r} by Tab")


async def test_everything_in_a_room_is_done_by_keyboard_alone(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": "Who is up early?", "nonce": "k"})
    rose = await visit(circle, circle.rose)
    await rose.go("/")
    await tab_to(rose, "Go in to")
    await rose.page.keyboard.press("Enter")
    await expect(rose.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)
    await tab_to(rose, "Answer Harold")
    await rose.page.keyboard.press("Enter")
    await tab_to(rose, "Me too")
    await rose.page.keyboard.press("Space")
    await expect(rose.message("Who is up early?")).to_contain_text("You said: Me too", timeout=PATIENCE)
    await tab_to(rose, "Write to the room")
    await rose.page.keyboard.type("I am, with the dog.")
    await tab_to(rose, "Send")
    await rose.page.keyboard.press("Enter")
    await rose.sees("I am, with the dog.")


async def test_help_opens_and_closes_by_keyboard(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/")
    await tab_to(rose, "I need help now")
    await rose.page.keyboard.press("Enter")
    card = rose.page.get_by_role("dialog")
    await expect(card).to_contain_text("911", timeout=PATIENCE)
    await tab_to(rose, "911")
    await rose.page.keyboard.press("Escape")
    await expect(card).to_be_hidden()
