"""Staff sign in: a passkey by way of a virtual authenticator, a password with codes, a set-up link, and asked again."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from app.foundation.clock import database_now
from app.foundation.database import Database
from tests.browser.visitor import PATIENCE
from tests.conftest import STACKS
from tests.support.authenticator import code_of
from tests.support.chromium import Tablet
from tests.support.databases import pass_time
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.inside import database_of
from tests.support.servers import Server

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PASSWORD = "four small grey herons"


@pytest.fixture(params=STACKS)
async def new_house(request: pytest.FixtureRequest, houses: Houses) -> AsyncIterator[House]:
    """A house in which nobody is yet, found at localhost, where browsers allow passkeys."""
    house = await houses.build(request.param)
    server = Server(house.settings, house.folder)
    server.settings["HEARTHSIDE_PUBLIC_URL"] = server.url = server.url.replace("127.0.0.1", "localhost")
    house.servers.append(server)
    await server.start()
    yield house
    await house.close()


@pytest.fixture
async def clock(new_house: House) -> AsyncIterator[Database]:
    async with database_of(new_house.settings) as database:
        yield database


async def with_key(tablet: Tablet) -> Page:
    """A device that keeps passkeys, and whose owner's finger is always right."""
    line = await tablet.context.new_cdp_session(tablet.page)
    await line.send("WebAuthn.enable")
    await line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    tablet.context.set_default_timeout(PATIENCE)
    return tablet.page


async def nora_begins(house: House, page: Page) -> None:
    """By the link that `serve` printed."""
    link = re.search(r"http://localhost:\d+/set-up#[\w-]+", house.log)
    assert link, house.log
    await page.goto(link[0])
    await page.get_by_label("Your name").fill("Nora")
    await page.get_by_role("button", name="Go on").tap()
    await page.get_by_role("button", name="Make a passkey on this device").tap()
    await expect(page.get_by_role("heading", name="How I sign in")).to_be_visible(timeout=PATIENCE)


async def make_link_for_fay(house: House, nora: Page, person_id: str) -> str:
    await nora.goto(f"{house.url}/staff/people/{person_id}")
    await nora.get_by_role("button", name="Make a set-up link").tap()
    return await nora.locator("main .code").inner_text()


async def set_up_password(clock: Database, page: Page, link: str) -> list[str]:
    """Choose it, and point the telephone at the square. The spare codes."""
    await page.goto(link)
    await page.get_by_label("A new password").fill(PASSWORD)
    await page.locator("form[action='/set-up/password'] button").tap()
    secret = await page.locator("main .code").inner_text()
    await page.get_by_label("The six digits").fill(await shown(clock, secret))
    await page.get_by_role("button", name="Keep this password").tap()
    await expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()
    return await page.locator(".spare-codes .code").all_inner_texts()


async def shown(clock: Database, secret: str) -> str:
    return code_of(secret, (await clock.read(database_now)).timestamp())


async def sign_in_with_password(house: House, page: Page, code: str) -> None:
    await page.goto(f"{house.url}/sign-in/staff")
    await page.get_by_label("Your name").fill("Fay")
    await page.get_by_label("Your password").fill(PASSWORD)
    await page.get_by_label("The code from your telephone").fill(code)
    await page.get_by_role("button", name="Sign in", exact=True).tap()


async def sign_out(page: Page) -> None:
    await page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}/settings")
    await page.get_by_role("button", name="Sign out").tap()
    await expect(page.get_by_label("The words on your card")).to_be_visible()


Open = Callable[..., Awaitable[Tablet]]


async def test_the_first_administrator_begins_with_the_printed_link_and_comes_back_with_a_passkey(
    new_house: House, tablet: Open
):
    nora = await with_key(await tablet())
    await nora_begins(new_house, nora)
    await sign_out(nora)
    await nora.goto(f"{new_house.url}/sign-in/staff")
    await nora.get_by_role("button", name="Sign in with a passkey").tap()
    await expect(nora.get_by_role("link", name="People and cards")).to_be_visible(timeout=PATIENCE)
    link = re.findall(r"http://localhost:\d+/set-up#[\w-]+", new_house.log)[0]
    await nora.goto(link)
    await expect(nora.get_by_role("alert").filter(has_text="does not work any more")).to_be_visible()


async def test_a_card_opens_rooms_only_until_its_person_has_set_up_a_password_by_a_link(
    new_house: House, clock: Database, tablet: Open
):
    nora, fay = await with_key(await tablet()), (await tablet()).page
    await nora_begins(new_house, nora)
    invited = await new_house.invite("Fay", "facilitator", "supervisor", room="monday-circle")
    await fay.goto(invited.url)
    await fay.get_by_role("button", name="Yes, I am Fay").tap()
    await fay.wait_for_url(lambda url: "/card" not in url)
    await fay.goto(f"{new_house.url}/staff/people")
    await expect(fay.get_by_text("You came in with a card, and a card opens rooms only.")).to_be_visible()
    await fay.get_by_role("link", name="How I sign in").tap()
    await expect(fay.get_by_text("Ask Nora for a set-up link.")).to_be_visible()
    spare = await set_up_password(clock, fay, await make_link_for_fay(new_house, nora, invited.person))
    await fay.goto(f"{new_house.url}/staff/people")
    await expect(fay.get_by_role("heading", name="People")).to_be_visible()
    await sign_out(fay)
    await sign_in_with_password(new_house, fay, spare[0])
    await expect(fay.get_by_role("link", name="People and cards")).to_be_visible()
    await sign_out(fay)
    await sign_in_with_password(new_house, fay, spare[0])
    await expect(fay.get_by_text("did not fit together")).to_be_visible()


async def test_recovery_by_another_administrator_ends_what_was_before(new_house: House, clock: Database, tablet: Open):
    nora, fay, thief = await with_key(await tablet()), await with_key(await tablet()), (await tablet()).page
    await nora_begins(new_house, nora)
    invited = await new_house.invite("Fay", "facilitator", "supervisor", room="monday-circle")
    spare = await set_up_password(clock, thief, await make_link_for_fay(new_house, nora, invited.person))
    link = await make_link_for_fay(new_house, nora, invited.person)
    await thief.goto(f"{new_house.url}/staff")
    await expect(thief.get_by_text("You did not ask for it? Ring Nora at once.")).to_be_visible()
    await fay.goto(link)
    await fay.get_by_role("button", name="Make a passkey on this device").tap()
    await expect(fay.get_by_role("heading", name="How I sign in")).to_be_visible(timeout=PATIENCE)
    await thief.goto(f"{new_house.url}/staff")
    await expect(thief.get_by_label("The words on your card")).to_be_visible()
    await sign_in_with_password(new_house, thief, spare[0])
    await expect(thief.get_by_text("did not fit together")).to_be_visible()


async def test_a_change_of_roles_asks_again_after_ten_minutes_and_leads_back(
    new_house: House, clock: Database, tablet: Open
):
    nora = await with_key(await tablet())
    await nora_begins(new_house, nora)
    mei = (await new_house.invite("Mei")).person
    await pass_time(clock, minutes=11)
    await nora.goto(f"{new_house.url}/staff/people/{mei}")
    await nora.get_by_label("Role", exact=True).select_option("helper")
    await nora.get_by_role("button", name="Give this role").tap()
    await expect(nora.get_by_role("heading", name="Is it you, Nora?")).to_be_visible()
    await nora.get_by_role("button", name="It is me").first.tap()
    await nora.wait_for_url(f"**/staff/people/{mei}")
    await nora.get_by_label("Role", exact=True).select_option("helper")
    await nora.get_by_role("button", name="Give this role").tap()
    await expect(nora.get_by_role("button", name="Take away: helper")).to_be_visible()
