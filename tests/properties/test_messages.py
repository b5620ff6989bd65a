"""The seven promises over the real message path, with everything put between that can come between."""

from collections.abc import Iterator

import pytest
from hypothesis import given, note
from structlog.testing import capture_logs

from app.foundation.realtime import hub
from app.rooms import entries
from app.web.live import here
from tests.properties.ending import end_well, require_calm
from tests.properties.rare_stories import and_the_rare_ones
from tests.properties.settings import examples
from tests.properties.stage import Stage
from tests.properties.steps.keeping import TimePasses
from tests.properties.stories import Story, stories
from tests.properties.world import World

pytestmark = pytest.mark.timeout(600)
"""Long enough to find the shortest story that goes wrong."""


@pytest.fixture(scope="module", autouse=True)
def no_waiting() -> Iterator[None]:
    """What waits a moment for company or for what is late waits for one turn of the loop."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hub, "A_MOMENT", 0)
        patch.setattr(here, "A_LITTLE", 0)
        patch.setattr(here, "REFRESH_SECONDS", 0)
        yield


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    yield from _stage(f"sqlite:///{tmp_path_factory.mktemp('properties') / 'hearthside.db'}")


@pytest.fixture(scope="module")
def on_postgres(postgres_url: str) -> Iterator[Stage]:
    yield from _stage(postgres_url)


def _stage(url: str) -> Iterator[Stage]:
    stage = Stage(url)
    yield stage
    stage.close()


@examples(150)
@and_the_rare_ones
@given(story=stories())
def test_everybody_knows_the_same_and_it_is_true_on_sqlite(on_sqlite: Stage, story: Story) -> None:
    on_sqlite.run(tell(on_sqlite, story))


@examples(40)
@and_the_rare_ones
@given(story=stories())
def test_everybody_knows_the_same_and_it_is_true_on_postgres(on_postgres: Stage, story: Story) -> None:
    on_postgres.run(tell(on_postgres, story))


async def tell(stage: Stage, story: Story) -> None:
    """Let every step happen, then let all calm down. Nothing may be wrong at any time."""
    note("\n".join(str(step) for step in (story.most_changes, story.at_first, *story.steps)))
    world = World(stage, await stage.scene())
    with pytest.MonkeyPatch.context() as patch, capture_logs() as logs:
        patch.setattr(entries, "MOST_CHANGES", story.most_changes)
        try:
            await _tell(world, story)
        finally:
            await world.end()
            if logs:
                note(f"logs: {logs}")
    require_calm(world, logs)


async def _tell(world: World, story: Story) -> None:
    for tablet, process in zip(world.tablets, story.at_first, strict=True):
        if process is not None:
            tablet.connect(world.processes[process])
    await world.settle()
    for tablet in world.tablets:
        if tablet.is_on:
            tablet.open_room(world.rooms[0].id, None, None)
    await world.settle()
    for step, settles in story.steps:
        if isinstance(step, TimePasses):
            await world.settle()
        step.happen(world)
        if settles or isinstance(step, TimePasses):
            await world.settle()
    await end_well(world)
