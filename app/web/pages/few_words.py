"""*A few words…*: phrases sent by a tap. Whoever sent one, everybody reads it in their own language."""

from functools import cache

from app.people.preferences import LANGUAGES
from app.problems import N_
from app.wording import say

FEW_WORDS = (
    N_("Good morning, everyone."),
    N_("I am just listening today."),
    N_("Thank you for telling us that."),
    N_("I am thinking of you."),
    N_("That made me smile."),
    N_("Could somebody say more about that?"),
    N_("I need to stop now. See you next time."),
)


def few_words(language: str) -> list[str]:
    return [say(phrase, language) for phrase in FEW_WORDS]


def in_words_of(language: str, text: str) -> str:
    """A message that is one of the phrases and nothing more, in the reader's language; any other as it was written."""
    phrase = _phrases().get(text)
    return say(phrase, language) if phrase else text


def from_elsewhere(language: str) -> list[tuple[str, str]]:
    """As others may send it, and as this reader has it: for the script."""
    return [(said, say(phrase, language)) for said, phrase in _phrases().items() if said != say(phrase, language)]


@cache
def _phrases() -> dict[str, str]:
    return {say(phrase, language): phrase for language in LANGUAGES for phrase in FEW_WORDS}
