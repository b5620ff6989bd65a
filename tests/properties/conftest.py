import pytest

from tests.support.houses import Houses


@pytest.fixture(scope="session")
async def postgres_url(houses: Houses) -> str:
    url = await (await houses.postgres()).create_database()
    return url.replace("postgresql", "postgresql+asyncpg", 1)
