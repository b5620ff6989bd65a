"""Which phrases are worth trying in a sentence, by the words that are there: one bit for each phrase."""

from dataclasses import dataclass

from app.foundation.phrases.patterns import SHORTEST_PREFIX, Choice, Pattern

MOST_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One phrase that is looked for: of which rule, of which of its combinations (-1: alone), as which of its parts."""

    rule: int
    combination: int
    part: int
    parts: int
    pattern: Pattern
    openings: frozenset[str]
    beginnings: tuple[str, ...]


def wanted_as(rule: int, combination: int, part: int, parts: int, pattern: Pattern) -> Wanted:
    key = pattern.parts[pattern.key]
    assert isinstance(key, Choice)
    return Wanted(rule, combination, part, parts, pattern, key.openings, key.beginnings)


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
        for number, one in enumerate(wanted):
            self._add(number, one)

    def worth_trying(self, tokens: list[str]) -> list[Wanted]:
        by_word, by_beginning = self.by_word, self.by_beginning
        bits = self.nothing_needed
        for token in set(tokens):
            if token in by_word:
                bits |= by_word[token]
            if token[:SHORTEST_PREFIX] in by_beginning:
                for beginning, mask in by_beginning[token[:SHORTEST_PREFIX]]:
                    if token.startswith(beginning):
                        bits |= mask
        left = bits & self.all
        for row in self.rows:
            left &= bits >> row
        found: list[Wanted] = []
        while left:
            number = (left & -left).bit_length() - 1
            found.append(self.wanted[number])
            left &= left - 1
        return found

    def _add(self, number: int, one: Wanted) -> None:
        pattern = one.pattern
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
