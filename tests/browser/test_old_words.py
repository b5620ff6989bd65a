"""Words that could not go out for more than a day wait until their writer still means them."""

import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Route, expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]
Way = Callable[[Route], Awaitable[None]]
TWO_DAYS = 2 * 24 * 3600
WORDS = "See you this afternoon."


async def nowhere(route: Route) -> None:
    await route.abort()


async def there_and_not_back(route: Route) -> None:
    if route.request.method == "POST":
        await route.fetch()
    await route.abort()


async def two_days_ago(visit: Visit, circle: Circle, way: Way) -> Visitor:
    """Rose wrote on a bad line, and comes back two days later on a good one."""
    rose = await visit(circle, circle.rose)
    await rose.page.route("**/entries", way)
    await rose.page.route_web_socket("**/api/live", lambda socket: None)
    await rose.go(rose.room)
    await rose.is_ready()
    await rose.say(WORDS)
    await expect(rose.unsent(WORDS)).to_contain_text("Kept on this tablet", timeout=PATIENCE)
    await rose.page.close()
    rose.tablet.page = await rose.tablet.context.new_page()
    await rose.page.clock.set_fixed_time(time.time() + TWO_DAYS)
    return rose


async def texts(circle: Circle) -> list[str]:
    return [entry["text"] for entry in await circle.harold.history(circle.id)]


async def test_home_says_where_words_are_still_to_be_sent(visit: Visit, monday_circle: Circle):
    rose = await two_days_ago(visit, monday_circle, nowhere)
    await rose.go("/")
    told = rose.page.get_by_text("Some of your words are still on this tablet.")
    await expect(told).to_be_visible(timeout=PATIENCE)


async def test_old_words_do_not_go_out_unasked(visit: Visit, monday_circle: Circle):
    rose = await two_days_ago(visit, monday_circle, nowhere)
    await rose.enter()
    await rose.say("Hello again.")
    await rose.sees("Hello again.")
    old = rose.unsent(WORDS)
    await expect(old).to_contain_text("Still to be sent, from")
    assert await texts(monday_circle) == ["Hello again."]
    await old.get_by_role("button", name="Send now").tap()
    await rose.sees(WORDS)
    await expect(rose.page.locator("#unsent .message")).to_have_count(0)


async def test_old_words_can_be_thrown_away(visit: Visit, monday_circle: Circle):
    rose = await two_days_ago(visit, monday_circle, nowhere)
    await rose.enter()
    await rose.unsent(WORDS).get_by_role("button", name="Throw away").tap()
    await expect(rose.page.locator("#unsent .message")).to_have_count(0)
    await rose.page.reload()
    await expect(rose.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)
    await expect(rose.page.locator("#unsent .message")).to_have_count(0)
    assert await texts(monday_circle) == []


async def test_old_words_that_arrived_are_not_asked_about(visit: Visit, monday_circle: Circle):
    """Only the answer was lost: they stand in the book, once, and nothing is left to send."""
    rose = await two_days_ago(visit, monday_circle, there_and_not_back)
    await rose.enter()
    await rose.sees(WORDS)
    await expect(rose.page.locator("#unsent .message")).to_have_count(0)
    assert await texts(monday_circle) == [WORDS]


async def test_a_form_sent_without_a_network_stays_where_it_is(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/settings")
    await rose.page.get_by_label("The name that others see").fill("Rosie")
    await rose.leave_the_network()
    await rose.page.get_by_role("button", name="Keep these settings").tap()
    await expect(rose.page.get_by_text("Nothing was sent, and nothing is lost.")).to_be_visible()
    await expect(rose.page.get_by_label("The name that others see")).to_have_value("Rosie")
