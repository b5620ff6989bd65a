"""One text while it is looked at, and whether a group of phrases stands where it counts."""

from dataclasses import dataclass, field

from app.foundation.phrases.matching import Budget, Span, match_at_key, match_from
from app.foundation.phrases.reading import COMMA
from app.foundation.phrases.ruleset import Group, Rule
from app.foundation.phrases.weighing import Weighing

Place = tuple[int, Span]
"""Sentence, and the tokens of it."""


@dataclass(slots=True)
class Sight:
    """One text while it is looked at."""

    text: str
    sentences: list[list[str]]
    starts: list[int]
    budget: Budget
    found: list[tuple[int, Rule | Weighing, tuple[Place, ...]]] = field(default_factory=list)
    parts: dict[tuple[int, int], dict[int, list[Place]]] = field(default_factory=dict)
    stands: dict[tuple[str, int], bool] = field(default_factory=dict)
    """Which groups stand in a sentence (-1: anywhere), once it was asked."""


def stands(group: Group, sight: Sight, places: tuple[Place, ...]) -> bool:
    """Whether a phrase of the group stands where it counts."""
    if any(not group.spares.isdisjoint(sight.sentences[number][first:last]) for number, (first, last) in places):
        return False
    if group.scope == "message":
        return _asked_once(group, sight, -1)
    for number, (first, last) in places:
        if group.scope == "sentence":
            if _asked_once(group, sight, number):
                return True
        elif _within(
            group, sight.sentences[number], *_region(group, sight.sentences[number], first, last), sight.budget
        ):
            return True
    return False


def _asked_once(group: Group, sight: Sight, number: int) -> bool:
    known = sight.stands.get((group.name, number))
    if known is None:
        asked = sight.sentences if number < 0 else [sight.sentences[number]]
        known = any(_within(group, tokens, 0, len(tokens), sight.budget) for tokens in asked)
        sight.stands[group.name, number] = known
    return known


def _region(group: Group, tokens: list[str], first: int, last: int) -> Span:
    if group.scope == "after":
        end = last
        while end < min(len(tokens), last + group.window) and tokens[end] not in group.breaks:
            end += 1
        return last, end
    start = first
    while start > max(0, first - group.window) and tokens[start - 1] not in group.breaks:
        start -= 1
    return start, last


def _within(group: Group, tokens: list[str], start: int, end: int, budget: Budget) -> bool:
    """Whether a phrase of the group begins in this region (commas do not begin one)."""
    for at in range(start, end):
        token = tokens[at]
        if token == COMMA:
            continue
        wanted = group.by_word.get(token, ())
        starting = tuple(pattern for beginning, pattern in group.by_beginning if token.startswith(beginning))
        for pattern in (*wanted, *starting):
            found = match_at_key(pattern, tokens, at, budget) or match_from(pattern, tokens, at, budget)
            if found and found[0] >= start and (group.scope in ("sentence", "message") or found[1] <= max(end, at + 1)):
                return True
    return False
