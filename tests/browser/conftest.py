from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.browser.gallery import Room, furnish
from tests.browser.visitor import Visitor
from tests.support.chromium import Tablet
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.person import Person

OpenTablet = Callable[..., Awaitable[Tablet]]


@pytest.fixture
async def elm_house(houses: Houses) -> AsyncIterator[House]:
    """One house on SQLite, for tests that are about the pages alone."""
    house = await houses.shared("embedded")
    yield house
    await house.hang_up()


@pytest.fixture
async def monday_circle(elm_house: House) -> Circle:
    return await named(await elm_house.circle())


@pytest.fixture
async def circle_anywhere(circle: Circle) -> Circle:
    """The same on both stacks."""
    return await named(circle)


@pytest.fixture(scope="session")
def furnished_in(houses: Houses) -> Callable[[str], Awaitable[Room]]:
    """Something on every page, made once for each language."""
    made: dict[str, Room] = {}

    async def furnished_in(language: str) -> Room:
        if language not in made:
            house = await houses.shared("embedded")
            made[language] = await furnish(house, await named(await house.circle()), language)
        return made[language]

    return furnished_in


@pytest.fixture(scope="session")
async def furnished(furnished_in: Callable[[str], Awaitable[Room]]) -> Room:
    return await furnished_in("en")


@pytest.fixture
def visit(tablet: OpenTablet) -> Callable[..., Awaitable[Visitor]]:
    """Somebody with a tablet in their hands, signed in and in the room: `rose = await visit(circle, circle.rose)`."""

    async def visit(circle: Circle, person: Person, **differences: object) -> Visitor:
        return await Visitor.come(await tablet(**differences), circle, person)

    return visit


async def named(circle: Circle) -> Circle:
    """The people of the circle, called by their names."""
    names = ["Rose", "Harold", "Dot", "Mei", "Fay"]
    for person, name in zip(circle.everyone, names, strict=True):
        answer = await person.ask("POST", "/settings", data={"name": name})
        assert answer.status_code == 303, answer.text
        person.name = name
    return circle
