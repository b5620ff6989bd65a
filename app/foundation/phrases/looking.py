"""Looking at one text with one set of rules. Nothing is remembered from one text to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from app.foundation.phrases.indexing import Index, Wanted, wanted_as
from app.foundation.phrases.matching import Budget, OutOfSteps, match_at_key
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


class Looker:
    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        wanted: list[Wanted] = []
        for number, rule in enumerate(rules.rules):
            for part, pattern in enumerate(rule.singles):
                wanted.append(wanted_as(number, -1, part, pattern))
            for combination, patterns in enumerate((*rule.together, *rule.across)):
                wanted += [wanted_as(number, combination, part, one) for part, one in enumerate(patterns)]
        self.index = Index(wanted)

    def look(self, text: str) -> Look:
        sight = self._see(text)
        whole = True
        try:
            self._try_all(sight)
            self._combine(sight)
        except OutOfSteps:
            whole = False
        self._weigh(sight)
        if not sight.found:
            return Look(self.rules.levels[0], self.rules.levels[0], (), whole)
        return self._told(sight, whole)

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

    def _try_all(self, sight: Sight) -> None:
        """Every phrase that may be there; one that counts only with others, where all of them may be."""
        index = self.index
        for number, wanted in index.worth_trying([index.may_be_in(tokens) for tokens in sight.sentences]):
            self._try(sight, number, wanted)

    def _try(self, sight: Sight, number: int, wanted: Wanted) -> None:
        tokens = sight.sentences[number]
        openings, beginnings = wanted.openings, wanted.beginnings
        if beginnings:
            keys = [at for at, token in enumerate(tokens) if token in openings or token.startswith(beginnings)]
        else:
            keys = [at for at, token in enumerate(tokens) if token in openings]
        for at in keys:
            span = match_at_key(wanted.pattern, tokens, at, sight.budget)
            if span is not None:
                self._note(sight, wanted, (number, span))

    def _note(self, sight: Sight, wanted: Wanted, place: Place) -> None:
        if wanted.combination < 0:
            self._hold(sight, self.rules.rules[wanted.rule], (place,))
        else:
            places = sight.parts.setdefault((wanted.rule, wanted.combination), {})
            places.setdefault(wanted.part, []).append(place)

    def _weigh(self, sight: Sight) -> None:
        for weighing in self.rules.weighings:
            if max((level for level, _, _ in sight.found), default=0) < weighing.since:
                continue
            points = weighing.weigh(sight.sentences)
            if weighing.doubt is not None and points < weighing.doubt:
                sight.found = [
                    (level if rule.written.sure else min(level, weighing.doubted), rule, places)
                    for level, rule, places in sight.found
                ]
            if level := weighing.level(points):
                sight.found.append((level, weighing, weighing.places(sight.sentences)))

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
