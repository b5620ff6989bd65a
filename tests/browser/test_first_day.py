"""Rose's first day: Joan enrols her, her card is printed and scanned, she practices, and comes into her first room.

Then a lost tablet, and one that several people share.
"""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from tests.browser.first_day import Newcomer, card_made_by, new_card_made_by, printed
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.chromium import Tablet
from tests.support.circle import Circle
from tests.support.waiting import PROMISED, until

Visit = Callable[..., Awaitable[Visitor]]
OpenTablet = Callable[..., Awaitable[Tablet]]


@pytest.fixture
async def joan(visit: Visit, monday_circle: Circle) -> Visitor:
    return await visit(monday_circle, await monday_circle.house.welcome("Joan", "helper"))


@pytest.mark.parametrize("language", ["en", "es"])
async def test_rose_joins_beside_joan_practices_and_comes_into_her_first_room(
    joan: Visitor, tablet: OpenTablet, monday_circle: Circle, language: str
):
    circle = monday_circle
    invited = await circle.house.invite("Rose", room=circle.slug, new=True)
    address = await card_made_by(joan, invited.person)
    rose = Newcomer((await tablet()).page)
    await rose.scans(address, "Rose")
    rose.language = language
    await rose.choose_language()
    await joan.go(f"/staff/people/{invited.person}")
    await joan.page.get_by_role("button", name="I am beside Rose").tap()
    await expect(joan.page.locator("main")).to_contain_text("At question", timeout=PATIENCE)
    await she_joins(rose)
    await she_practices(rose, joan, invited.person)
    await rose.page.goto(f"{joan.address}/")
    await rose.link("Go in").tap()
    await rose.says_to_the_room("Good morning, I am Rose.")
    assert [entry["text"] for entry in await circle.harold.history(circle.id)] == ["Good morning, I am Rose."]
    await joan.go(f"/staff/people/{invited.person}")
    await expect(joan.page.locator("main")).to_contain_text("Joan was beside them.")


async def she_joins(rose: Newcomer) -> None:
    """She stops in the middle, and goes on where she stopped."""
    await rose.link("Begin").tap()
    await rose.reads("{name} is beside you.", name="Joan")
    await rose.link("Begin").tap()
    await rose.say_yes(2)
    third = await rose.page.locator(".question h2").inner_text()
    await rose.link("Stop for now").tap()
    await rose.link("Begin").tap()
    await rose.reads("You can go on where you stopped. All your answers are kept.")
    await rose.link("Go on").tap()
    await expect(rose.page.locator(".question h2")).to_have_text(third, timeout=PATIENCE)
    await rose.say_yes_to_the_end()
    await rose.reads("You have joined")


async def she_practices(rose: Newcomer, joan: Visitor, person: str) -> None:
    """Nobody is there but Joan; the drill tells nobody."""
    await rose.link("Practice first").tap()
    await rose.button("Go in to practice").tap()
    await rose.says_to_the_room("One, two, three.")
    await joan.go(f"/staff/people/{person}")
    await joan.page.get_by_role("button", name="Go in to Rose's practice room").tap()
    await expect(rose.page.locator("#here")).to_contain_text("Joan", timeout=PATIENCE)
    said = rose.page.locator("#entries .message", has_text="One, two, three.")
    await said.get_by_role("button", name=rose.says("Take back")).tap()
    await expect(rose.page.locator("#entries")).to_contain_text(rose.says("You took these words back."))
    await rose.page.goto(f"{joan.address}/practice/help")
    await rose.page.locator("button.drill").tap()
    await rose.reads("Nobody has been told. When you tap the real button, we tell our staff.")
    assert '"open":false' in await rose.page.evaluate("fetch('/api/help').then((answer) => answer.text())")


async def test_a_lost_tablet_is_out_within_five_seconds_and_the_new_card_opens_the_door(
    joan: Visitor, tablet: OpenTablet, monday_circle: Circle
):
    circle = monday_circle
    invited = await circle.house.invite("Rose", room=circle.slug)
    lost, found = Newcomer((await tablet()).page), Newcomer((await tablet()).page)
    await lost.scans(invited.url, "Rose")
    await lost.link("Go in").tap()
    await lost.says_to_the_room("I am on the bus.")
    address = await new_card_made_by(joan, invited.person)

    async def is_out() -> bool:
        return (await lost.page.context.request.get(f"{joan.address}/api/me")).status == 401

    await until(is_out, within=PROMISED, what="the lost tablet is signed out")
    await lost.page.wait_for_url("**/card", timeout=PATIENCE)
    assert "I am on the bus." not in await lost.page.content()
    await lost.page.goto(invited.url)
    await expect(lost.page.get_by_role("alert")).to_contain_text("We do not know these words.", timeout=PATIENCE)
    await found.scans(address, "Rose")
    await found.link("Go in").tap()
    await expect(found.page.locator("#entries")).to_contain_text("I am on the bus.", timeout=PATIENCE)


async def test_on_a_shared_tablet_dot_finds_nothing_of_walters(
    joan: Visitor, tablet: OpenTablet, monday_circle: Circle
):
    circle = monday_circle
    day_room = await tablet()
    page = day_room.page
    for name, picture in (("Walter", "boat"), ("Dot", "cup")):
        invited = await circle.house.invite(name, room=circle.slug)
        address = await shared_card_made_by(joan, invited.person, picture)
        await page.goto(address)
        await expect(page.locator("body")).not_to_contain_text("words for nobody else")
        await page.locator(f"button[name=proof][value={picture}]").tap()
        await expect(page.get_by_role("heading", level=1)).to_contain_text(name, timeout=PATIENCE)
        await nothing_is_left_of("words for nobody else", day_room)
        await page.get_by_role("link", name="Go in").first.tap()
        await expect(page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)
        await expect(page.locator("#write")).to_have_value("")
        await page.locator("#write").fill("These are words for nobody else")
        await page.locator(".i-am-finished:visible").get_by_role("button").tap()
        await expect(page).to_have_url(re.compile("/card"), timeout=PATIENCE)
        await nothing_is_left_of("words for nobody else", day_room)
        await page.go_back()
        await expect(page.get_by_label("The words on your card")).to_be_visible(timeout=PATIENCE)
        await nothing_is_left_of("words for nobody else", day_room)


async def shared_card_made_by(joan: Visitor, person: str, picture: str) -> str:
    await joan.go(f"/staff/people/{person}/shared-card")
    await joan.page.locator(f"input[name=picture][value={picture}]").check()
    await joan.page.get_by_role("button", name="Make this card").tap()
    return await printed(joan)


LEFT = """async () => {
    const databases = await Promise.all((await indexedDB.databases()).map(({ name }) => new Promise((resolve) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve([name, ...asked.result.objectStoreNames]);
    })));
    const pages = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) pages.push(request.url + (await (await cache.match(request)).text()));
    }
    const stored = [{ ...localStorage }, { ...sessionStorage }, document.cookie, document.body.textContent, databases];
    return JSON.stringify(stored) + pages.join();
}"""


async def nothing_is_left_of(words: str, tablet: Tablet) -> None:
    """Storage, databases, caches and the page itself."""
    assert words not in await tablet.page.evaluate(LEFT)
