"""Text as it is kept: the same words, without what could break a line, a page or a database."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.foundation.words import clean, clean_name

ANYTHING = st.text(st.characters(exclude_categories=()))
NASTY = st.text("a e\u0301\u00e9\u200d\u202e\u2066\ud800\udfff\x00\x1b\x85\r\n\t\u2028\ufeff🏡👵🏽")
PLACES = {"\n", "\t"}


@given(ANYTHING | NASTY)
@example("\u0301")
@example("\x00e\u0301")
@example("e\x00\u0301")
@example(" \ud800 ")
@example("\r\n \x85")
def test_cleaning_what_is_clean_changes_nothing(text: str):
    assert clean(clean(text)) == clean(text)


@given(ANYTHING | NASTY)
@example("e\x00\u0301")
def test_what_is_clean_is_composed_trimmed_and_can_be_stored(text: str):
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    assert not [one for one in kept if unicodedata.category(one) in ("Cc", "Cs") and one not in PLACES]
    kept.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_words_are_not_changed(text: str):
    assert clean(text) == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Good morning  ", "Good morning"),
        ("one\r\ntwo\rthree\n\nfour", "one\ntwo\nthree\n\nfour"),
        ("a\tb", "a\tb"),
        ("bell\x07 escape\x1b[31m null\x00", "bell escape[31m null"),
        ("cafe\u0301", "caf\u00e9"),
        ("half \ud83c of a house", "half \ufffd of a house"),
        ("👵🏽 and 👨\u200d👩\u200d👧", "👵🏽 and 👨\u200d👩\u200d👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("שלום \u202eabc", "שלום \u202eabc"),
        ("\x00\r\n \t", ""),
    ],
)
def test_what_is_kept_of_what_was_written(written: str, kept: str):
    assert clean(written) == kept


@given(ANYTHING | NASTY)
def test_a_name_is_one_line_that_turns_nothing_around_it(name: str):
    kept = clean_name(name)
    assert clean_name(kept) == kept
    assert "\n" not in kept and "  " not in kept
    assert not set(kept) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Rose \n of the  valley ", "Rose of the valley"),
        ("\u202eesoR", "esoR"),
        ("Rose\u2066\u2069", "Rose"),
        ("María José Ñandú", "María José Ñandú"),
        ("ורד", "ורד"),
        ("O’Brien <b>", "O’Brien <b>"),
    ],
)
def test_how_names_are_kept(written: str, kept: str):
    assert clean_name(written) == kept
