"""Words that each count a little: a table of points, added up over a sentence and over two that follow each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.foundation.phrases.patterns import PatternMistake
from app.foundation.phrases.written import WeighingWritten

Place = tuple[int, tuple[int, int]]
Run = tuple[str, ...]
Unit = str | Run
"""A word, or words that follow each other."""
MOST_WORDS = 6
SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Weighing:
    """Points of words and of runs of words, each counted once; `longer` finds runs by their first two words.

    `enough` goes down: so many points make that level. With fewer than `doubt`, what phrases found is lowered.
    It is asked only where something was found at the level `since`.
    """

    id: str
    kind: str
    base: int
    points: Mapping[Unit, int]
    longer: Mapping[Run, tuple[Run, ...]]
    known: frozenset[Unit]
    openings: frozenset[Run]
    enough: tuple[tuple[int, int], ...]
    doubt: int | None
    doubted: int
    since: int
    written: WeighingWritten

    def weigh(self, sentences: list[list[str]]) -> int:
        """The points of the heaviest sentence, or of the heaviest two that follow each other."""
        counted = [self._counted(tokens) for tokens in sentences if tokens]
        each = [self._sum(units) for units in counted]
        pairs = [each[at] + each[at + 1] - self._sum(units & counted[at + 1]) for at, units in enumerate(counted[:-1])]
        return self.base + max(each + pairs, default=0)

    def level(self, points: int) -> int:
        return next((level for enough, level in self.enough if points >= enough), 0)

    def places(self, sentences: list[list[str]]) -> tuple[Place, ...]:
        """The words that count for it by themselves, the heaviest first."""
        found = [
            (-self.points.get(token, 0), (number, (at, at + 1)))
            for number, tokens in enumerate(sentences) for at, token in enumerate(tokens) if len(token) >= SHORTEST_WORD
        ]  # fmt: skip
        return tuple(place for points, place in sorted(found) if points < 0)[:MOST_WORDS]

    def _sum(self, units: set[Unit]) -> int:
        return sum(map(self.points.__getitem__, units))

    def _counted(self, tokens: list[str]) -> set[Unit]:
        twos = set(zip(tokens, tokens[1:], strict=False))
        counted: set[Unit] = {*tokens, *twos}
        counted &= self.known
        if not twos.isdisjoint(self.openings):
            for at, two in enumerate(zip(tokens, tokens[1:], strict=False)):
                for run in self.longer.get(two, ()):
                    if tuple(tokens[at : at + len(run)]) == run:
                        counted.add(run)
        return counted


def read_weighing(written: WeighingWritten, levels: tuple[str, ...]) -> Weighing:
    """Raises PatternMistake."""
    unknown = {*written.enough, written.since or levels[0]} - set(levels)
    if unknown or not written.enough:
        raise PatternMistake(f"{', '.join(unknown) or 'no level'} is no level. Levels: {', '.join(levels)}.")
    points: dict[Unit, int] = {}
    longer: dict[Run, tuple[Run, ...]] = {}
    for what, value in written.points.items():
        run = tuple(what.split("_"))
        points[run if len(run) > 1 else what] = value
        if len(run) > 2:
            longer[run[:2]] = (*longer.get(run[:2], ()), run)
    enough = tuple(sorted(((many, levels.index(level)) for level, many in written.enough.items()), reverse=True))
    doubted, since = levels.index(written.doubted or levels[-1]), levels.index(written.since or levels[0])
    return Weighing(
        written.id, written.kind, written.base, points, longer, frozenset(points), frozenset(longer),
        enough, written.doubt, doubted, since, written,
    )  # fmt: skip
