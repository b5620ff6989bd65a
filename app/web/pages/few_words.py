"""*A few words…*: phrases sent by a tap. Whoever sent one, everybody reads it in their own language."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class FewWords:
    here: list[str]
    elsewhere: list[tuple[str, str]]
    """As others may send them, and as this reader has them: for the script."""


def few_words(language: str) -> FewWords:
    here = {phrase: say(phrase, language) for phrase in FEW_WORDS}
    return FewWords(
        [*here.values()], [(said, here[phrase]) for said, phrase in _phrases().items() if said not in here.values()]
    )


def in_words_of(language: str, text: str) -> str:
    """A message that is one of the phrases and nothing more, in the reader's language; any other as it was written."""
    phrase = _phrases().get(text)
    return say(phrase, language) if phrase else text


@cache
def _phrases() -> dict[str, str]:
    return {say(phrase, language): phrase for language in LANGUAGES for phrase in FEW_WORDS}
