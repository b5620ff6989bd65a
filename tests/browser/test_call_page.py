"""Woken at night, with a telephone in her hand: what Asha needs stands on the first screen of it."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]
NOTHING_OVER_IT = """(one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [y + 2, y + height - 2].every((at) => one.contains(document.elementFromPoint(x + width / 2, at)));
}"""
TELEPHONE = {"viewport": {"width": 390, "height": 844}}


async def test_the_number_of_who_asks_to_be_rung_is_two_taps_away(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    await circle.rose.ask("POST", "/if-i-need-help", data={"phone": "555 0133", "hears": "yes"})
    call = (await circle.rose.post("/api/help", {"ref": "night"})).json()["incident"]
    await circle.rose.post("/api/help/told", {"what": "wants", "answer": "ring"})
    fay = await visit(circle, circle.fay, **TELEPHONE)
    await fay.go(f"/staff/calls/{call}")
    for button in ("I have this", "Ring Rose: show the number"):
        shown = fay.page.get_by_role("button", name=button)
        await expect(shown).to_be_in_viewport(ratio=1)
        await shown.tap()
    number = fay.page.get_by_role("link", name="555 0133")
    await expect(number).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    await expect(number).to_have_attribute("href", "tel:5550133")
    assert await number.evaluate(NOTHING_OVER_IT)
    talking = fay.page.get_by_role("button", name="I am on the phone about this")
    await expect(talking).to_be_in_viewport(ratio=1)
    await talking.tap()
    await expect(fay.page.locator("#timeline")).to_contain_text("Fay is on the phone about this", timeout=PATIENCE)
    assert (await circle.rose.get("/api/help")).json()["state"] == "here"
    assert "Fay" in (await circle.rose.get("/if-i-need-help")).text.split("Who has opened it")[1]
