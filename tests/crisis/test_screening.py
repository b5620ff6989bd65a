"""Every rule finds what it says it finds, and passes what it says it passes; and the labelled messages as a whole."""

import json
import tomllib
from pathlib import Path

import pytest

from app.crisis.screening import TIERS, looker_for, screen
from app.foundation.phrases.ruleset import Rule

LANGUAGES = ("en", "es")


MESSAGES = Path(__file__).parent / "messages"


def rules() -> list[tuple[str, Rule]]:
    found = []
    for language in LANGUAGES:
        looker = looker_for(language)
        assert looker is not None
        found += [(language, rule) for rule in looker.rules.rules]
    return found


@pytest.mark.parametrize(("language", "rule"), rules(), ids=lambda value: getattr(value, "id", value))
def test_a_rule_finds_its_examples_and_passes_the_others(language: str, rule: Rule):
    for text in rule.written.matches:
        assert rule.id in found_in(text, language), text
    for text in rule.written.passes:
        assert rule.id not in found_in(text, language), text


@pytest.mark.parametrize(
    "text",
    [
        "I want to die tonight",
        "I WANT TO DIE TONIGHT",
        "i  want\u00a0to   die… tonight",
        "i waaaant to diiiiie tonight",
        "I\u2019m going to kill myself",
        "Im gonna kill my self",
        "Lovely weather comma thank you all full stop I want to die tonight",
        "The cake was nice. The bus was late. I am going to end my life tonight. See the photos.",
    ],
)
def test_danger_is_seen_however_it_is_typed(text: str):
    assert tier(text) == "emergency"


@pytest.mark.parametrize("text", ["ya no quiero vivir más", "YA NO QUIERO VIVIR MAS", "ya no quieeero vivir mas"])
def test_danger_is_seen_without_accents_too(text: str):
    assert tier(text, "es") == "emergency"


def test_one_sentence_decides_for_the_whole_message():
    told = screen("We had soup. I can't breathe. Then we sang.", "en")
    assert told is not None
    first, last = told.findings[0].words[0]
    assert "We had soup. I can't breathe. Then we sang."[first:last] == "can't breathe"


def test_a_language_without_rules_is_told_as_not_screened():
    assert screen("ich möchte sterben", "de") is None


def test_what_could_not_be_read_to_its_end_is_a_concern():
    told = screen("took all my pills at once last week " * 110, "en")
    assert told is not None
    assert TIERS.index(told.tier) >= TIERS.index("concern")


def test_plain_words_for_an_emergency_page_whoever_says_them():
    for joined in tomllib.loads((MESSAGES / "plain_en.toml").read_text())["joined"]:
        for who in joined["who"]:
            missed = [does for does in joined["does"] if tier(f"{who} {does}".strip()) != "emergency"]
            assert not missed, who


def test_the_screen_finds_what_it_must_in_the_labelled_messages():
    rows = [json.loads(line) for line in (MESSAGES / "en.jsonl").read_text().splitlines()]
    found = [(row, tier(row["text"])) for row in rows]
    emergencies = [told for row, told in found if row["tier"] == "emergency"]
    plain = [told for row, told in found if row["note"].startswith("DIRECT")]
    harmless = [told for row, told in found if row["tier"] == "none"]
    assert share(plain, "emergency") >= 0.98
    assert share(emergencies, "emergency") >= 0.75
    assert share(emergencies, "emergency", "concern") >= 0.90
    assert share(harmless, "emergency") <= 0.01


def share(told: list[str], *tiers: str) -> float:
    return sum(one in tiers for one in told) / len(told)


def test_what_is_weighed_finds_its_examples_and_passes_the_others():
    looker = looker_for("en")
    assert looker is not None
    for weighing in looker.rules.weighings:
        for text in weighing.written.matches:
            assert weighing.id in found_in(text, "en"), text
        for text in weighing.written.passes:
            assert weighing.id not in found_in(text, "en"), text


def test_the_version_names_the_rules_exactly():
    versions = {screen("hello", language).version for language in LANGUAGES}  # type: ignore[union-attr]
    assert len(versions) == len(LANGUAGES)


def tier(text: str, language: str = "en") -> str:
    told = screen(text, language)
    assert told is not None
    return told.tier


def found_in(text: str, language: str) -> set[str]:
    told = screen(text, language)
    assert told is not None
    return {finding.rule for finding in (*told.findings, *(found for found, _ in told.on_trial))}
