"""Which phrases are worth trying in a sentence, by the words that are there: one bit for each phrase."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.foundation.phrases.patterns import SHORTEST_PREFIX, Choice, Pattern

MOST_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One phrase that is looked for: of which rule, of which of its combinations (-1: alone), as which of its parts."""

    rule: int
    combination: int
    part: int
    pattern: Pattern
    openings: frozenset[str]
    beginnings: tuple[str, ...]


def wanted_as(rule: int, combination: int, part: int, pattern: Pattern) -> Wanted:
    key = pattern.parts[pattern.key]
    assert isinstance(key, Choice)
    return Wanted(rule, combination, part, pattern, key.openings, key.beginnings)


class Index:
    """A word's number has a row of bits for the keys it can be, and one for each of the other parts needed most.

    Or-ing the numbers of a sentence's words, then and-ing the rows, leaves the phrases of which every part is there.
    """

    def __init__(self, wanted: list[Wanted]) -> None:
        self.wanted = wanted
        self.rows = [len(wanted) * row for row in range(1, MOST_NEEDS + 1)]
        self.by_word: dict[str, int] = {}
        self.by_beginning: dict[str, list[tuple[str, int]]] = {}
        self.nothing_needed = 0
        self.all = (1 << len(wanted)) - 1
        self.alone = 0
        self.leads = 0
        self.whole: dict[int, int] = {}
        """For the phrase of a combination that is found least often, every phrase of the combination."""
        for number, one in enumerate(wanted):
            self._add(number, one)
        self._combine()

    def may_be_in(self, tokens: list[str]) -> int:
        """One bit for each phrase of which every part may be there."""
        by_word, by_beginning = self.by_word, self.by_beginning
        bits = self.nothing_needed
        for token in set(tokens):
            if token in by_word:
                bits |= by_word[token]
            for beginning, mask in by_beginning.get(token[:SHORTEST_PREFIX], ()):
                if token.startswith(beginning):
                    bits |= mask
        left = bits & self.all
        for row in self.rows:
            left &= bits >> row
        return left

    def worth_trying(self, sentences: list[int]) -> Iterator[tuple[int, Wanted]]:
        """Sentence and phrase: those that count alone, and those of a combination that may be there as a whole."""
        anywhere = 0
        for number, left in enumerate(sentences):
            anywhere |= left
            for one in ones(left & self.alone):
                yield number, self.wanted[one]
        for lead in ones(anywhere & self.leads):
            whole = self.whole[lead]
            if anywhere & whole == whole:
                for number, left in enumerate(sentences):
                    for one in ones(left & whole):
                        yield number, self.wanted[one]

    def _add(self, number: int, one: Wanted) -> None:
        pattern = one.pattern
        if one.combination < 0:
            self.alone |= 1 << number
        for word in pattern.signs or one.openings:
            self.by_word[word] = self.by_word.get(word, 0) | 1 << number
        for beginning in one.beginnings:
            self.by_beginning.setdefault(beginning[:SHORTEST_PREFIX], []).append((beginning, 1 << number))
        for place, row in enumerate(self.rows):
            if place >= len(pattern.needs):
                self.nothing_needed |= 1 << (row + number)
                continue
            for word in pattern.needs[place]:
                self.by_word[word] = self.by_word.get(word, 0) | 1 << (row + number)

    def _combine(self) -> None:
        together: dict[tuple[int, int], list[int]] = {}
        for number, one in enumerate(self.wanted):
            if one.combination >= 0:
                together.setdefault((one.rule, one.combination), []).append(number)
        for numbers in together.values():
            lead = min(numbers, key=lambda number: self.wanted[number].pattern.commonness)
            self.leads |= 1 << lead
            self.whole[lead] = sum(1 << number for number in numbers)


def ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
