"""Every sentence in the reader's language: gettext catalogues in translations/<language>.po, English as the ids."""

from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path

from babel.dates import format_datetime
from babel.messages.pofile import read_po

from app.problems import Problem

FOLDER = Path(__file__).parent / "translations"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Sentence → translation; sentences that are not translated are left out."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source) if entry.id and entry.string}


def say(sentence: str, language: str = "en", **values: object) -> str:
    """The sentence in that language, with `{named}` values filled in."""
    words = catalogue(language).get(sentence, sentence)
    return words.format(**values) if values else words


def explain(problem: Problem, language: str = "en", zone: tzinfo = UTC) -> str:
    """A Problem's sentence for a person, its times as they are there."""
    values = {name: _spoken(value, language, zone) for name, value in problem.values.items()}
    return say(problem.sentence, language, **values)


def _spoken(value: object, language: str, zone: tzinfo) -> object:
    if not isinstance(value, datetime):
        return value
    return format_datetime(value, "EEEE d MMMM, h:mm a", zone, language).replace("\u202f", " ")
