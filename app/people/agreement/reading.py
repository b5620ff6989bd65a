"""Reading the sentences, and explaining what is wrong with them to whoever edits them."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

SHIPPED = Path(__file__).parent
OTHERWISE = "en"
LAST = "agree"


class BrokenAgreement(Exception):
    """A sentence for whoever edits the files."""


class Screen(BaseModel):
    """One question. Told screens ask only to go on; a choice is answered yes or no."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern="^[a-z]+$")
    heading: str = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)
    choice: bool = False
    yes: str = ""
    no: str = ""

    @model_validator(mode="after")
    def _a_choice_has_two_answers(self) -> "Screen":
        if self.choice != bool(self.yes and self.no):
            raise ValueError(f"{self.key}: a choice has a yes and a no, and nothing else has them")
        return self

    @property
    def answers(self) -> tuple[str, ...]:
        return ("yes", "no") if self.choice else ("yes",)

    @property
    def may_be_refused(self) -> bool:
        return self.choice and self.key != LAST


class Agreement(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    screen: tuple[Screen, ...]

    @model_validator(mode="after")
    def _ends_with_the_question(self) -> "Agreement":
        keys = [screen.key for screen in self.screen]
        if keys[-1:] != [LAST] or len(set(keys)) != len(keys):
            raise ValueError(f"each key stands once, and {LAST} is the last")
        return self

    def screen_for(self, key: str) -> Screen | None:
        return next((screen for screen in self.screen if screen.key == key), None)


def newest_version() -> str:
    return max(folder.name for folder in SHIPPED.iterdir() if folder.is_dir() and folder.name[0].isdigit())


def languages_of(version: str) -> list[str]:
    return sorted(file.stem for file in (SHIPPED / version).glob("*.toml"))


def agreement(version: str, language: str) -> Agreement:
    """The sentences in that language, or in English where they are not translated."""
    return read(SHIPPED / version / f"{language if language in languages_of(version) else OTHERWISE}.toml")


@cache
def read(file: Path) -> Agreement:
    try:
        return Agreement(**tomllib.loads(file.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as trouble:
        raise BrokenAgreement(f"{file.parent.name}/{file.name}: {trouble}") from trouble
