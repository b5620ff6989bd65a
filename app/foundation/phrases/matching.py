"""Trying a pattern against a sentence, step by step, within a budget."""

from dataclasses import dataclass

from app.foundation.phrases.patterns import Choice, Edge, Gap, Pattern
from app.foundation.phrases.reading import COMMA


class OutOfSteps(Exception):
    """The budget for one text is spent."""


@dataclass(slots=True)
class Budget:
    left: int

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OutOfSteps()


Span = tuple[int, int]
"""The first token, and the one after the last."""


def match_at_key(pattern: Pattern, tokens: list[str], key_at: int, budget: Budget) -> Span | None:
    """The pattern with its key part standing at that token, or None."""
    first = max(0, key_at - pattern.reach - tokens[max(0, key_at - pattern.reach - 3) : key_at].count(COMMA))
    for start in range(first, key_at + 1):
        end = _match(pattern, 0, tokens, start, key_at, budget)
        if end > start:
            return start, end
    return None


def match_from(pattern: Pattern, tokens: list[str], start: int, budget: Budget) -> Span | None:
    """The pattern beginning at that token, wherever its key part comes to stand, or None."""
    end = _match(pattern, 0, tokens, start, None, budget)
    return (start, end) if end > start else None


def _match(pattern: Pattern, place: int, tokens: list[str], at: int, key_at: int | None, budget: Budget) -> int:
    """Where the rest of the pattern ends when it begins at `at`; -1 where it does not."""
    budget.step()
    if place == len(pattern.parts):
        return at
    part = pattern.parts[place]
    if isinstance(part, Gap):
        return _match_after_gap(pattern, place, part.most, tokens, at, key_at, budget)
    if isinstance(part, Edge):
        fits = at >= len(tokens) if part.at_end else at == 0
        return _match(pattern, place + 1, tokens, at, key_at, budget) if fits else -1
    here = at + 1 if at < len(tokens) and tokens[at] == COMMA and COMMA not in part.words else at
    if part.refused:
        return -1 if _ends(part, tokens, here) else _match(pattern, place + 1, tokens, at, key_at, budget)
    if place == pattern.key and key_at is not None and here != key_at:
        return -1
    for end in _ends(part, tokens, here):
        if (whole := _match(pattern, place + 1, tokens, end, key_at, budget)) >= 0:
            return whole
    return _match(pattern, place + 1, tokens, at, key_at, budget) if part.optional else -1


def _match_after_gap(
    pattern: Pattern, place: int, most: int, tokens: list[str], at: int, key_at: int | None, budget: Budget
) -> int:
    words = 0
    while words <= most and at <= len(tokens):
        if (whole := _match(pattern, place + 1, tokens, at, key_at, budget)) >= 0:
            return whole
        if at < len(tokens) and tokens[at] != COMMA:
            words += 1
        at += 1
    return -1


def _ends(part: Choice, tokens: list[str], at: int) -> list[int]:
    """Where this choice can end when it begins at `at`, the longest first."""
    if at >= len(tokens):
        return []
    ends = [at + len(run) for run in part.runs if tuple(tokens[at : at + len(run)]) == run]
    word = tokens[at]
    if word in part.words or (part.beginnings and word.startswith(part.beginnings)):
        ends.append(at + 1)
    return ends
