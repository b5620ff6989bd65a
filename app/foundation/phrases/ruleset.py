"""Rules of one language, read from a folder of TOML files; a mistake stops the program with what to do about it.

A file holds any of: `[classes]` name = words · `common` words too frequent to look up · `[spelling]` form = what it
stands for · `[signs]` emoji = a word · `slips` words whose mistyped forms count · `[groups.<name>]` phrases that
block, raise or lower · `[[rule]]` · `[[weighing]]` words that each count a little.
"""

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.foundation.phrases.patterns import Choice, Pattern, PatternMistake, read_class, read_pattern
from app.foundation.phrases.reading import COMMA, STOP, Reader, forms_with_a_letter_less
from app.foundation.phrases.weighing import Weighing, read_weighing
from app.foundation.phrases.written import FileWritten, GroupWritten, RuleMistake, RuleWritten, Scope


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    scope: Scope
    window: int
    breaks: frozenset[str]
    spares: frozenset[str]
    by_word: dict[str, tuple[Pattern, ...]]
    by_beginning: tuple[tuple[str, Pattern], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    level: int
    kind: str
    singles: tuple[Pattern, ...]
    together: tuple[tuple[Pattern, ...], ...]
    across: tuple[tuple[Pattern, ...], ...]
    within: int
    unless: tuple[Group, ...]
    raises: tuple[tuple[Group, int], ...]
    lowers: tuple[tuple[Group, int], ...]
    written: RuleWritten


@dataclass(frozen=True, slots=True)
class Ruleset:
    """`version` changes with every byte of the files."""

    levels: tuple[str, ...]
    reader: Reader
    rules: tuple[Rule, ...]
    weighings: tuple[Weighing, ...]
    version: str

    @property
    def on_trial(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.rules if rule.written.trial)


@dataclass
class _Reading:
    classes: dict[str, Choice] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    groups: dict[str, Group] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def pattern(self, written: str) -> Pattern:
        pattern = read_pattern(written, self.classes, self.common)
        for part in pattern.parts:
            if isinstance(part, Choice):
                self.words |= part.words | {word for run in part.runs for word in run}
        return pattern

    def group(self, name: str, written: GroupWritten) -> Group:
        patterns = [self.pattern(one) for one in written.patterns]
        by_word: dict[str, tuple[Pattern, ...]] = {}
        beginnings: list[tuple[str, Pattern]] = []
        for pattern in patterns:
            key = pattern.parts[pattern.key]
            assert isinstance(key, Choice)
            for word in key.openings:
                by_word[word] = (*by_word.get(word, ()), pattern)
            beginnings += [(start, pattern) for start in key.beginnings]
        breaks, spares = frozenset(written.breaks), frozenset(written.spares)
        return Group(name, written.scope, written.window, breaks, spares, by_word, tuple(beginnings))


def load(folder: Path, levels: tuple[str, ...], kinds: frozenset[str]) -> Ruleset:
    """The rules of one folder. `levels` go up; every rule names one of them and one of `kinds`. Raises RuleMistake."""
    texts = {file.name: file.read_bytes() for file in sorted(folder.glob("*.toml"))}
    files = {name: _file(name, text) for name, text in texts.items()}
    reading = _Reading(common=frozenset(word for one in files.values() for word in one.common))
    for name, one in files.items():
        _explained(name, reading.classes.update, _classes(name, one, reading.classes))
    for name, one in files.items():
        for group, written in one.groups.items():
            reading.groups[group] = _explained(f"{name}, group {group}", reading.group, group, written)
    rules = [
        _explained(f"{name}, rule {written.id}", _rule, written, reading, levels, kinds)
        for name, one in files.items() for written in one.rule_as_of_file
    ]  # fmt: skip
    weighings = [
        _explained(f"{name}, weighing {written.id}", read_weighing, written, levels)
        for name, one in files.items() for written in one.weighing
    ]  # fmt: skip
    reading.words |= {word for one in weighings for word in one.points if isinstance(word, str)}
    if len({rule.id for rule in (*rules, *weighings)}) < len(rules) + len(weighings):
        raise RuleMistake(f"{folder.name}: two rules have one id.")
    version = hashlib.sha256(b"\0".join(name.encode() + b"\0" + text for name, text in texts.items())).hexdigest()
    return Ruleset(levels, _reader(list(files.values()), reading), tuple(rules), tuple(weighings), version[:16])


def _file(name: str, text: bytes) -> FileWritten:
    try:
        return FileWritten.model_validate(tomllib.loads(text.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise RuleMistake(f"{name} cannot be read: {trouble}") from trouble
    except ValidationError as trouble:
        first = trouble.errors()[0]
        raise RuleMistake(f"{name}, {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from trouble


def _explained(where: str, read: Any, *args: Any) -> Any:
    try:
        return read(*args)
    except PatternMistake as mistake:
        raise RuleMistake(f"{where}: {mistake}") from mistake


def _classes(name: str, one: FileWritten, known: dict[str, Choice]) -> dict[str, Choice]:
    found = dict(known)
    for cls, lines in one.classes.items():
        found[cls] = _explained(name, read_class, cls, lines, found)
    return found


def _rule(written: RuleWritten, reading: _Reading, levels: tuple[str, ...], kinds: frozenset[str]) -> Rule:
    if written.level not in levels or written.kind not in kinds:
        raise PatternMistake(f"{written.level} or {written.kind} is not known. Levels: {', '.join(levels)}.")
    unless = tuple(_group(name, reading) for name in written.unless)
    if written.excepted:
        own = GroupWritten(scope="sentence", patterns=written.excepted)
        unless = (*unless, reading.group(f"{written.id}, except", own))
    return Rule(
        written.id, levels.index(written.level), written.kind,
        tuple(map(reading.pattern, written.any)),
        tuple(tuple(map(reading.pattern, some)) for some in written.together),
        tuple(tuple(map(reading.pattern, some)) for some in written.across),
        written.within, unless,
        _shifts(written.raises, reading, levels), _shifts(written.lowers, reading, levels), written,
    )  # fmt: skip


def _shifts(written: dict[str, list[str]], reading: _Reading, levels: tuple[str, ...]) -> tuple[tuple[Group, int], ...]:
    """`raises = { emergency = ["soon"] }` as pairs of group and level."""
    unknown = set(written) - set(levels)
    if unknown:
        raise PatternMistake(f"{', '.join(unknown)} is no level. Levels: {', '.join(levels)}.")
    return tuple((_group(name, reading), levels.index(level)) for level, names in written.items() for name in names)


def _group(name: str, reading: _Reading) -> Group:
    if name not in reading.groups:
        raise PatternMistake(f"there is no group {name}.")
    return reading.groups[name]


def _reader(files: list[FileWritten], reading: _Reading) -> Reader:
    spelling = {form: tuple(stands.split()) for one in files for form, stands in one.spelling.items()}
    signs = {ord(sign): f" {word} " for one in files for sign, word in one.signs.items()}
    slips: dict[str, str] = {}
    for word in (word for one in files for word in one.slips):
        slips |= dict.fromkeys([word, *forms_with_a_letter_less(word)], word)
    return Reader(spelling, signs, frozenset(reading.words | reading.common | {STOP, COMMA}), slips)
