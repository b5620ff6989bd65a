"""Every sentence can be read at nine to eleven, in both languages. What is harder was agreed to, with its reason."""

import tomllib
from pathlib import Path

import pytest

from app.people.agreement.reading import agreement, newest_version
from app.wording import say
from tests.support.reading_age import (
    ease,
    english_syllables,
    grade,
    hardness,
    sentences_in,
    spanish_syllables,
    words_in,
)
from tests.web.pages.test_sentences import sentences

AGREED = tomllib.loads(Path(__file__).with_name("agreed_to_be_harder.toml").read_text("utf-8"))
ENOUGH_WORDS = 6
"""With fewer, one long word makes a formula say nonsense: those are counted in the whole."""
LONGEST = {"en": 22, "es": 24}
"""Words in one sentence."""


def all_of(language: str) -> list[str]:
    return [say(sentence, language) for sentence in sorted(sentences())] + agreed_to(language)


def agreed_to(language: str) -> list[str]:
    """What people are told before they join."""
    screens = agreement(newest_version(), language).screen
    return [words for one in screens for words in (one.heading, *one.words, one.yes, one.no) if words]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_is_hard(language: str):
    agreed = {sentence for reason in AGREED.values() for sentence in reason}
    mine = [one for one in all_of(language) if len(words_in(one)) >= ENOUGH_WORDS]
    assert {one for one in mine if hardness(one, language) > 0} - agreed == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_is_long(language: str):
    agreed = {sentence for reason in AGREED.values() for sentence in reason}
    assert {
        one for one in all_of(language) if len(words_in(one)) / sentences_in(one) > LONGEST[language]
    } - agreed == set()


def test_all_together_are_read_with_ease_by_a_child_of_eleven():
    assert grade("\n".join(all_of("en"))) < 4
    assert ease("\n".join(all_of("es"))) > 80


def test_nothing_is_agreed_to_that_nobody_says():
    said = {*all_of("en"), *all_of("es")}
    assert {one for reason in AGREED.values() for one in reason} - said == set()


@pytest.mark.parametrize(
    ("word", "syllables"), [("ring", 1), ("tablet", 2), ("kept", 1), ("medicine", 3), ("telephone", 3)]
)
def test_english_syllables_are_counted(word: str, syllables: int):
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"), [("guía", 2), ("tableta", 3), ("quien", 1), ("ayuda", 3), ("leer", 2), ("idea", 3), ("y", 1)]
)
def test_spanish_syllables_are_counted(word: str, syllables: int):
    assert spanish_syllables(word) == syllables


def test_the_measures_tell_plain_words_from_official_ones():
    assert (
        grade("Ring Joan. She will help you.") < 2 < 12 < grade("Authentication credentials necessitate verification.")
    )
    assert (
        ease("Llame a Joan. Le va a ayudar.") > 85 > 30 > ease("La autenticación requiere verificación administrativa.")
    )
