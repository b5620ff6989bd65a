from collections.abc import AsyncIterator

import pytest

from tests.canary.scene import Scene
from tests.conftest import STACKS
from tests.support.houses import Houses
from tests.support.letterbox import Letterbox


@pytest.fixture(scope="session", params=STACKS)
async def scene(request: pytest.FixtureRequest, houses: Houses) -> AsyncIterator[Scene]:
    """Played once on each stack; the tests only look."""
    letterbox = Letterbox()
    letterbox.open()
    house = await houses.build(request.param)
    house.settings |= {"HEARTHSIDE_SMTP_URL": letterbox.url, "HEARTHSIDE_LOG_LEVEL": "DEBUG"}
    await house.open_doors()
    scene = await Scene.set(house, letterbox)
    await scene.act()
    yield scene
    await house.hang_up()
    letterbox.close()
