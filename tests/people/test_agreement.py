"""The sentences that people agree to, as data: whole in every language, short, and never changed afterwards."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from app.people.agreement.reading import (
    SHIPPED,
    BrokenAgreement,
    agreement,
    languages_of,
    newest_version,
    read,
)
from app.wording import say

AGREED_TO = {"2026-11": "81bab7aec3933ec8", "2026-11-22": "bda48847b4b76558"}
"""The English sentences of each version, as people read them: a new sense is a new folder, and a line here."""
MOST_WORDS = 20
FILES = sorted(SHIPPED.glob("*/*.toml"))


def all_words(file: Path) -> list[str]:
    return [text for screen in read(file).screen for text in (screen.heading, *screen.words, screen.yes, screen.no)]


@pytest.mark.parametrize("version", AGREED_TO)
def test_what_people_agreed_to_is_never_changed(version: str):
    told = repr(agreement(version, "en").screen)
    assert sha256(told.encode()).hexdigest()[:16] == AGREED_TO[version]


def test_every_version_is_listed_and_the_newest_is_asked():
    assert {file.parent.name for file in FILES} == set(AGREED_TO)
    assert newest_version() == max(AGREED_TO)


@pytest.mark.parametrize("version", AGREED_TO)
def test_every_language_asks_the_same_questions(version: str):
    told = {language: agreement(version, language).screen for language in languages_of(version)}
    assert {"en", "es"} <= set(told)
    for screens in told.values():
        assert [(one.key, one.choice, len(one.words)) for one in screens] == [
            (one.key, one.choice, len(one.words)) for one in told["en"]
        ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_screen_is_short_and_so_is_each_sentence(file: Path):
    assert all(len(screen.words) <= 4 for screen in read(file).screen)
    sentences = [one for text in all_words(file) for one in re.split(r"(?<=[.?])\s", text)]
    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_only_what_the_pages_fill_in_stands_in_braces(file: Path):
    assert {name for text in all_words(file) for name in re.findall(r"{(\w*)}", text)} <= {"house", "emergency"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_buttons_it_names_are_called_so_on_the_pages(file: Path):
    named = {name for text in all_words(file) for name in re.findall("“(.*?)”", text)}
    assert named == {say(button, file.stem) for button in ("I need help now", "My settings", "What I agreed to")}


def test_a_language_that_is_not_there_reads_english():
    assert agreement("2026-11", "fr") == agreement("2026-11", "en")


LAST = '[[screen]]\nkey = "agree"\nheading = "Join?"\nwords = ["Do you?"]\nchoice = true\nyes = "Yes"\nno = "No"\n'


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("screen = [", "es.toml"),
        ("", "screen"),
        (LAST.replace('no = "No"', ""), "a choice has a yes and a no"),
        (LAST + LAST, "each key stands once"),
        (LAST.replace("agree", "join"), "agree is the last"),
        (LAST + 'colour = "red"', "colour"),
    ],
)
def test_a_mistake_in_the_file_is_explained_to_who_edits_it(tmp_path: Path, written: str, told: str):
    file = tmp_path / "es.toml"
    file.write_text(written, "utf-8")
    with pytest.raises(BrokenAgreement, match=re.escape(told)):
        read(file)
