"""The help card in words, as every page carries it with it."""

from typing import Any

from app.crisis.help_card import HelpCard
from app.people.actors import Actor
from app.problems import N_
from app.resources.helplines import Helplines
from app.web.calling import at_on, heading, sentence
from app.wording import say

SOMEBODY = N_("Would you like someone with you?")
TONIGHT = N_("Would you like somebody tonight?")
WRITE_TO_YOU = N_("Shall we write to you?")
IN_THE_MORNING = N_("Staff read what you wrote in the morning. If you like, we tell them now.")
AGAIN = N_("Our people are here again {again}. Until then, please ring one of these numbers.")
NOT_NOW = N_("Our people are not here now. Please ring one of these numbers.")
SEEN = N_("Those who look after this room can see what you wrote. If you like, we tell more people now.")


def card_view(card: HelpCard, reader: Actor | None, helplines: Helplines, language: str) -> dict[str, Any]:
    """`by_telephone`: this tablet is known not to ring, so numbers are read from it and no link."""
    view: dict[str, Any] = {
        "by_telephone": card.how.calls == "no",
        "calls": card.how.calls,
        "ask_first": card.how.ask_first,
        "quiet": card.quiet,
        "chose_quiet": card.how.quiet,
        "hours": _hours(card, language),
        "call": None,
        "asks": None,
    }
    if reader is None:
        return view
    if card.call:
        view["call"] = {
            "heading": heading(card, reader),
            "message": sentence(card.call.truth, helplines, language, quiet=card.quiet),
            "state": card.call.truth.state,
            "room": card.call.come_to,
            "who": card.call.owner,
            "may_lower": card.call.may_lower,
            "home": card.call.home,
            "wants": card.call.wants,
        }
    if card.asks:
        view["asks"] = _asked(card, view, language)
    return view


def _hours(card: HelpCard, language: str) -> str:
    """Outside the stated hours nothing offers a person now."""
    if not card.away or card.quiet:
        return ""
    return say(AGAIN, language, again=at_on(card.again, language)) if card.again else say(NOT_NOW, language)


def _asked(card: HelpCard, view: dict[str, Any], language: str) -> dict[str, str]:
    """Softly, and truly: what they wrote is known, and by whom."""
    tonight = card.asks == "tonight"
    if card.quiet:
        return {"question": say(WRITE_TO_YOU, language), "known": ""}
    known = view["call"]["message"] if view["call"] else say(IN_THE_MORNING if tonight else SEEN, language)
    return {"question": say(TONIGHT if tonight else SOMEBODY, language), "known": known}
