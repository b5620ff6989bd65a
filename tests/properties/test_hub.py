"""The hub alone: whatever order, loss and repetition, however old what it reads and however slow its readers."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given, note
from hypothesis import strategies as st
from structlog.testing import capture_logs

from app.foundation.realtime import hub
from tests.properties.hub_world import ROOM, HubWorld
from tests.properties.settings import examples

pytestmark = pytest.mark.timeout(600)
some = st.integers(0, 5)
PLACES = 3
MANY = 1000
DOINGS = (
    "write", "write", "write", "write here", "hide", "hide here", "hide here",
    "arrives", "arrives", "arrives and again", "is lost", "sweep", "sweep", "enter", "enter", "go", "stall", "read on",
    "keep one back", "keep one back", "keep all back", "let go", "let go", "let all go", "fail",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    what: str
    which: int
    settles: bool

    def happen(self, world: HubWorld) -> None:
        reader = world.readers[self.which % len(world.readers)]
        place = self.which % PLACES
        match self.what:
            case "write":
                world.under_way.append(world.table.write(place, readable=True))
            case "write here":
                world.hub.take(ROOM, [world.table.write(place, readable=True)])
            case "hide":
                world.under_way.append(world.table.write(place, readable=False))
            case "hide here":
                world.hide_here(place)
            case "sweep":
                world.sweep()
            case "enter":
                world.enter(reader)
            case "go":
                world.go(reader)
            case "stall":
                reader.stalls = True
            case "read on":
                reader.read_on()
            case "keep one back":
                world.to_keep_back += 1
            case "keep all back":
                world.to_keep_back += MANY
            case "fail":
                world.to_fail += 1
            case "let all go":
                calm_down(world)
            case "let go":
                world.let_go(self.which)
            case "arrives" | "arrives and again" | "is lost" if world.under_way:
                self._on_the_bus(world)

    def _on_the_bus(self, world: HubWorld) -> None:
        told = world.under_way[self.which % len(world.under_way)]
        if self.what != "is lost":
            world.hub.take(ROOM, [told])
        if self.what != "arrives and again":
            world.under_way.remove(told)


def calm_down(world: HubWorld) -> None:
    world.to_keep_back = world.to_fail = 0
    while world.kept_back:
        world.let_go(0)


@st.composite
def stories(draw: Any) -> list[Step]:
    count = draw(st.integers(0, 40))
    steps = st.builds(Step, st.sampled_from(DOINGS), some, st.sampled_from([True, True, True, False]))
    first = draw(st.sampled_from([[], [Step("enter", 0, True)]]))
    return [*first, *draw(st.lists(steps, min_size=count, max_size=60))]


def told_as(*doings: tuple[str, int] | tuple[str, int, bool]) -> list[Step]:
    return [Step(what, which, not at_once) for what, which, *at_once in doings]


A_JUMP_WHILE_ONE_ENTERS = told_as(
    ("enter", 0), ("keep one back", 0), ("enter", 1), ("write here", 0), ("write", 1), ("write", 1),
    ("sweep", 0), ("write here", 0), ("let go", 0),
)  # fmt: skip
OLD_WORDS_FOR_THE_FIRST_WHO_ENTERS = told_as(
    ("write", 0), ("keep one back", 0), ("enter", 0), ("hide", 0), ("sweep", 0), ("let go", 0)
)  # fmt: skip
LATE_WORDS_AFTER_THEIR_REMOVAL = told_as(("enter", 0), ("write", 0), ("hide here", 0, True), ("arrives", 0))


@examples(1000)
@example(steps=OLD_WORDS_FOR_THE_FIRST_WHO_ENTERS)
@example(steps=A_JUMP_WHILE_ONE_ENTERS)
@example(steps=LATE_WORDS_AFTER_THEIR_REMOVAL)
@given(steps=stories())
def test_each_reader_counts_without_a_gap_misses_nothing_and_never_sees_what_was_hidden(steps: list[Step]) -> None:
    note("\n".join(map(str, steps)))
    with pytest.MonkeyPatch.context() as patch, capture_logs():
        patch.setattr(hub, "A_MOMENT", 0)
        asyncio.run(tell(steps))


async def tell(steps: list[Step]) -> None:
    world = HubWorld()
    try:
        for step in steps:
            step.happen(world)
            if step.settles:
                await world.settle()
        await end_well(world)
    finally:
        await world.end()


async def end_well(world: HubWorld) -> None:
    """Everything on the bus is lost; two sweeps must be enough."""
    calm_down(world)
    await world.settle()
    for reader in world.readers:
        reader.read_on()
    for _ in range(2):
        world.sweep()
        await world.settle()
    for reader in [reader for reader in world.readers if reader.subscription]:
        assert reader.shown == world.table.as_of(len(world.table.states))
        assert reader.version == len(world.table.states)
