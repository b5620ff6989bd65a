from collections.abc import AsyncIterator

import pytest

from tests.support.house import House
from tests.support.houses import Houses
from tests.support.postgres import Postgres


@pytest.fixture(scope="module")
async def postgres() -> AsyncIterator[Postgres]:
    """A PostgreSQL that the test may crash."""
    postgres = await Postgres.start()
    yield postgres
    postgres.close()


@pytest.fixture(scope="module")
async def house_on_it(postgres: Postgres, houses: Houses) -> AsyncIterator[House]:
    """A grown house on the PostgreSQL that the test may crash."""
    house = await houses.build("grown", postgres)
    await house.open_doors()
    yield house
    await house.close()
