"""The rules of the words on cards: read aloud over a telephone, heard right, and spelled by anybody."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

import app.people

WORDS = (Path(app.people.__file__).parent / "card_words.txt").read_text("ascii").splitlines()

NEVER = tomllib.loads((Path(__file__).parent / "never_on_cards.toml").read_text("ascii"))


def one_slip_apart(one: str, other: str) -> bool:
    """One letter changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) <= 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def test_there_are_512_words_sorted_and_distinct():
    assert len(WORDS) == 512
    assert sorted(set(WORDS)) == WORDS


def test_each_word_is_four_to_seven_plain_letters():
    assert all(4 <= len(word) <= 7 and word.isascii() and word.isalpha() and word.islower() for word in WORDS)


def test_no_word_becomes_another_by_one_slip():
    assert not [pair for pair in combinations(WORDS, 2) if one_slip_apart(*pair)]


@pytest.mark.parametrize("slip", ["mable", "maples", "aple", "maiple"])
def test_a_changed_an_added_and_a_lost_letter_is_one_slip(slip):
    assert one_slip_apart("maple", slip)


@pytest.mark.parametrize("other", ["lamp", "ample", "mapleys"])
def test_two_slips_are_not_one(other):
    assert not one_slip_apart("maple", other)


@pytest.mark.parametrize("reason", NEVER)
def test_no_word_is_one_that_misleads_or_hurts(reason):
    assert not set(NEVER[reason].split()) & set(WORDS)


def test_nobody_of_the_house_is_named_by_a_word():
    assert not {"rose", "harold", "walter", "grace", "carol", "ellen"} & set(WORDS)
