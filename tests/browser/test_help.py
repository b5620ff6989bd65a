from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


async def test_help_says_what_is_true_and_staff_see_it(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    await circle.rose.ask("POST", "/settings", data={"name": "Rosalind"})
    rose, fay = await visit(circle, circle.rose), await visit(circle, circle.fay)
    await fay.enter()
    await rose.enter()
    await expect(rose.page.locator("#here")).to_contain_text("Fay", timeout=PATIENCE)
    await rose.page.get_by_role("button", name="I need help now").tap()
    card = rose.page.get_by_role("dialog")
    await expect(card).to_contain_text("Staff will see this. Nobody has been rung.", timeout=PATIENCE)
    for number in ("911", "988"):
        await expect(card.get_by_role("link", name=number)).to_have_attribute("href", f"tel:{number}")
    await expect(fay.page.locator("#alerts")).to_contain_text("Rosalind asked for help.", timeout=PATIENCE)
    await card.get_by_text("Write to us here").tap()
    field = card.get_by_label("What would you like us to know?")
    await field.fill("Please come to the kitchen.")
    await card.get_by_role("button", name="Send this to our staff").tap()
    await expect(field).to_have_value("")
    await expect(card.get_by_text("Staff will see what you wrote.")).to_be_visible(timeout=PATIENCE)
    await fay.go("/staff")
    await fay.page.get_by_role("link", name="Look at this call from Rosalind").tap()
    await expect(fay.page.locator("main")).to_contain_text("Please come to the kitchen.", timeout=PATIENCE)
    await fay.page.get_by_role("button", name="I have this").tap()
    await expect(card).to_contain_text("Fay has answered and is coming to you here.", timeout=PATIENCE)
    await rose.go("/help")
    await expect(rose.page.locator("main")).to_contain_text("Fay has answered and is coming to you here.")


async def test_help_works_with_scripts_off(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose, java_script_enabled=False)
    await rose.go("/")
    await rose.page.get_by_role("button", name="I need help now").tap()
    await expect(rose.page.locator("main .truth")).to_contain_text("911")
    shown = await rose.page.locator("main .told-now").inner_text()
    answer = await monday_circle.rose.post("/api/help", {"ref": "0b0f6a2e-6f0a-4ce4-8a9a-2c8f5a3b7d11"})
    assert answer.status_code == 201
    assert shown == answer.json()["message"]


async def test_without_a_network_the_numbers_come_at_once_and_the_tap_is_sent_later(
    visit: Visit, monday_circle: Circle
):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/")
    await rose.leave_the_network()
    await rose.page.get_by_role("button", name="I need help now").tap()
    card = rose.page.get_by_role("dialog")
    await expect(card).to_contain_text("We could not tell anyone. Please ring 911.", timeout=PATIENCE)
    await expect(card.get_by_role("link", name="911")).to_be_visible()
    await rose.find_the_network()
    await expect(card.locator(".trying")).to_be_hidden(timeout=PATIENCE)
    answer = await monday_circle.rose.post("/api/help", {"ref": "0b0f6a2e-6f0a-4ce4-8a9a-2c8f5a3b7d12"})
    await expect(card.locator(".told-now")).to_have_text(answer.json()["message"], timeout=PATIENCE)


async def test_a_stranger_gets_the_numbers(monday_circle: Circle):
    answer = await monday_circle.house.ask("GET", "/help")
    assert answer.status_code == 200
    assert 'href="tel:911"' in answer.text
    assert "not signed in, so we cannot tell our staff" in answer.text
