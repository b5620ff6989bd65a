"""The canaries: strings that stand nowhere else, each with who may read it and where it may lie.

Words that are masked or whispered are not built yet: whoever builds them plants a canary here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """`tables`: where in the database it may stand in plain letters. `live`: who heard it before it was hidden."""

    words: str
    readers: frozenset[str]
    tables: frozenset[str]
    live: frozenset[str] = frozenset()


NOBODY: frozenset[str] = frozenset()
CIRCLE = frozenset({"Rose", "Harold", "Dot", "Mei", "Fay"})
WHO_ANSWER_CALLS = frozenset({"Fay", "Gil", "Asha", "Vera", "Nora"})


def secret(words: str, readers: set[str] | frozenset[str], *tables: str, live: frozenset[str] = NOBODY) -> Secret:
    return Secret(words, frozenset(readers), frozenset(tables), live)


SAID = secret("canary-said-quince", CIRCLE, "entries")
IN_THE_PAIR = secret("canary-pair-medlar", {"Rose", "Sam"}, "entries")
HELD = secret("canary-held-damson", {"Dot", "Fay"}, "waiting")
SENT_BACK = secret("canary-sent-back-sloe", {"Dot"}, "waiting")
WITHDRAWN = secret("canary-withdrawn-rowan", {"Dot"}, "waiting")
TAKEN_OUT = secret("canary-taken-out-bilberry", {"Fay"}, "entries", live=CIRCLE)
TAKEN_BACK = secret("canary-taken-back-cloudberry", NOBODY, "entries", live=CIRCLE)
REFUSED = secret("canary-refused-mulberry", NOBODY)
NOTE = secret("canary-note-hawthorn", WHO_ANSWER_CALLS | {"Rose", "Harold"}, "taps")
SEALED = secret("canary-sealed-juniper", {"Rose", "Fay"})
ASKED = secret("canary-asked-gooseberry", {"Rose", "Joan"}, "questions")
ANSWERED = secret("canary-answered-loganberry", {"Rose", "Joan"}, "questions")
DRAFTED = secret("canary-drafted-boysenberry", {"Rose"})
LOGGED = secret("canary-logged-elderflower", {"Joan"}, "phone_calls")

IN_ROOMS = (SAID, IN_THE_PAIR, HELD, SENT_BACK, WITHDRAWN, TAKEN_OUT, TAKEN_BACK, REFUSED)
SECRETS = (*IN_ROOMS, NOTE, SEALED, ASKED, ANSWERED, LOGGED, DRAFTED)


OWN = {
    "Rose": {SAID, IN_THE_PAIR, NOTE, ASKED, ANSWERED, LOGGED},
    "Harold": {NOTE},
    "Dot": {HELD, SENT_BACK, WITHDRAWN},
    "Mei": {TAKEN_OUT, TAKEN_BACK},
}
"""What may stand in somebody's own copy: what they wrote, what was answered to them, what was noted about them."""


def leaked(text: str, reader: str) -> list[str]:
    """What stands in that text and is not for that reader."""
    return [one.words for one in found(text) if reader not in one.readers]


def found(text: str) -> list[Secret]:
    return [one for one in SECRETS if one.words in text]
