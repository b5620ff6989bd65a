"""Every sentence in the reader's language: gettext catalogues in web/translations/<language>.po, English as the ids."""

from functools import cache
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.localedata import locale_identifiers
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "web" / "translations"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Sentence → translation; sentences that are not translated are left out."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source) if entry.id and entry.string}


@cache
def locale_of(language: str, country: str) -> Locale:
    """How a language writes times in one country, as far as that is known."""
    wanted = [f"{language}_{country}", language]
    return Locale.parse(negotiate_locale(wanted, locale_identifiers()) or "en")


def say(sentence: str, language: str = "en", **values: object) -> str:
    """The sentence in that language, with `{named}` values filled in. After "p.m." the full stop is there already."""
    words = catalogue(language).get(sentence, sentence)
    return words.format(**values).replace(".m..", ".m.") if values else words
