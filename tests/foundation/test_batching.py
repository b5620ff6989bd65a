"""Many at once, a lone one at once, and one that fails harms nobody else."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from app.foundation.batching import MOST_TOGETHER, Batches
from app.problems import TryAgain


class Writer:
    """Writes units of text: one with "?" needs a transaction of its own, one with "!" cannot be written."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.lone: list[str] = []
        self.written: list[str] = []
        self.free = asyncio.Event()
        self.free.set()
        self.started = asyncio.Event()

    async def together(self, units: list[str]) -> list[str]:
        self.batches.append(units)
        self.started.set()
        await self.free.wait()
        if any("!" in unit for unit in units):
            raise ValueError("in a batch")
        self.written += [unit for unit in units if "?" not in unit]
        return ["alone" if "?" in unit else f"wrote {unit}" for unit in units]

    async def alone(self, unit: str) -> str:
        self.lone.append(unit)
        if "!" in unit:
            raise ValueError(unit)
        self.written.append(unit)
        return f"wrote {unit}"

    async def busy(self) -> None:
        """Wait until it writes a batch that will not end before `free` is set."""
        await self.started.wait()


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
async def line(writer: Writer) -> AsyncIterator[Batches[str, str]]:
    line: Batches[str, str] = Batches(writer.together, writer.alone, lambda answer: answer == "alone")
    running = asyncio.create_task(line.run())
    yield line
    writer.free.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def while_busy(line: Batches[str, str], writer: Writer) -> Callable[..., "asyncio.Future[list[str]]"]:
    """Ask for these units while a batch before them is being written."""

    async def ask(*units: str) -> list[str | BaseException]:
        writer.free.clear()
        first = line.ask("first")
        await writer.busy()
        answers = [line.ask(unit) for unit in units]
        writer.free.set()
        await first
        return await asyncio.gather(*answers, return_exceptions=True)

    return ask


async def test_a_lone_unit_does_not_wait_for_company(line, writer):
    assert await line.ask("Good morning") == "wrote Good morning"
    assert writer.batches == [["Good morning"]]


async def test_what_waits_while_one_is_written_goes_into_the_next_together(while_busy, writer):
    assert await while_busy("a", "b", "c") == ["wrote a", "wrote b", "wrote c"]
    assert writer.batches == [["first"], ["a", "b", "c"]]


async def test_no_batch_is_larger_than_the_most(while_busy, writer):
    await while_busy(*(str(number) for number in range(MOST_TOGETHER + 1)))
    assert [len(batch) for batch in writer.batches] == [1, MOST_TOGETHER, 1]
    assert writer.written == ["first", *(str(number) for number in range(MOST_TOGETHER + 1))]


async def test_a_batch_that_fails_is_tried_unit_by_unit_in_order(while_busy, writer):
    await while_busy("a", "b!", "c")
    assert writer.lone == ["a", "b!", "c"]
    assert writer.written == ["first", "a", "c"]


async def test_only_what_fails_alone_gets_the_exception(while_busy):
    good, bad, also_good = await while_busy("a", "b!", "c")
    assert (good, also_good) == ("wrote a", "wrote c")
    assert isinstance(bad, ValueError) and bad.args == ("b!",)


async def test_what_needs_a_transaction_of_its_own_is_written_before_the_next_batch(line, writer):
    writer.free.clear()
    hold = line.ask("hold this?")
    await writer.busy()
    after = line.ask("after")
    writer.free.set()
    assert [await hold, await after] == ["wrote hold this?", "wrote after"]
    assert writer.written == ["hold this?", "after"]


async def test_one_that_fails_alone_after_its_batch_harms_nobody(while_busy, writer):
    answers = await while_busy("a", "b?", "c")
    assert answers == ["wrote a", "wrote b?", "wrote c"]
    assert writer.lone == ["b?"]


async def test_a_line_that_has_failed_goes_on(line):
    with pytest.raises(ValueError, match="never!"):
        await line.ask("never!")
    assert await line.ask("Good morning") == "wrote Good morning"


async def test_who_no_longer_waits_is_written_all_the_same(while_busy, line, writer):
    writer.free.clear()
    first = line.ask("first")
    await writer.busy()
    gone, gone_too, there = line.ask("gone"), line.ask("gone too?"), line.ask("there")
    gone.cancel()
    gone_too.cancel()
    writer.free.set()
    assert [await first, await there] == ["wrote first", "wrote there"]
    await line.drained()
    assert writer.written == ["first", "gone", "there", "gone too?"]


async def test_drained_means_that_all_was_answered(line, writer):
    writer.free.clear()
    answers = [line.ask(str(number)) for number in range(5)]
    draining = asyncio.create_task(line.drained())
    await writer.busy()
    assert not draining.done()
    writer.free.set()
    await draining
    assert all(answer.done() for answer in answers)


async def test_a_line_nobody_used_is_drained(line):
    await line.drained()


async def test_where_two_in_a_row_find_the_database_away_the_rest_does_not_wait_for_it(while_busy, line):
    """Ten seconds of patience each would be an hour for a full line; the same refs may be sent again."""
    tried: list[str] = []

    async def nobody_there(unit: str) -> str:
        tried.append(unit)
        raise TryAgain()

    line.alone = nobody_there
    answers = await while_busy("a!", "b", "c", "d")
    assert tried == ["a!", "b"]
    assert [type(answer) for answer in answers] == [TryAgain] * 4


async def test_one_that_finds_it_away_and_one_that_does_not_are_no_row(while_busy, line):
    tried: list[str] = []

    async def now_and_then(unit: str) -> str:
        tried.append(unit)
        if unit in ("a!", "c"):
            raise TryAgain()
        return f"wrote {unit}"

    line.alone = now_and_then
    answers = await while_busy("a!", "b", "c", "d")
    assert tried == ["a!", "b", "c", "d"]
    assert [type(answer) for answer in answers] == [TryAgain, str, TryAgain, str]
