from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.support.chromium import Tablet
from tests.support.circle import Circle
from tests.support.person import Person

PATIENCE = 30_000
"""Milliseconds. Nobody measures time here; a slow machine only takes longer."""


@dataclass
class Visitor:
    """A person with a tablet in their hands."""

    tablet: Tablet
    circle: Circle
    person: Person

    @classmethod
    async def come(cls, tablet: Tablet, circle: Circle, person: Person) -> Visitor:
        visitor = cls(tablet, circle, person)
        await carry(tablet, person)
        tablet.context.set_default_timeout(PATIENCE)
        return visitor

    @property
    def page(self) -> Page:
        return self.tablet.page

    @property
    def address(self) -> str:
        return self.person.address

    @property
    def room(self) -> str:
        return f"/rooms/{self.circle.id}"

    async def go(self, path: str) -> None:
        await self.page.goto(self.address + path)

    async def enter(self) -> None:
        """Into the room, until the line to the house is up."""
        await self.go(self.room)
        await expect(self.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)

    async def is_ready(self) -> None:
        """The room's scripts are at work, whether or not the line is up."""
        await expect(self.page.get_by_role("button", name="A few words")).to_be_visible(timeout=PATIENCE)

    async def say(self, words: str) -> None:
        await self.page.get_by_label("Write to the room").fill(words)
        await self.page.get_by_role("button", name="Send", exact=True).tap()

    def message(self, words: str) -> Locator:
        return self.page.locator("#entries .message", has_text=words)

    def unsent(self, words: str) -> Locator:
        return self.page.locator("#unsent .message", has_text=words)

    async def sees(self, words: str) -> None:
        await expect(self.message(words)).to_have_count(1, timeout=PATIENCE)

    async def words_in_order(self) -> list[str]:
        return await self.page.locator("#entries .message > .words").all_inner_texts()

    async def leave_the_network(self) -> None:
        await self.tablet.context.set_offline(True)

    async def find_the_network(self) -> None:
        await self.tablet.context.set_offline(False)


async def together(visit: Callable[..., Awaitable[Visitor]], circle: Circle) -> tuple[Visitor, Visitor]:
    """Rose and Harold, both in the room."""
    rose, harold = await visit(circle, circle.rose), await visit(circle, circle.harold)
    await rose.enter()
    await harold.enter()
    return rose, harold


async def carry(tablet: Tablet, person: Person) -> None:
    """The tablet is signed in as this person."""
    await tablet.context.add_cookies([{"name": "hearthside", "value": person.token, "url": person.address}])
