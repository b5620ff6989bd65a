"""Guessing is slowed: from one address, and from many."""

import asyncio

import pytest

from app.problems import NotFound
from app.web import attempts
from app.web.attempts import Attempts


@pytest.fixture(autouse=True)
def turns(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The turns that were waited for, without the waiting."""
    waited: list[float] = []
    real = asyncio.sleep

    async def note(seconds: float) -> None:
        waited.append(seconds)
        await real(0)

    monkeypatch.setattr(attempts.asyncio, "sleep", note)
    return waited


async def guess(line: Attempts, address: str) -> None:
    with pytest.raises(NotFound):
        async with line.from_address(address):
            raise NotFound()


async def test_many_addresses_guess_short_numbers_no_faster_than_one(turns: list[float]):
    line = Attempts(free=2, anywhere=5, one_line=True)
    for number in range(40):
        await guess(line, f"203.0.113.{number % 10}")
    assert len(turns) == 35


async def test_where_cards_are_guessed_an_address_that_guesses_waits_for_itself(turns: list[float]):
    line = Attempts(free=2, anywhere=5)
    for _ in range(12):
        await guess(line, "203.0.113.1")
    assert len(turns) == 10
    await guess(line, "203.0.113.2")
    assert len(turns) == 11, "others wait one turn once the house is guessed at"
