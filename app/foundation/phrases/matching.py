"""Trying a pattern against a sentence, step by step, within a budget."""

from dataclasses import dataclass

from app.foundation.phrases.patterns import Choice, Edge, Gap, Pattern
from app.foundation.phrases.reading import COMMA, OWNED

PASSED = frozenset({COMMA, OWNED})
"""What stands between words without parting them."""


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
    if pattern.key == 0:
        end = _match(pattern, 0, tokens, key_at, key_at, budget)
        return (key_at, end) if end > key_at else None
    key = pattern.parts[pattern.key]
    if not isinstance(key, Choice) or not _ends(key, tokens, key_at):
        return None
    for start in _starts(pattern, tokens, key_at):
        end = _match(pattern, 0, tokens, start, key_at, budget)
        if end > start:
            return start, end
    return None


def _starts(pattern: Pattern, tokens: list[str], key_at: int) -> list[int]:
    """Where it can begin to have its key there."""
    first = max(0, key_at - pattern.reach)
    first = max(0, first - sum(token in PASSED for token in tokens[max(0, first - 3) : key_at]))
    lead = pattern.lead
    if lead is None:
        return list(range(first, key_at + 1))
    openings, beginnings = lead.openings, lead.beginnings
    return [
        at for at in range(first, key_at)
        if tokens[at] in openings or (beginnings and tokens[at].startswith(beginnings))
    ]  # fmt: skip


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
    here = at
    while here < len(tokens) and tokens[here] in PASSED and tokens[here] not in part.openings:
        here += 1
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
        if at < len(tokens) and tokens[at] not in PASSED:
            words += 1
        at += 1
    return -1


def _ends(part: Choice, tokens: list[str], at: int) -> list[int]:
    """Where this choice can end when it begins at `at`, the longest first."""
    if at >= len(tokens):
        return []
    word = tokens[at]
    runs = part.by_first.get(word)
    ends: list[int] = []
    if runs and at + 1 < len(tokens):
        second = tokens[at + 1]
        ends = [at + len(run) for run in runs if run[1] == second and tuple(tokens[at : at + len(run)]) == run]
    if word in part.words or (part.beginnings and word.startswith(part.beginnings)):
        ends.append(at + 1)
    return ends
