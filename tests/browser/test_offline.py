"""Without a network: the numbers to ring at every address, and no words lost."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.kept_here import numbers_are_kept, what_is_kept
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle
from tests.support.houses import Houses

Visit = Callable[..., Awaitable[Visitor]]


async def test_every_address_gives_the_numbers_in_her_own_letters(visit: Visit, monday_circle: Circle):
    await monday_circle.rose.ask("POST", "/settings", data={"name": "Rose", "letters": "36", "contrast": "high"})
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/")
    await numbers_are_kept(rose.page, "letters=36")
    await rose.leave_the_network()
    for path in ("/", "/numbers", rose.room):
        await rose.go(path)
        await expect(rose.page.get_by_role("heading", name="You are not connected")).to_be_visible()
        for number in ("911", "988"):
            await expect(rose.page.locator("#numbers").get_by_role("link", name=number)).to_be_visible()
        html = rose.page.locator("html")
        await expect(html).to_have_attribute("data-letters", "36")
        await expect(html).to_have_css("font-size", "36px")
        await expect(html).to_have_attribute("data-contrast", "high")


async def test_a_reload_without_a_network_keeps_unsent_words_and_they_go_out_once(
    visit: Visit, circle_anywhere: Circle
):
    circle = circle_anywhere
    rose = await visit(circle, circle.rose)
    await rose.enter()
    await numbers_are_kept(rose.page)
    await rose.leave_the_network()
    await rose.say("Is the kettle on?")
    await rose.say("I am coming by bus.")
    await expect(rose.unsent("Is the kettle on?")).to_contain_text("Kept on this tablet", timeout=PATIENCE)
    await rose.page.reload()
    await expect(rose.page.locator("#kept")).to_contain_text("2 messages of yours are kept on this tablet.")
    await rose.find_the_network()
    for words in ("Is the kettle on?", "I am coming by bus."):
        await rose.sees(words)
    await expect(rose.page.locator("#unsent .message")).to_have_count(0)
    texts = [entry["text"] for entry in await circle.harold.history(circle.id)]
    assert texts == ["Is the kettle on?", "I am coming by bus."]


async def test_words_outlive_a_killed_house_and_go_out_once_when_it_is_back(visit: Visit, houses: Houses):
    house = await houses.open("embedded")
    circle = await house.circle()
    rose = await visit(circle, circle.rose)
    await rose.enter()
    await numbers_are_kept(rose.page)
    await rose.say("Before the storm.")
    await rose.sees("Before the storm.")
    house.door().kill()
    await rose.say("In the middle of it.")
    await expect(rose.unsent("In the middle of it.")).to_contain_text("Kept on this tablet", timeout=PATIENCE)
    await rose.page.reload()
    await expect(rose.page.locator("#kept")).to_contain_text("One message of yours is kept on this tablet.")
    await house.door().start()
    await rose.sees("In the middle of it.")
    texts = [entry["text"] for entry in await circle.harold.history(circle.id)]
    assert texts == ["Before the storm.", "In the middle of it."]


async def test_a_tap_on_help_is_kept_and_sent_when_the_network_is_back(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose = await visit(circle, circle.rose)
    await rose.go("/")
    await numbers_are_kept(rose.page, "keeps=yes")
    await rose.leave_the_network()
    await rose.page.reload()
    await rose.page.get_by_role("button", name="I need help now").tap()
    card = rose.page.get_by_role("dialog")
    await expect(card).to_contain_text("We could not tell anyone. Please ring 911.", timeout=PATIENCE)
    await expect(card).to_contain_text("Your call for help is kept on this tablet.")
    await rose.find_the_network()
    await expect(card.locator(".trying")).to_be_hidden(timeout=PATIENCE)
    told = (await circle.rose.get("/api/help")).json()
    assert told["open"]
    await expect(card.locator(".told-now")).to_have_text(told["message"], timeout=PATIENCE)


async def test_the_tablet_keeps_nobodys_words_and_no_names(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose = await visit(circle, circle.rose)
    await rose.enter()
    await rose.say("Only for the circle.")
    await rose.sees("Only for the circle.")
    for path in ("/", "/settings", "/numbers", rose.room):
        await rose.go(path)
    await numbers_are_kept(rose.page)
    kept = await what_is_kept(rose.page)
    assert [address for address in kept if not address.startswith("/static/")] == ["/offline"]
    assert not [page for page in kept.values() if "Only for the circle." in page or "Rose" in page]


async def test_a_house_that_does_not_answer_gives_the_numbers_too(visit: Visit, houses: Houses):
    """The network is there, the house is away, and so is its proxy's page."""
    house = await houses.open("embedded")
    circle = await house.circle()
    rose = await visit(circle, circle.rose)
    await rose.go("/")
    await numbers_are_kept(rose.page)
    house.door().kill()
    await rose.go("/settings")
    await expect(rose.page.get_by_role("heading", name="You are not connected")).to_be_visible()
    await house.door().start()
    await expect(rose.page.get_by_role("heading", name="My settings")).to_be_visible(timeout=PATIENCE)
