"""A tablet in the day room: Walter uses it, finishes, and the next person finds nothing of his."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.visitor import PATIENCE
from tests.support.chromium import Tablet
from tests.support.house import House

OpenTablet = Callable[..., Awaitable[Tablet]]
PIN = "8362"
WORDS = "My daughter comes on Sunday."

STORED = """async () => {
    const databases = indexedDB.databases ? await indexedDB.databases() : [];
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return {
        local: { ...localStorage },
        passing: { ...sessionStorage },
        databases: databases.map(({ name }) => name),
        pages: kept.flat().map(({ url }) => new URL(url).pathname).filter((path) => !path.startsWith("/static/")),
        cookies: document.cookie,
    };
}"""


@dataclass
class DayRoom:
    """Walter's card for shared tablets, and a tablet that he holds."""

    house: House
    tablet: Tablet
    card: str

    @property
    def page(self) -> Page:
        return self.tablet.page

    async def come_first(self) -> None:
        await self.page.goto(f"{self.house.url}/card")
        await self.page.get_by_label("The words on your card").fill(self.card)
        await self.page.get_by_role("button", name="Go on").tap()
        await self.say_the_number()

    async def come_in(self) -> None:
        """By the name at the door, without the card."""
        await self.page.locator(".names").get_by_role("button", name="Walter").tap()
        await self.say_the_number()

    async def say_the_number(self) -> None:
        await self.page.get_by_label("Then type your four digits").fill(PIN)
        await self.page.get_by_role("button", name="Yes, I am Walter").tap()
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text("Walter", timeout=PATIENCE)

    async def go_in(self) -> None:
        await self.page.get_by_role("link", name="Go in").first.tap()
        await expect(self.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)

    async def finish(self) -> None:
        await self.page.locator(".i-am-finished:visible").get_by_role("button").tap()
        await expect(self.page.get_by_role("heading", name="Who are you?")).to_be_visible(timeout=PATIENCE)

    @property
    def field(self) -> Any:
        return self.page.get_by_label("Write to the room")


async def shared_card(house: House, person_id: str, **proof: str) -> str:
    """Nora and the person choose a picture or a PIN; the address on the card."""
    nora = await house.welcome("Nora", "admin")
    paper = await nora.ask("POST", f"/staff/people/{person_id}/shared-card", data=proof)
    assert paper.status_code == 200, paper.text
    code = re.search(r'class="card-code">([^<]+)<', paper.text)
    assert code
    return code.group(1)


@pytest.fixture
async def walter(tablet: OpenTablet, house: House) -> DayRoom:
    """Walter has typed the words on his card and his number, and is in. On both stacks."""
    invited = await house.invite("Walter", room="day-room")
    day_room = DayRoom(house, await tablet(), await shared_card(house, invited.person, pin=PIN))
    await day_room.come_first()
    return day_room


async def test_the_next_person_finds_nothing_of_his(walter: DayRoom):
    page = walter.page
    await walter.go_in()
    titles = {await page.title()}
    await walter.field.fill(WORDS)
    await page.get_by_role("button", name="Send").tap()
    await expect(page.locator("#entries")).to_contain_text(WORDS, timeout=PATIENCE)
    await walter.field.fill("I have begun to wri")
    stored = await page.evaluate(STORED)
    room = page.url
    await walter.finish()
    after = await page.evaluate(STORED)
    for one in (stored, after):
        assert one["local"] == one["passing"] == {}
        assert one["databases"] == []
        assert set(one["pages"]) <= {"/offline"}
        assert one["cookies"] == ""
    assert titles == {"Hearthside"}, "the browser's list of places names no room"
    for _ in range(3):
        await page.go_back()
        await expect(page.get_by_label("The words on your card")).to_be_visible(timeout=PATIENCE)
        assert WORDS not in await page.content()
    await page.goto(room)
    await expect(page.get_by_label("The words on your card")).to_be_visible(timeout=PATIENCE)
    assert await page.evaluate("fetch('/api/me').then((answer) => answer.status)") == 401
    assert [one for one in walter.tablet.complaints if "401" not in one] == []


async def test_a_draft_is_there_again_when_he_comes_back(walter: DayRoom):
    await walter.go_in()
    await walter.field.fill("I have begun to wri")
    await walter.finish()
    await walter.come_in()
    await expect(walter.page.locator("main")).to_contain_text("What you began to write there is kept.")
    await walter.go_in()
    await expect(walter.field).to_have_value("I have begun to wri")
    await walter.page.get_by_role("button", name="Send").tap()
    await expect(walter.page.locator("#entries")).to_contain_text("I have begun to wri", timeout=PATIENCE)
    await walter.finish()
    await walter.come_in()
    await walter.go_in()
    await expect(walter.field).to_have_value("")


async def test_ten_untouched_minutes_sign_out_and_it_asks_first(walter: DayRoom):
    page = walter.page
    await page.clock.install()
    await walter.go_in()
    await walter.field.fill("I have begun to wri")
    asking = page.get_by_role("alertdialog", name="Are you still here?")
    await page.clock.fast_forward("08:50")
    await expect(asking).to_be_hidden()
    await page.clock.fast_forward("00:20")
    await expect(asking).to_be_visible(timeout=PATIENCE)
    await asking.get_by_role("button", name="I am still here").tap()
    await page.clock.fast_forward("08:00")
    await expect(asking).to_be_hidden()
    await page.clock.fast_forward("01:10")
    await expect(asking).to_be_visible(timeout=PATIENCE)
    await page.clock.fast_forward("01:10")
    await expect(page.get_by_text("Nobody had touched this tablet")).to_be_visible(timeout=PATIENCE)
    await page.clock.resume()
    await walter.come_in()
    await walter.go_in()
    await expect(walter.field).to_have_value("I have begun to wri")


async def test_without_a_network_the_view_goes_at_once_and_he_is_out_when_it_is_back(walter: DayRoom):
    page = walter.page
    await walter.go_in()
    await walter.field.fill("I have begun to wri")
    await walter.tablet.context.set_offline(True)
    await page.locator(".i-am-finished:visible").get_by_role("button").tap()
    locked = page.locator("#locked")
    await expect(locked).to_be_visible(timeout=PATIENCE)
    await expect(locked.get_by_role("link", name="911")).to_be_visible()
    await expect(page.locator("#entries")).to_be_hidden()
    await walter.tablet.context.set_offline(False)
    await expect(page.get_by_role("heading", name="Who are you?")).to_be_visible(timeout=PATIENCE)
    await walter.come_in()
    await walter.go_in()
    await expect(walter.field).to_have_value("I have begun to wri")


async def test_a_wrong_number_is_told_and_too_many_wait(walter: DayRoom):
    page = walter.page
    await walter.finish()
    await page.locator(".names").get_by_role("button", name="Walter").tap()
    for _ in range(3):
        await page.get_by_label("Then type your four digits").fill("9999")
        await page.get_by_role("button", name="Yes, I am Walter").tap()
        await expect(page.get_by_role("alert")).to_contain_text("That was not it.", timeout=PATIENCE)
    await page.get_by_label("Then type your four digits").fill("9999")
    await page.get_by_role("button", name="Yes, I am Walter").tap()
    await expect(page.get_by_role("alert")).to_contain_text("Please wait", timeout=PATIENCE)


async def test_it_works_with_scripts_off(tablet: OpenTablet, house: House):
    walter = await house.invite("Walter", room="plain-day-room")
    code = await shared_card(house, walter.person, picture="boat")
    page = (await tablet(java_script_enabled=False)).page
    await page.goto(house.url + "/card")
    await page.get_by_label("The words on your card").fill(code)
    await page.get_by_role("button", name="Go on").tap()
    await page.get_by_role("button", name="Fish").tap()
    await expect(page.get_by_role("alert")).to_contain_text("That was not it.")
    await page.get_by_role("button", name="Boat").tap()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Walter")
    await page.get_by_role("button", name="I am finished").first.tap()
    await expect(page.get_by_text("You are signed out.")).to_be_visible()
    await page.goto(house.url + "/")
    await expect(page.get_by_label("The words on your card")).to_be_visible()
