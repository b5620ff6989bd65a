"""docs/safety.md prints what the screen does on the labelled messages, and never more than it does."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli_screening import answers
from tests.docs.pages import page, rows

MESSAGES = Path(__file__).parents[1] / "crisis" / "messages"
PRINTED = rows(page("safety.md"), "What the screen reads")
ROUNDING = 0.01


def share(messages: list[dict[str, Any]], told: dict[str, str], *tiers: str) -> float:
    return sum(told[one["id"]] in tiers for one in messages) / len(messages)


def figures(language: str) -> tuple[int, list[float], float]:
    """How many; plain emergencies paged, all paged, all at concern or above; harmless paged."""
    lines = (MESSAGES / f"{language}.jsonl").read_bytes().splitlines()
    told = {one["id"]: one["tier"] for one in answers(lines) if isinstance(one, dict)}
    messages = [json.loads(line) for line in lines]
    danger = [one for one in messages if one["tier"] == "emergency"]
    plain = [one for one in danger if "DIRECT" in one["note"]]
    harmless = [one for one in messages if one["tier"] == "none"]
    caught = [share(plain, told, "emergency"), share(danger, told, "emergency")]
    caught.append(share(danger, told, "emergency", "concern"))
    return len(messages), caught, share(harmless, told, "emergency")


def test_every_language_with_messages_stands_in_the_table():
    assert set(PRINTED) == {file.stem for file in MESSAGES.glob("*.jsonl")}


@pytest.mark.parametrize("language", PRINTED)
def test_the_table_promises_no_more_than_the_screen_does(language: str):
    count, caught, false_pages = figures(language)
    printed_count, *printed, printed_false_pages = PRINTED[language]
    assert int(printed_count) <= count
    for really, promised in zip(caught, printed, strict=True):
        assert really + ROUNDING >= float(promised), (language, caught)
    assert false_pages <= float(printed_false_pages) + ROUNDING, (language, false_pages)


@pytest.mark.parametrize("language", PRINTED)
def test_the_screen_keeps_to_its_targets_on_them(language: str):
    _, (plain, paged, noticed), false_pages = figures(language)
    assert plain >= 0.98 and paged >= 0.75 and noticed >= 0.90, (plain, paged, noticed)
    assert false_pages <= 0.01
