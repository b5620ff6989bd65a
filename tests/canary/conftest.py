from collections.abc import AsyncIterator

import pytest

from tests.canary.scene import Scene
from tests.conftest import STACKS
from tests.support.houses import Houses
from tests.support.letterbox import Letterbox
from tests.support.push_service import PushService


@pytest.fixture(scope="session", params=STACKS)
async def scene(request: pytest.FixtureRequest, houses: Houses) -> AsyncIterator[Scene]:
    """Played once on each stack; the tests only look."""
    with Letterbox() as letterbox, PushService() as pushes:
        house = await houses.build(request.param)
        house.settings |= {"HEARTHSIDE_SMTP_URL": letterbox.url, "HEARTHSIDE_LOG_LEVEL": "DEBUG"}
        house.settings |= {"HEARTHSIDE_PUSH_SERVICES": pushes.url}
        await house.open_doors()
        scene = await Scene.set(house, letterbox, pushes)
        await scene.act()
        yield scene
        await house.hang_up()
