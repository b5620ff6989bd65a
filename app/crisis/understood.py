"""Whether the rules know the language somebody wrote in, guessed from its small words. A guess only marks words at
the desk as not screened, so that a person reads them; the rules read them all the same.
"""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from app.crisis.screening import screened_languages

SMALL_WORDS = Path(__file__).parent / "small_words.toml"
FEWEST_WORDS = 4
LATIN = "LATIN"


def not_screened(text: str, talked_here: list[str]) -> bool:
    """True for another script, for words of another language, and where only such languages are talked."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return False
    if sum(unicodedata.name(sign, "").startswith(LATIN) for sign in letters) * 2 < len(letters):
        return True
    language = likely_language(text)
    if language is None:
        return not set(talked_here) & set(screened_languages())
    return language not in screened_languages()


def likely_language(text: str) -> str | None:
    """The language most of whose small words stand there; None where there are too few words, or it is a tie."""
    words = "".join(sign if sign.isalpha() or sign == "'" else " " for sign in text.casefold()).split()
    if len(words) < FEWEST_WORDS:
        return None
    counted = sorted(
        ((sum(word in small for word in words), name) for name, small in small_words().items()), reverse=True
    )
    (most, language), (next_most, _) = counted[0], counted[1]
    return language if most * 4 >= len(words) and most > next_most else None


@cache
def small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in tomllib.loads(SMALL_WORDS.read_text("utf-8")).items()}
