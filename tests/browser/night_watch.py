"""A house with a telephone company, Asha on call at every hour, and Rose in a group of eight."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Locator, expect

from app.crisis.on_call import Shift
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.ways import Way
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle
from tests.support.databases import pass_time
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.inside import database_of, inside
from tests.support.person import Person
from tests.support.phone_company import Handed, PhoneCompany
from tests.support.waiting import until

Visit = Callable[..., Awaitable[Visitor]]
NUMBER = "+15550101"


@dataclass
class NightWatch:
    house: House
    phones: PhoneCompany
    circle: Circle
    asha: Person

    @property
    def rose(self) -> Person:
        return self.circle.rose

    async def paged(self) -> Handed:
        """What the telephone company was given for Asha first."""

        async def came() -> bool:
            return bool(self.phones.handed)

        await until(came, what="Asha is paged")
        return self.phones.handed[0]

    async def four_hours_pass(self) -> None:
        async with database_of(self.house.settings) as database:
            await pass_time(database, seconds=4 * 3600 + 60)


@asynccontextmanager
async def night_watch(houses: Houses) -> AsyncIterator[NightWatch]:
    with PhoneCompany() as phones:
        house = await houses.build("embedded")
        house.settings |= {"HEARTHSIDE_PHONE_URL": phones.url, "HEARTHSIDE_PHONE_TOKEN": "a token"}
        await house.open_doors()
        [circle] = await house.seed(members=8)
        await circle.rose.ask("POST", "/settings", data={"name": "Rose"})
        asha = await house.welcome("Asha", "responder")
        await inside(house.settings, on_call_always, await asha.id())
        yield NightWatch(house, phones, circle, asha)
        await house.hang_up()


def on_call_always(session: Session, person_id: str) -> None:
    session.add_all(
        Shift(id=new_id(), level=1, person_id=person_id, weekday=day, starts="00:00", ends="00:00") for day in range(7)
    )
    session.add(
        Way(
            id=new_id(), person_id=person_id, kind="text", address=NUMBER, place=0,
            made_by=person_id, made_at=now(), verified_at=now(), verified_by=person_id,
        )
    )  # fmt: skip


async def tap_for_help(visitor: Visitor) -> Locator:
    """The red button; the card that it opens."""
    await visitor.page.get_by_role("button", name="I need help now").tap()
    card = visitor.page.get_by_role("dialog")
    await expect(card).to_be_visible()
    return card


async def says(card: Locator, words: str) -> None:
    await expect(card.locator(".told-now")).to_contain_text(words, timeout=PATIENCE)


async def answer_the_call(asha: Visitor) -> None:
    """The alarm on her screen leads to the call: she has it, and goes to the room where Rose can come."""
    await asha.page.locator("#alerts").get_by_role("link", name="Look now").tap()
    await asha.page.get_by_role("button", name="I have this").tap()
    await expect(asha.page.locator("#now")).to_contain_text("You have this.", timeout=PATIENCE)


async def go_to_her(asha: Visitor, words: str) -> None:
    await asha.page.get_by_role("link", name="Write to Rose now").tap()
    await expect(asha.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)
    await write(asha, words)


async def write(visitor: Visitor, words: str) -> None:
    await visitor.page.locator("#write").fill(words)
    await visitor.page.get_by_role("button", name="Send", exact=True).tap()
    await visitor.sees(words)


async def resolve(asha: Visitor, call: str) -> None:
    await asha.go(call)
    await asha.page.get_by_label("How it ended").select_option("safe_with_plan")
    await asha.page.get_by_label("What came of it").fill("We talked. She sleeps at her sister's tonight.")
    await asha.page.get_by_label("Somebody looks in again").select_option("4")
    await asha.page.get_by_role("button", name="Close this call").tap()
    await expect(asha.page.get_by_text("No call is open.")).to_be_visible()
