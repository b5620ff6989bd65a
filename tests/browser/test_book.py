"""The pure part of the room's scripts: what a tablet makes of frames that come late, twice or not at all."""

import random
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page

from tests.support.chromium import Tablet
from tests.support.house import House

OpenTablet = Callable[..., Awaitable[Tablet]]

PLAY = """async ([address, moves]) => {
    const { emptyBook, applyOpened, applyEntry, inOrder } = await import(address);
    let book = emptyBook(), gaps = 0;
    for (const move of moves) {
        const news = move.type === "opened" ? applyOpened(book, move, move.asked) : applyEntry(book, move);
        book = news.book;
        gaps += news.missing ? 1 : 0;
    }
    return { version: book.version, gaps, words: inOrder(book).map((one) => one.text) };
}"""


@pytest.fixture
async def play(tablet: OpenTablet, elm_house: House) -> Callable[[list[dict[str, Any]]], Awaitable[dict[str, Any]]]:
    page: Page = (await tablet()).page
    await page.goto(elm_house.url + "/card")
    found = re.search(r"/static/[0-9a-f]+/", await page.content())
    assert found

    async def play(moves: list[dict[str, Any]]) -> dict[str, Any]:
        played: dict[str, Any] = await page.evaluate(PLAY, [f"{found.group()}js/book.js", moves])
        return played

    return play


def entry(seq: int, version: int, text: str | None = None) -> dict[str, Any]:
    return {"type": "entry", "seq": seq, "version": version, "text": text or f"{seq}.{version}"}


def opened(version: int, *entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "opened", "version": version, "entries": list(entries), "more": False, **more}


async def test_live_frames_count_on_from_opened(play):
    told = await play([opened(2, entry(1, 1), entry(2, 2)), entry(3, 3), entry(1, 4, "changed")])
    assert told == {"version": 4, "gaps": 0, "words": ["changed", "2.2", "3.3"]}


async def test_a_frame_that_came_before_changes_nothing(play):
    told = await play([opened(3, entry(1, 3, "new")), entry(1, 1, "old"), entry(1, 3, "new")])
    assert told == {"version": 3, "gaps": 0, "words": ["new"]}


async def test_a_gap_is_noticed_shown_and_never_counted(play):
    told = await play([opened(1, entry(1, 1)), entry(3, 3)])
    assert told == {"version": 1, "gaps": 1, "words": ["1.1", "3.3"]}


async def test_a_repair_counts_on_and_a_reset_forgets(play):
    repaired = [opened(1, entry(1, 1)), opened(3, entry(2, 2), entry(3, 3), repair=True)]
    assert (await play(repaired))["words"] == ["1.1", "2.2", "3.3"]
    reset = [*repaired, opened(9, entry(8, 9), asked=3, reset=True)]
    assert await play(reset) == {"version": 9, "gaps": 0, "words": ["8.9"]}


async def test_whatever_is_lost_or_repeated_the_next_opened_makes_it_whole(play):
    """Frames of a room's whole life, dropped, repeated and shuffled, then what `open` with `after` brings."""
    life = [entry(seq, version) for version, seq in enumerate([1, 2, 1, 3, 4, 2, 5, 5, 6, 1], start=1)]
    newest = {one["seq"]: one for one in life}
    whole = [newest[seq]["text"] for seq in sorted(newest)]
    for heard in samples(life):
        version = (await play(heard))["version"]
        missed = sorted((one for one in newest.values() if one["version"] > version), key=lambda one: one["version"])
        told = await play([*heard, opened(len(life), *missed, asked=version)])
        assert told["words"] == whole
        assert told["version"] == len(life)


def samples(life: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Forty different ways to hear it, the same in every run."""
    chance = random.Random(79)
    ways = []
    for _ in range(40):
        heard = [one for one in life if chance.random() < 0.8 for _ in range(chance.choice([1, 1, 2]))]
        if chance.random() < 0.5:
            chance.shuffle(heard)
        ways.append(heard)
    return ways
