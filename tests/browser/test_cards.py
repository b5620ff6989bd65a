import re
from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, carry
from tests.support.chromium import Tablet
from tests.support.house import House

OpenTablet = Callable[..., Awaitable[Tablet]]


async def test_a_card_asks_are_you_rose_and_one_tap_signs_in(tablet: OpenTablet, elm_house: House):
    rose, card = await tablet(), await elm_house.invite("Rose", room="card-room")
    await rose.page.goto(card.url)
    await expect(rose.page.get_by_role("heading", name="Are you Rose?")).to_be_visible(timeout=PATIENCE)
    assert "#" not in rose.page.url
    await rose.page.get_by_role("button", name="Yes, I am Rose").tap()
    await expect(rose.page.get_by_role("heading", level=1)).to_contain_text("Rose")
    await expect(rose.page.get_by_role("heading", name="Card Room is open")).to_have_count(1)
    assert rose.complaints == []


async def test_the_words_on_the_card_can_be_typed_with_scripts_off(tablet: OpenTablet, elm_house: House):
    harold, card = await tablet(java_script_enabled=False), await elm_house.invite("Harold")
    await harold.page.goto(elm_house.url + "/")
    await harold.page.get_by_label("The words on your card").fill(card.card.replace("-", " ").upper())
    await harold.page.get_by_role("button", name="Go on").tap()
    await harold.page.get_by_role("button", name="Yes, I am Harold").tap()
    await expect(harold.page.get_by_role("heading", level=1)).to_contain_text("Harold")


async def test_looking_at_a_card_uses_nothing_up(tablet: OpenTablet, elm_house: House):
    card = await elm_house.invite("Fay", "facilitator", room="fay-room")
    for _ in range(2):
        fay = await tablet()
        await fay.page.goto(card.url)
        await expect(fay.page.get_by_role("button", name="Yes, I am Fay")).to_be_visible(timeout=PATIENCE)
        await fay.page.get_by_role("link", name="No", exact=True).tap()
        await expect(fay.page.get_by_label("The words on your card")).to_be_visible()


async def test_an_unknown_card_is_told_kindly(tablet: OpenTablet, elm_house: House):
    sybil = await tablet()
    await sybil.page.goto(elm_house.url + "/card")
    await sybil.page.get_by_label("The words on your card").fill("maple-river-0000")
    await sybil.page.get_by_role("button", name="Go on").tap()
    await expect(sybil.page.get_by_role("alert")).to_contain_text("We do not know these words.")


async def test_staff_make_print_and_end_cards(tablet: OpenTablet, elm_house: House):
    nora = await tablet()
    await carry(nora, await elm_house.welcome("Nora", "admin"))
    await nora.page.goto(elm_house.url + "/staff/people")
    await nora.page.get_by_label("The name that others see").fill("Walter")
    await nora.page.get_by_label("member", exact=True).check()
    await nora.page.get_by_role("button", name="Add this person").tap()
    await nora.page.wait_for_url("**/staff/people/*")
    person = nora.page.url
    await nora.page.get_by_role("button", name="Make a card").tap()
    paper = nora.page.locator(".paper-card")
    code = await paper.locator(".card-code").inner_text()
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{4}", code)
    assert await paper.locator("svg").count() == 1
    assert (await nora.page.pdf(prefer_css_page_size=True)).count(b"/MediaBox") == 1
    walter = await elm_house.use_card(code)
    assert walter.json()["person"]["name"] == "Walter"
    await nora.page.goto(person)
    await nora.page.get_by_label("Also sign out every tablet").check()
    await nora.page.get_by_role("button", name="Make a new card instead").tap()
    await expect(paper).to_be_visible()
    await expect(paper.locator(".card-code")).not_to_have_text(code)
    assert (await elm_house.use_card(code)).status_code == 404
    old = {"Authorization": f"Bearer {walter.json()['token']}"}
    assert (await elm_house.ask("GET", "/api/me", headers=old)).status_code == 401
    assert nora.complaints == []


async def test_signing_out_warns_before_words_are_lost(tablet: OpenTablet, elm_house: House):
    rose, card = await tablet(), await elm_house.invite("Rose", room="leaving-room")
    await rose.page.goto(card.url)
    await rose.page.get_by_role("button", name="Yes, I am Rose").tap()
    await rose.page.wait_for_url(f"{elm_house.url}/")
    await rose.page.route_web_socket("**/api/live", lambda socket: None)
    await rose.page.route("**/entries", lambda route: route.abort())
    await rose.page.get_by_role("link", name="Go in").first.tap()
    await expect(rose.page.get_by_role("button", name="A few words")).to_be_visible(timeout=PATIENCE)
    await rose.page.get_by_label("Write to the room").fill("Not sent yet.")
    await rose.page.get_by_role("button", name="Send").tap()
    await expect(rose.page.locator("#unsent .message")).to_contain_text("Kept on this tablet", timeout=PATIENCE)
    await rose.page.goto(elm_house.url + "/settings")
    await rose.page.get_by_role("button", name="Sign out").tap()
    await expect(rose.page.get_by_text("Some of your words on this tablet are not sent yet.")).to_be_visible()
    await expect(rose.page.get_by_role("button", name="Sign out all the same")).to_be_visible()
