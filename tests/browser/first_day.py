"""What Joan and somebody new do together on a first day, in either language."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from app.wording import say
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.qr import scan


@dataclass
class Newcomer:
    """Somebody with a tablet that has never been here, and the language they choose."""

    page: Page
    language: str = "en"

    def says(self, sentence: str, **values: object) -> str:
        return say(sentence, self.language, **values)

    def link(self, sentence: str, **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.says(sentence, **values)).first

    def button(self, sentence: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.says(sentence, **values), exact=True).first

    async def reads(self, sentence: str, **values: object) -> None:
        await expect(self.page.locator("main")).to_contain_text(self.says(sentence, **values), timeout=PATIENCE)

    async def scans(self, address: str, name: str) -> None:
        """The camera leads to the house; one tap says that it is them."""
        await self.page.goto(address)
        await self.button("Yes, I am {name}", name=name).tap()
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(name, timeout=PATIENCE)

    async def choose_language(self) -> None:
        if await self.page.locator("html").get_attribute("lang") != self.language:
            await self.page.locator(f"footer button[name=language][value={self.language}]").tap()
        await expect(self.page.locator("html")).to_have_attribute("lang", self.language, timeout=PATIENCE)

    async def say_yes(self, screens: int) -> None:
        """One question a screen, each answered with yes."""
        for _ in range(screens):
            await expect(self.page.locator(".question")).to_have_count(1)
            heading = await self.page.locator(".question h2").inner_text()
            await self.page.locator("button[name=said][value=yes]").tap()
            await expect(self.page.get_by_role("heading", name=heading)).to_have_count(0, timeout=PATIENCE)

    async def say_yes_to_the_end(self) -> None:
        joined = self.page.locator("main", has_text=self.says("You have joined"))
        while True:
            await expect(joined.or_(self.page.locator(".question")).first).to_be_visible(timeout=PATIENCE)
            if await joined.count():
                return
            await self.say_yes(1)

    async def says_to_the_room(self, words: str) -> None:
        await expect(self.page.locator("#line")).to_have_text(self.says("Connected."), timeout=PATIENCE)
        await self.page.locator("#write").fill(words)
        await self.page.locator("#send").tap()
        await expect(self.page.locator("#entries .message", has_text=words)).to_have_count(1, timeout=PATIENCE)


async def card_made_by(joan: Visitor, person: str) -> str:
    """Joan makes a card on their page and prints it: what a camera reads in its square."""
    await joan.go(f"/staff/people/{person}")
    await joan.page.get_by_role("button", name="Make a card").tap()
    return await printed(joan)


async def new_card_made_by(joan: Visitor, person: str) -> str:
    """The old one is lost, and the tablet with it."""
    await joan.go(f"/staff/people/{person}")
    await joan.page.get_by_label("Also sign out every tablet").check()
    await joan.page.get_by_role("button", name="Make a new card instead").tap()
    return await printed(joan)


async def printed(joan: Visitor) -> str:
    square = joan.page.locator(".paper-card svg")
    await expect(square).to_be_visible(timeout=PATIENCE)
    address = await scan(square)
    assert address.startswith(f"{joan.address}/card#")
    return address
