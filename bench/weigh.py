"""Weighs the words of the labelled messages and writes the tables of points of the screen of one language.

    .venv/bin/python bench/weigh.py                    writes those of app/crisis/screen/en
    .venv/bin/python bench/weigh.py --language es      writes those of the Spanish screen
    .venv/bin/python bench/weigh.py --fair             only measures: each message by a table that has not seen it

In `90_weighed.toml` a message of concern or worse counts for danger, one of tier none against it; `watch` is left out,
or stands between where emergencies are told from the rest by the same points (`apart`). In `92_urgent.toml`, which is
asked only where something was found, emergencies count, and all others against them. The points come from a logistic
regression on words, their stems, words that follow each other, and the classes of the other files.
"""

import argparse
import json
import math
import random
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app.crisis.screening import CATEGORIES, RULES, TIERS
from app.foundation.phrases.patterns import Choice, read_class
from app.foundation.phrases.reading import COMMA, OWNED, STOP
from app.foundation.phrases.ruleset import load

HERE = Path(__file__).parent
MESSAGES = HERE.parent / "tests" / "crisis" / "messages"
DEMO = RULES.parent.parent / "demo_week.toml"
ENDINGS = {
    "en": ("ings", "ing", "edly", "ed", "es", "ies", "ly", "s", "er", "e"),
    "es": (
        "andome", "iendome", "ando", "iendo", "aron", "ieron", "arme", "erme", "irme", "arse", "erse", "irse", "aban",
        "aba", "ados", "adas", "ado", "ada", "idos", "idas", "ido", "ida", "amos", "emos", "ar", "er", "ir", "as", "os",
        "es", "en", "an", "o", "a", "e", "s",
    ),
}  # fmt: skip
MADE_FORMS = {"en": ("s", "ed", "ing", "e", "es"), "es": ("o", "a", "e", "an", "ando", "ado", "ada", "ar", "os", "as")}
STEP, EMERGENCY_COUNTS, FOLDS = 0.06, 1.4, 6
TENTHS, LEAST = 10, 2
Units = frozenset[str]
"""Words, and words that follow each other (`a_b`)."""


@dataclass(frozen=True)
class Table:
    """What is weighed: messages of the tiers that `count` against the others, without those `left_out`.

    `doubt`: how far above the base what phrases found is doubted: where next to no emergency not seen lies below; None
    leaves it as the file says. `apart`: how much more an emergency weighs than what should be read today, where the two
    are told apart by the same points. `in_one_breath`: each message is learned from with harmless talk in the same
    sentence too, so that long talk does not weigh as danger by its length.
    """

    file: str
    count: tuple[str, ...]
    left_out: tuple[str, ...]
    doubt: int | None
    rounds: int
    forgets: float
    apart: float | None = None
    in_one_breath: bool = False


TABLES = {
    "en": (
        Table("90_weighed.toml", ("concern", "emergency"), ("watch",), 20, rounds=40, forgets=0.016),
        Table("92_urgent.toml", ("emergency",), (), 26, rounds=40, forgets=0.016),
    ),
    "es": (
        Table(
            "90_weighed.toml",
            ("concern", "emergency"),
            (),
            None,
            rounds=25,
            forgets=0.016,
            apart=3.0,
            in_one_breath=True,
        ),
    ),
}


@dataclass
class Message:
    tier: str
    whole: Units
    windows: list[Units]


@dataclass
class Weights:
    """Points of features; what a unit weighs is the sum of what its features do."""

    features: dict[str, tuple[str, ...]]
    forgets: float
    points: Counter[str] = field(default_factory=Counter)
    base: float = 0.0

    def of(self, units: Units) -> float:
        points = self.points
        return self.base + sum(points[feature] for unit in units for feature in self.features[unit])

    def heaviest(self, message: Message) -> tuple[float, Units]:
        return max(((self.of(units), units) for units in message.windows), key=lambda found: found[0])

    def learn(self, units: Units, miss: float, step: float) -> None:
        points = self.points
        for feature in (feature for unit in units for feature in self.features[unit]):
            points[feature] += step * (miss - self.forgets * points[feature])
        self.base += step * miss * 0.3


class Eyes:
    """Messages as units, and units as features: itself, its stem, the classes of the other files it belongs to."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.reader = load(RULES / language, TIERS, CATEGORIES).reader
        self.classes: dict[str, list[str]] = {}
        known: dict[str, Choice] = {}
        for file in sorted((RULES / language).glob("*.toml")):
            for name, lines in tomllib.loads(file.read_text()).get("classes", {}).items():
                known[name] = read_class(name, lines, known)
                for unit in [*known[name].words, *map("_".join, known[name].runs)]:
                    self.classes.setdefault(unit, []).append(f"{{{name}}}")
        self.runs: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for run in (tuple(unit.split("_")) for unit in self.classes if "_" in unit):
            self.runs.setdefault(run[:2], []).append(run)

    def message(self, text: str, tier: str) -> Message:
        sentences: list[list[str]] = [[]]
        for token in self.reader.tokens(text):
            sentences[-1].append(token) if token != STOP else sentences.append([])
        each = [self.units(tokens) for tokens in sentences if tokens]
        pairs = [one | two for one, two in zip(each, each[1:], strict=False)]
        return Message(tier, frozenset().union(*each), each + pairs or [frozenset()])

    def units(self, tokens: list[str]) -> Units:
        found = {word for word in tokens if word not in (COMMA, OWNED)}
        for at, two in enumerate(zip(tokens, tokens[1:], strict=False)):
            if COMMA not in two:
                found.add("_".join(two))
            found |= {"_".join(run) for run in self.runs.get(two, ()) if tuple(tokens[at : at + len(run)]) == run}
        return frozenset(found)

    def features(self, unit: str) -> tuple[str, ...]:
        root = () if "_" in unit else (f"{stem(unit, self.language)}*",)
        return (unit, *root, *self.classes.get(unit, ()))


def stem(word: str, language: str) -> str:
    for ending in ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def weighed(messages: list[Message], eyes: Eyes, aim: Table) -> Weights:
    often = Counter(feature for one in messages for unit in one.whole for feature in {*eyes.features(unit)})
    units = {unit for message in messages for unit in message.whole}
    seen = {unit: tuple(one for one in eyes.features(unit) if often[one] > 1) for unit in units}
    weights = Weights(seen, aim.forgets)
    order = [*messages, *in_one_breath(messages)] if aim.in_one_breath else list(messages)
    chance, apart = random.Random(1), aim.apart
    for turn in range(aim.rounds):
        chance.shuffle(order)
        step = STEP / (1 + 0.15 * turn)
        for message in order:
            counts = message.tier in aim.count
            whole = turn < 3 and counts
            points, units_now = (weights.of(message.whole), message.whole) if whole else weights.heaviest(message)
            miss = counts - likely(points)
            if apart is not None:
                miss = (miss if message.tier != "watch" else 0) + (message.tier == "emergency") - likely(points - apart)
            weights.learn(units_now, miss * (EMERGENCY_COUNTS if message.tier == "emergency" else 1), step)
    return weights


def in_one_breath(messages: list[Message]) -> list[Message]:
    chance, talk = random.Random(7), [message.whole for message in messages if message.tier == "none"]
    joined = [(message.tier, message.whole | chance.choice(talk)) for message in messages]
    return [Message(tier, whole, [whole]) for tier, whole in joined]


def likely(points: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))


def table(weights: Weights, eyes: Eyes) -> dict[str, int]:
    """Points in tenths, also of forms and of words of a class that nobody wrote yet."""
    roots = {feature.removesuffix("*") for feature in weights.points if feature.endswith("*")}
    forms = {root + ending for root in roots if len(root) > 3 for ending in MADE_FORMS[eyes.language]}
    units = {*weights.features, *eyes.classes, *forms}
    exact = {unit: sum(weights.points.get(feature, 0) for feature in eyes.features(unit)) for unit in units}
    points = {unit: round(TENTHS * value) for unit, value in sorted(exact.items())}
    return {unit: value for unit, value in points.items() if abs(value) >= LEAST and unit.count("_") < 2}


def write(weights: Weights, eyes: Eyes, aim: Table) -> None:
    points = [f'"{what}" = {value}' for what, value in table(weights, eyes).items()]
    file = RULES / eyes.language / aim.file
    head, _, _ = file.read_text().partition("[weighing.points]")
    base = round(TENTHS * weights.base)
    now = {"base": base} | ({"doubt": base + aim.doubt} if aim.doubt is not None else {})
    lines = [f"{name} = {now[name]}" if (name := line.partition(" =")[0]) in now else line for line in head.split("\n")]
    file.write_text("\n".join([*lines[:-1], "[weighing.points]", *points, ""]))


def measure(messages: list[Message], eyes: Eyes, aim: Table) -> None:
    random.Random(3).shuffle(messages)
    found: dict[str, list[float]] = {}
    for fold in range(FOLDS):
        weights = weighed([one for number, one in enumerate(messages) if number % FOLDS != fold], eyes, aim)
        for one in messages[fold::FOLDS]:
            weights.features |= {unit: eyes.features(unit) for unit in one.whole - weights.features.keys()}
            found.setdefault(one.tier, []).append(weights.heaviest(one)[0])
    print(aim.file)
    for least in (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0):
        shares = {
            tier: f"{sum(p >= least for p in points) / len(points):.3f}" for tier, points in sorted(found.items())
        }
        print(f"at least {least * TENTHS:.0f} points", shares)


def labelled(language: str) -> list[tuple[str, str]]:
    """The labelled messages; for English one in five of the plain words too, and the talk of the demo week."""
    rows = [json.loads(line) for line in (MESSAGES / f"{language}.jsonl").read_text().splitlines()]
    if language != "en":
        return [(row["text"], row["tier"]) for row in rows]
    demo = tomllib.loads(DEMO.read_text())["room"]
    talk = [entry["text"] for room in demo for entry in room["entry"]]
    plain = [(text, "emergency") for text in plain_words()[::5]]
    return [(row["text"], row["tier"]) for row in rows] + plain + [(text, "none") for text in talk]


def plain_words() -> list[str]:
    joined = tomllib.loads((MESSAGES / "plain_en.toml").read_text())["joined"]
    return [f"{who} {does}".strip() for one in joined for who in one["who"] for does in one["does"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fair", action="store_true", help="only measure")
    parser.add_argument("--language", default="en", choices=sorted(ENDINGS), help="whose screen it is")
    asked = parser.parse_args()
    eyes = Eyes(asked.language)
    messages = [eyes.message(text, tier) for text, tier in labelled(asked.language)]
    for aim in TABLES[asked.language]:
        told = [message for message in messages if message.tier not in aim.left_out]
        if asked.fair:
            measure(told, eyes, aim)
        else:
            write(weighed(told, eyes, aim), eyes, aim)


if __name__ == "__main__":
    main()
