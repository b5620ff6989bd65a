import asyncio

import pytest

from tests.support.client import new_ref
from tests.support.house import House

pytestmark = pytest.mark.faults


async def test_the_same_ref_at_two_processes_at_once_is_one_entry(grown_house: House):
    circle = await grown_house.circle(no_limits=True)
    lives = [await circle.rose.enter(circle.id, door=door) for door in (0, 1)]
    dot = await circle.dot.enter(circle.id, door=1)
    refs = [new_ref() for _ in range(40)]
    for ref in refs:
        answers = await asyncio.gather(*(live.say(circle.id, ref, ref=ref) for live in lives))
        assert {answer["type"] for answer in answers} == {"said"}
        assert len({(answer["seq"], answer["version"]) for answer in answers}) == 1
    for ref in refs:
        await dot.expect("entry", text=ref)
    history = await circle.dot.history(circle.id)
    assert [entry["text"] for entry in history] == refs
    assert [entry["seq"] for entry in history] == list(range(1, 41))
    assert len(dot.heard("entry")) == 40
