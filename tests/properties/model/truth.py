"""The house as it should be, deed by deed, by the contract alone."""

from typing import Any

from app.problems import Problem
from tests.properties.model.care import Care
from tests.properties.model.talk import Talk
from tests.properties.store import Deed


class Truth(Talk, Care):
    def follow(self, deeds: list[Deed]) -> None:
        """Take what was done since, and hold each answer against what it must be."""
        while self.count < len(deeds):
            deed = deeds[self.count]
            self.count += 1
            verb = getattr(self, deed.verb, None)
            if verb is not None:
                expected = _answer(verb, deed)
                assert _same(expected, deed.outcome), f"{deed.verb}{deed.args}: {deed.outcome!r}, not {expected!r}"
            for room in self.rooms.values():
                room.made_by += [deed] * (len(room.states) - len(room.made_by))


def _answer(verb: Any, deed: Deed) -> Any:
    try:
        return verb(deed.outcome, *deed.args)
    except Problem as problem:
        return problem


def _same(expected: Any, outcome: Any) -> bool:
    if isinstance(expected, list):
        return len(expected) == len(outcome) and all(map(_same, expected, outcome))
    if isinstance(expected, Problem):
        return type(expected) is type(outcome)
    return bool(expected == outcome)
