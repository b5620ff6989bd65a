"""Rules as they are written in files."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.foundation.phrases.reading import COMMA

Scope = Literal["before", "after", "sentence", "message"]


class RuleMistake(ValueError):
    """A sentence for whoever edits rules: the file, the entry, what to do."""


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GroupWritten(_Written):
    """Phrases that change what a rule means where they stand; not for words of which one is in `spares`."""

    scope: Scope = "sentence"
    window: int = Field(4, ge=1, le=12)
    breaks: list[str] = [COMMA]
    spares: list[str] = []
    patterns: list[str]


class RuleWritten(_Written):
    """`any`: one of these phrases. `together`: all of a list, in one sentence. `across`: all of a list, anywhere.

    `trial`: whoever looks is told apart what it finds, so that it can be watched before it counts.
    `sure`: plain words, never lowered because the rest of the message looks harmless.
    """

    id: str
    level: str
    kind: str
    trial: bool = False
    any: list[str] = []
    together: list[list[str]] = []
    across: list[list[str]] = []
    within: int = Field(12, ge=1, le=60)
    unless: list[str] = []
    excepted: list[str] = Field([], alias="except")
    raises: dict[str, list[str]] = {}
    lowers: dict[str, list[str]] = {}
    sure: bool = False
    source: str
    reviewed_by: str
    matches: list[str] = Field(min_length=1)
    passes: list[str] = Field(min_length=1)


class WeighingWritten(_Written):
    """Points of words and of words that follow each other (`a_b`), and how many are `enough` for a level.

    With fewer than `doubt`, the level of rules that are not `sure` is `doubted` where it is higher.
    With `since`, only what stands at that level already is weighed.
    """

    id: str
    kind: str
    base: int = 0
    enough: dict[str, int]
    doubt: int | None = None
    doubted: str = ""
    since: str = ""
    points: dict[str, int]
    sure: bool = True
    source: str
    reviewed_by: str
    matches: list[str] = Field(min_length=1)
    passes: list[str] = Field(min_length=1)


class FileWritten(_Written):
    """`trial`: every rule of the file is on trial."""

    trial: bool = False
    classes: dict[str, list[str]] = {}
    common: list[str] = []
    spelling: dict[str, str] = {}
    signs: dict[str, str] = {}
    slips: list[str] = []
    groups: dict[str, GroupWritten] = {}
    rule: list[RuleWritten] = []
    weighing: list[WeighingWritten] = []

    @property
    def rule_as_of_file(self) -> list[RuleWritten]:
        return [rule.model_copy(update={"trial": rule.trial or self.trial}) for rule in self.rule]
