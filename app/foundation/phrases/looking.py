"""Looking at one text with one set of rules. Nothing is remembered from one text to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from app.foundation.phrases.matching import Budget, OutOfSteps, match_at_key
from app.foundation.phrases.patterns import SHORTEST_PREFIX, Choice, Pattern
from app.foundation.phrases.reading import STOP
from app.foundation.phrases.ruleset import Rule, Ruleset
from app.foundation.phrases.sight import Place, Sight, stands

MOST_STEPS = 4_000
MOST_COMBINATIONS = 64


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that holds, at its level here, with the words it rests on: (first character, one after the last)."""

    rule: str
    level: str
    kind: str
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What was found: the highest level, and the kind of the finding that decided. `whole`: nothing was left unread."""

    level: str
    kind: str
    findings: tuple[Finding, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One phrase that is looked for: of which rule, of which of its combinations (-1: alone), as which part."""

    rule: int
    combination: int
    part: int
    pattern: Pattern
    openings: frozenset[str]
    beginnings: tuple[str, ...]


class Looker:
    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.wanted: list[_Wanted] = []
        self.by_word: dict[str, list[int]] = {}
        self.by_beginning: dict[str, list[tuple[str, int]]] = {}
        for number, rule in enumerate(rules.rules):
            for part, pattern in enumerate(rule.singles):
                self._want(number, -1, part, pattern)
            for combination, patterns in enumerate((*rule.together, *rule.across)):
                for part, pattern in enumerate(patterns):
                    self._want(number, combination, part, pattern)

    def look(self, text: str) -> Look:
        sight = self._see(text)
        whole = True
        try:
            for number in range(len(sight.sentences)):
                self._look_at_sentence(sight, number)
            self._combine(sight)
        except OutOfSteps:
            whole = False
        if not sight.found:
            return Look(self.rules.levels[0], self.rules.levels[0], (), whole)
        return self._told(sight, whole)

    def _want(self, rule: int, combination: int, part: int, pattern: Pattern) -> None:
        key = pattern.parts[pattern.key]
        assert isinstance(key, Choice)
        number = len(self.wanted)
        self.wanted.append(_Wanted(rule, combination, part, pattern, key.openings, key.beginnings))
        for word in pattern.signs or key.openings:
            self.by_word.setdefault(word, []).append(number)
        for beginning in key.beginnings:
            self.by_beginning.setdefault(beginning[:SHORTEST_PREFIX], []).append((beginning, number))

    def _see(self, text: str) -> Sight:
        sentences: list[list[str]] = [[]]
        starts = [0]
        for number, token in enumerate(self.rules.reader.tokens(text)):
            if token == STOP:
                sentences.append([])
                starts.append(number + 1)
            else:
                sentences[-1].append(token)
        return Sight(text, sentences, starts, Budget(MOST_STEPS))

    def _look_at_sentence(self, sight: Sight, number: int) -> None:
        tokens = sight.sentences[number]
        present = set(tokens)
        for one in sorted(self._worth_trying(present)):
            wanted = self.wanted[one]
            if any(need.isdisjoint(present) for need in wanted.pattern.needs):
                continue
            for at, token in enumerate(tokens):
                if token in wanted.openings or (wanted.beginnings and token.startswith(wanted.beginnings)):
                    self._try(sight, number, at, wanted)

    def _worth_trying(self, present: set[str]) -> set[int]:
        """Phrases of which the rarest word is there."""
        by_word, by_beginning = self.by_word, self.by_beginning
        worth: set[int] = set()
        for token in present:
            if token in by_word:
                worth.update(by_word[token])
            if token[:SHORTEST_PREFIX] in by_beginning:
                worth.update(
                    one for beginning, one in by_beginning[token[:SHORTEST_PREFIX]] if token.startswith(beginning)
                )
        return worth

    def _try(self, sight: Sight, number: int, at: int, wanted: _Wanted) -> None:
        span = match_at_key(wanted.pattern, sight.sentences[number], at, sight.budget)
        if span is None:
            return
        if wanted.combination < 0:
            self._hold(sight, self.rules.rules[wanted.rule], ((number, span),))
        else:
            places = sight.parts.setdefault((wanted.rule, wanted.combination), {})
            places.setdefault(wanted.part, []).append((number, span))

    def _combine(self, sight: Sight) -> None:
        for (rule_number, combination), parts in sight.parts.items():
            rule = self.rules.rules[rule_number]
            together = combination < len(rule.together)
            wanted = rule.together[combination] if together else rule.across[combination - len(rule.together)]
            if len(parts) < len(wanted):
                continue
            for tried, places in enumerate(product(*(parts[part] for part in range(len(wanted))))):
                sight.budget.step()
                if tried >= MOST_COMBINATIONS or (
                    (not together or _near(places, rule.within)) and self._hold(sight, rule, places)
                ):
                    break

    def _hold(self, sight: Sight, rule: Rule, places: tuple[Place, ...]) -> bool:
        """Note the rule unless something blocks it where it stands."""
        if any(stands(group, sight, places) for group in rule.unless):
            return False
        level = rule.level
        for group, raised in rule.raises:
            if raised > level and stands(group, sight, places):
                level = raised
        for group, lowered in rule.lowers:
            if lowered < level and stands(group, sight, places):
                level = lowered
        sight.found.append((level, rule, places))
        return True

    def _told(self, sight: Sight, whole: bool) -> Look:
        where = self.rules.reader.places(sight.text)
        sight.found.sort(key=lambda one: -one[0])
        findings: dict[str, Finding] = {}
        for level, rule, places in sight.found:
            words = tuple(
                (where[sight.starts[number] + first][0], where[sight.starts[number] + last - 1][1])
                for number, (first, last) in places
            )
            findings.setdefault(rule.id, Finding(rule.id, self.rules.levels[level], rule.kind, words))
        told = tuple(findings.values())
        return Look(told[0].level, told[0].kind, told, whole)


def _near(places: Iterable[Place], within: int) -> bool:
    """In one sentence, and no further apart than that."""
    spans = sorted(span for _, span in places)
    one = len({number for number, _ in places}) == 1
    return one and all(after[0] - before[1] <= within for before, after in zip(spans, spans[1:], strict=False))
