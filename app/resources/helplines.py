"""One country's help numbers, from `helplines/<COUNTRY>.toml`: what to dial, when it answers, what it is for.

A mistake in a file stops the program with a sentence that names the file, the entry and what to do. A missing
or doubtful number is left out: fewer is better than wrong.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

SHIPPED = Path(__file__).parent / "helplines"

Kind = Literal["emergency", "crisis", "listening", "abuse", "scam", "poison"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]


class HelplineMistake(ValueError):
    """A sentence for whoever edits the files or the setting."""


class Helpline(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    name: Words
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]([0-9 -]*[0-9])$")]
    hours: Words
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...] = Field(min_length=1)
    free: bool
    say: Words

    @field_validator("say")
    @classmethod
    def _short(cls, say: str) -> str:
        if len(say.split()) > 8:
            raise ValueError("say what the line is for in eight words or fewer")
        return say

    @property
    def dial(self) -> str:
        """The digits alone, for a `tel:` link."""
        return "".join(filter(str.isdigit, self.number))


class Helplines(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Words
    checked_on: date
    source: tuple[Words, ...] = Field(min_length=1)
    line: tuple[Helpline, ...]

    @field_validator("line")
    @classmethod
    def _enough(cls, lines: tuple[Helpline, ...]) -> tuple[Helpline, ...]:
        kinds = [line.kind for line in lines]
        if kinds.count("emergency") != 1:
            raise ValueError('give exactly one line of kind "emergency"')
        if "crisis" not in kinds:
            raise ValueError('give at least one line of kind "crisis"')
        if len({line.dial for line in lines}) < len(lines):
            raise ValueError("each number is given once")
        return lines

    @property
    def emergency(self) -> Helpline:
        return self._first("emergency")

    @property
    def crisis(self) -> Helpline:
        """The one on the large button; a country's further crisis lines are among `others`."""
        return self._first("crisis")

    @property
    def others(self) -> tuple[Helpline, ...]:
        return tuple(line for line in self.line if line not in (self.emergency, self.crisis))

    def _first(self, kind: Kind) -> Helpline:
        return next(line for line in self.line if line.kind == kind)


@cache
def helplines_for(country: str, folder: Path = SHIPPED) -> Helplines:
    shipped = countries(folder)
    if country not in shipped:
        raise HelplineMistake(
            f'There are no help numbers for the country "{country}". '
            f"Set HEARTHSIDE_COUNTRY to one of {', '.join(shipped)}, or add its own file beside them."
        )
    return _read(folder / f"{country}.toml")


def countries(folder: Path = SHIPPED) -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in folder.glob("*.toml")))


def _read(file: Path) -> Helplines:
    try:
        helplines = Helplines.model_validate(tomllib.loads(file.read_text("utf-8")))
    except tomllib.TOMLDecodeError as mistake:
        raise HelplineMistake(f"{file.name} cannot be read as TOML: {mistake}. Mend that line.") from mistake
    except ValidationError as mistake:
        raise HelplineMistake(_explained(file, mistake)) from mistake
    if helplines.country != file.stem:
        raise HelplineMistake(f'{file.name} says country = "{helplines.country}". Make the two the same.')
    return helplines


def _explained(file: Path, mistake: ValidationError) -> str:
    first = mistake.errors(include_url=False)[0]
    where = list(first["loc"])
    if where[0] == "line" and len(where) > 1:
        where[:2] = [f"entry {int(where[1]) + 1}"]
    todo = {
        "missing": "is missing. Write it there.",
        "extra_forbidden": "is not a word we know. Mend its spelling or take it out.",
    }.get(first["type"], f"needs mending: {first['msg'].removeprefix('Value error, ')}.")
    return f"{file.name}, {', '.join(map(str, where))} {todo}"
