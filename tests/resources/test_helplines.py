from datetime import date
from pathlib import Path

import pytest

from app.resources.helplines import HelplineMistake, countries, helplines_for

US = """
country = "US"
name = "United States"
checked_on = 2026-11-22
source = ["988lifeline.org"]

[[line]]
kind = "emergency"
name = "Emergency"
number = "911"
hours = "Every day, day and night"
languages = ["en"]
free = true
say = "Ring for an ambulance, fire or police"

[[line]]
kind = "crisis"
name = "Lifeline"
number = "988"
hours = "Every day, day and night"
languages = ["en"]
free = true
say = "Ring when it is too much to bear"
"""

every_country = pytest.mark.parametrize("country", countries())


def test_ten_countries_are_shipped():
    assert countries() == ("AU", "CA", "DE", "ES", "FR", "GB", "IE", "MX", "NZ", "US")


def test_in_the_united_states_help_is_911_and_988():
    us = helplines_for("US")
    assert (us.emergency.number, us.crisis.number) == ("911", "988")
    assert "18886701360" in {line.dial for line in us.others}


@every_country
def test_emergency_and_crisis_answer_day_and_night_and_cost_nothing(country):
    lines = helplines_for(country)
    for line in (lines.emergency, lines.crisis):
        assert line.free
        assert line.hours == "Every day, day and night"


@every_country
def test_the_others_leave_out_the_two_large_buttons_and_nothing_else(country):
    lines = helplines_for(country)
    assert {lines.emergency, lines.crisis, *lines.others} == set(lines.line)
    assert len(lines.others) == len(lines.line) - 2


@every_country
def test_a_country_has_someone_who_listens_or_minds_scams(country):
    assert {"listening", "abuse", "scam"} & {line.kind for line in helplines_for(country).others}


@every_country
def test_each_table_says_when_and_against_what_it_was_checked(country):
    lines = helplines_for(country)
    assert date(2026, 1, 1) < lines.checked_on
    assert all("." in page for page in lines.source)


@every_country
def test_the_words_are_plain_and_never_shout(country):
    for line in helplines_for(country).line:
        for words in (line.name, line.hours, line.say):
            assert not {"senior", "elderly", "user", "invalid"} & set(words.lower().split())
            assert "!" not in words
        assert line.say.startswith("Ring ")


def test_an_unknown_country_is_told_what_is_shipped():
    with pytest.raises(HelplineMistake, match='country "ZZ".* AU, CA, DE, .* US'):
        helplines_for("ZZ")


@pytest.mark.parametrize("country", ["", "us", "../US", "US.toml"])
def test_only_a_shipped_name_opens_a_file(country):
    with pytest.raises(HelplineMistake, match="no help numbers"):
        helplines_for(country)


@pytest.mark.parametrize(
    "right, wrong, sentence",
    [
        ('number = "988"\n', "", r"US.toml, entry 2, number is missing"),
        ('number = "988"', 'number = "call us"', r"US.toml, entry 2, number needs mending"),
        ('number = "988"', 'number = "911"', r"line needs mending: each number is given once"),
        ('kind = "crisis"', 'kind = "crises"', r"entry 2, kind needs mending: .*'crisis'"),
        ('kind = "crisis"', 'kind = "listening"', r'at least one line of kind "crisis"'),
        ('kind = "crisis"', 'kind = "emergency"', r'exactly one line of kind "emergency"'),
        ("too much to bear", "all too much for anyone to bear", r"entry 2, say .* eight words or fewer"),
        ("free = true", 'free = true\nprice = "0"', r"entry 1, price is not a word we know"),
        ("checked_on = 2026-11-22\n", "", r"US.toml, checked_on is missing"),
        ('country = "US"', 'country = "UK"', r'US.toml says country = "UK"'),
        ('["988lifeline.org"]', "[", r"US.toml cannot be read as TOML: .*line"),
    ],
)
def test_a_mistake_is_explained_by_file_and_entry(tmp_path: Path, right: str, wrong: str, sentence: str):
    assert right in US
    (tmp_path / "US.toml").write_text(US.replace(right, wrong, 1), "utf-8")
    with pytest.raises(HelplineMistake, match=sentence):
        helplines_for("US", tmp_path)


def test_a_table_of_ones_own_is_read_from_its_folder(tmp_path: Path):
    (tmp_path / "US.toml").write_text(US, "utf-8")
    assert helplines_for("US", tmp_path).others == ()
