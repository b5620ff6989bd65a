"""The screen: what somebody wrote, looked at for danger. It only flags; it never blocks, changes or answers words.

Tiers and categories are those of docs/safety.md. Rules are data, in `screen/<language>/`; a language without rules
is told as not screened. What the screen raises is told with the rule's id, the rules' version and where the words
stand, never with a copy of them.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import structlog

from app.foundation.phrases.looking import Finding, Look, Looker
from app.foundation.phrases.ruleset import load

log = structlog.get_logger()
TIERS = ("none", "watch", "concern", "emergency")
CATEGORIES = frozenset(
    {
        "suicide", "self_harm", "medical", "overdose_withdrawal", "abuse_neglect", "exploitation", "violence",
        "relapse", "distress", "scam", "pii",
    }
)  # fmt: skip
RULES = Path(__file__).parent / "screen"
LANGUAGES = tuple(sorted(folder.name for folder in RULES.iterdir() if folder.is_dir()))
"""Languages that have rules."""


@dataclass(frozen=True, slots=True)
class Screened:
    """`tier` and `category` of the sentence that decided; `version` of the rules; `whole`: nothing was left unread.

    `on_trial`: what rules on trial found, with the version of their rules. It is kept, and acts on nothing.
    """

    tier: str
    category: str
    findings: tuple[Finding, ...]
    version: str
    whole: bool
    on_trial: tuple[tuple[Finding, str], ...] = ()


def screen(text: str, language: str) -> Screened | None:
    """What the rules of that language find; None where there are none, which is told as "not screened"."""
    looker = looker_for(language)
    if looker is None:
        return None
    return _told(looker.look(text), looker)


def worry_in(text: str) -> Screened | None:
    """The highest that the rules of any language find in words on their way, None where that is nothing.

    People write in the language of the moment, whatever their settings say, so every shipped language reads along.
    A screen that stumbles is told as a concern: words are never lost over it, and never pass unread.
    """
    try:
        found = [told for language in LANGUAGES if (told := screen(text, language))]
    except Exception as trouble:
        log.error("screen_stumbled", trouble=type(trouble).__name__)
        return Screened("concern", "distress", (), "", whole=False)
    worst = max(found, key=lambda one: TIERS.index(one.tier))
    worst = replace(worst, on_trial=tuple(one for told in found for one in told.on_trial))
    return worst if worst.tier != "none" or worst.on_trial else None


@cache
def looker_for(language: str) -> Looker | None:
    folder = RULES / language
    return Looker(load(folder, TIERS, CATEGORIES)) if language.isalpha() and folder.is_dir() else None


@cache
def screened_languages() -> tuple[str, ...]:
    """Languages with rules that act, beyond those on trial."""
    lookers = {language: looker_for(language) for language in LANGUAGES}
    return tuple(one for one, it in lookers.items() if it and len(it.rules.on_trial) < len(it.rules.rules))


def _told(look: Look, looker: Looker) -> Screened:
    acting = tuple(one for one in look.findings if one.rule not in looker.rules.on_trial)
    tier, category = (acting[0].level, acting[0].kind) if acting else ("none", "none")
    if not look.whole and TIERS.index(tier) < TIERS.index("concern"):
        tier, category = "concern", "distress"
    on_trial = tuple((one, looker.rules.version) for one in look.findings if one.rule in looker.rules.on_trial)
    return Screened(tier, category, acting, looker.rules.version, look.whole, on_trial)
