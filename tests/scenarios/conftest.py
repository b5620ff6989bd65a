from collections.abc import AsyncIterator

import pytest

from tests.scenarios.elm import Elm
from tests.support.houses import Houses

STACKS = {"sqlite": "embedded", "postgresql": "grown"}


@pytest.fixture(scope="session", params=list(STACKS))
async def elm_house(request: pytest.FixtureRequest, houses: Houses) -> AsyncIterator[Elm]:
    """One for all stories on each kind of database: starting processes takes longer than the stories do."""
    elm = await Elm.build(STACKS[request.param], houses)
    yield elm
    await elm.close()


@pytest.fixture
async def elm(elm_house: Elm) -> AsyncIterator[Elm]:
    await elm_house.begin()
    yield elm_house
    await elm_house.end()
