"""On the way to the pages on which staff set up what they sign in with."""

import time

from playwright.async_api import Page, expect

from tests.architecture.stories_of_proving import PASSWORD, shown
from tests.support.person import Person


async def give_password(person: Person) -> None:
    """Somebody who has proved who they are also has a password, with codes."""
    page = await person.ask("POST", "/my-sign-in/password", data={"password": PASSWORD})
    answer = await person.ask("POST", "/my-sign-in/code", data=shown(page.text, time.time()))
    assert answer.is_success, answer.text


async def make_link(page: Page) -> None:
    await page.locator("form[action$='/set-up'] button").click()
    await expect(page.locator(".code-square")).to_be_visible()


async def open_link(page: Page) -> None:
    await make_link(page)
    await page.goto(await page.locator("main .code").inner_text())
    await expect(page.locator("form[action='/set-up/password']")).to_be_visible()


async def choose_password(page: Page) -> None:
    await open_link(page)
    await page.locator("#password").fill(PASSWORD)
    await page.locator("form[action='/set-up/password'] button").click()
    await expect(page.locator(".code-square")).to_be_visible()


async def new_spare_codes(page: Page) -> None:
    await page.locator("form[action='/my-sign-in/spare-codes'] button").click()
    await expect(page.locator(".spare-codes")).to_be_visible()
