"""A written pattern, such as `{i} ~2 {want} to? die|end_it !{object}`, as the parts that are tried one after another.

word            that word                         wor*            a word that begins so
a|b_c           one of these; `_` joins words     {name}          one of a class
part?           or nothing                        !part           what follows is not this
~3              up to three words of any kind     ^  $            the sentence begins, ends here
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.foundation.phrases.reading import OWNED

Classes = Mapping[str, "Choice"]
MOST_APART = 20
SHORTEST_PREFIX = 3


class PatternMistake(ValueError):
    """A sentence for whoever writes rules."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these words, or a word with one of these beginnings, or one of these runs of words."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ()
    optional: bool = False
    refused: bool = False

    openings: frozenset[str] = frozenset()
    """Every whole word with which it can begin."""
    by_first: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """The runs that begin with a word, the longest first."""


@dataclass(frozen=True, slots=True)
class Gap:
    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    at_end: bool


Part = Choice | Gap | Edge


@dataclass(frozen=True, slots=True)
class Pattern:
    """`key` is the part that is looked up: the others are tried only where it stands. `reach` is how far before it.
    `lead` is the first part where it must be there and is not the key.

    `signs` are the rarest words of the key: without one of them there is nothing to try. `needs` are the like of the
    other parts that must be there.
    """

    written: str
    parts: tuple[Part, ...]
    key: int
    reach: int
    signs: frozenset[str]
    needs: tuple[frozenset[str], ...]
    lead: Choice | None
    commonness: tuple[int, int]


def read_pattern(written: str, classes: Classes, common: frozenset[str]) -> Pattern:
    """Raises PatternMistake, with the pattern and what to do."""
    parts = tuple(_part(piece, written, classes) for piece in written.split())
    keys = [place for place, part in enumerate(parts) if _may_be_key(part)]
    if not keys:
        raise PatternMistake(f"“{written}” has no word that must be there.")
    key = min(keys, key=lambda place: _commonness(parts[place], common))
    needs = [_signs(parts[place], common) for place in keys if place != key]
    reach = sum(_longest(part) for part in parts[:key])
    lead = parts[0] if key and 0 in keys else None
    assert lead is None or isinstance(lead, Choice)
    signs = _signs(parts[key], common)
    needed = tuple(sorted({need for need in needs if need and need != signs}, key=lambda need: (len(need), min(need))))
    return Pattern(written, parts, key, reach, signs, needed, lead, _commonness(parts[key], common))


def read_class(name: str, written: list[str], classes: dict[str, Choice]) -> Choice:
    """A class by its lines; a line may name another class that is known already."""
    return _together([_alternative(line.replace(" ", "_"), f"class {name}", classes) for line in written])


def _part(piece: str, written: str, classes: Classes) -> Part:
    if piece in ("^", "$"):
        return Edge(at_end=piece == "$")
    if piece.startswith("~"):
        if not piece[1:].isdigit() or int(piece[1:]) > MOST_APART:
            raise PatternMistake(f"“{written}”: after ~ comes a number up to {MOST_APART}, not “{piece[1:]}”.")
        return Gap(int(piece[1:]))
    refused, optional = piece.startswith("!"), piece.endswith("?")
    inner = piece.removeprefix("!").removesuffix("?")
    one = _together([_alternative(alternative, written, classes) for alternative in inner.split("|")])
    return replace(one, optional=optional, refused=refused)


def _alternative(piece: str, written: str, classes: Classes) -> Choice:
    if piece.startswith("{") and piece.endswith("}"):
        if piece[1:-1] not in classes:
            raise PatternMistake(f"“{written}” names a class {piece} that no file has.")
        return classes[piece[1:-1]]
    if not piece or set(piece) & set("{}!?~|^$"):
        raise PatternMistake(f"“{written}”: “{piece}” is neither a word nor a class.")
    if piece.endswith("*"):
        if "_" in piece or len(piece) <= SHORTEST_PREFIX:
            raise PatternMistake(f"“{written}”: “{piece}” needs {SHORTEST_PREFIX} letters before its star, and no _.")
        return _choice(beginnings=(piece[:-1],))
    words = tuple(part for word in piece.split("_") for part in _owning(word))
    return _choice(words=frozenset(words)) if len(words) == 1 else _choice(runs=(words,))


def _owning(word: str) -> tuple[str, ...]:
    """“husband's” as it is read: the word, and that something is owned."""
    return (word.removesuffix(OWNED), OWNED) if word.endswith(OWNED) and word != OWNED else (word,)


def _together(choices: list[Choice]) -> Choice:
    words = frozenset().union(*(one.words for one in choices))
    beginnings = tuple(dict.fromkeys(start for one in choices for start in one.beginnings))
    runs = tuple(sorted({run for one in choices for run in one.runs}, key=lambda run: (-len(run), run)))
    return _choice(words, beginnings, runs)


def _choice(
    words: frozenset[str] = frozenset(), beginnings: tuple[str, ...] = (), runs: tuple[tuple[str, ...], ...] = ()
) -> Choice:
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for run in runs:
        by_first[run[0]] = (*by_first.get(run[0], ()), run)
    return Choice(words, beginnings, runs, openings=words | by_first.keys(), by_first=by_first)


def _may_be_key(part: Part) -> bool:
    return isinstance(part, Choice) and not part.optional and not part.refused


def _commonness(part: Part, common: frozenset[str]) -> tuple[int, int]:
    assert isinstance(part, Choice)
    signs = part.words | {_rarest(run, common) for run in part.runs}
    return len(signs & common), len(signs) + 5 * len(part.beginnings)


def _signs(part: Part, common: frozenset[str]) -> frozenset[str]:
    """A word of each way in which the part can be there; nothing where beginnings of words would do as well."""
    assert isinstance(part, Choice)
    return frozenset() if part.beginnings else part.words | {_rarest(run, common) for run in part.runs}


def _rarest(run: tuple[str, ...], common: frozenset[str]) -> str:
    return min(run, key=lambda word: (word in common, -len(word)))


def _longest(part: Part) -> int:
    if isinstance(part, Gap):
        return part.most
    if isinstance(part, Edge) or part.refused:
        return 0
    return max((len(run) for run in part.runs), default=1)
