"""The demo's week of conversation, read from demo_week.toml and checked before anybody sees it.

A mistake there stops the demo with a sentence that names the room, the entry and what to do.
"""

import tomllib
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

SHIPPED = Path(__file__).with_suffix(".toml")
LAST_WORD = time(22)

Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Reaction = Literal["hear_you", "thank_you", "me_too", "well_done"]


class WeekMistake(ValueError):
    """A sentence for whoever edits the week."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Part):
    name: Words
    roles: tuple[Words, ...] = Field(min_length=1)
    letters: Literal[18, 22, 28, 36] = 22
    contrast: Literal["normal", "high"] = "normal"
    sheet: dict[Words, Words] = {}
    """What stands in *If I need help*."""


class Entry(Part):
    by: Words
    text: Words
    day: int | None = Field(None, ge=-7, le=-1)
    at: time | None = None
    minutes_ago: int | None = Field(None, ge=0, le=59)
    key: str = ""
    reply_to: str = ""
    reactions: dict[Reaction, tuple[Words, ...]] = {}
    removed: bool = False
    kind: Literal["message", "notice"] = "message"
    what: Literal["", "opened", "joined"] = ""

    @model_validator(mode="after")
    def _said_once(self) -> "Entry":
        by_day = self.day is not None and self.at is not None
        if by_day == (self.minutes_ago is not None) or (self.day is None) != (self.at is None):
            raise ValueError("give day and at, or minutes_ago for the last hour, and not both")
        if self.at and self.at > LAST_WORD:
            raise ValueError("nobody writes after ten at night; choose an earlier time")
        return self

    @property
    def moment(self) -> tuple[int, time, int]:
        """Something to compare: the last hour comes after every day before it, also just after midnight."""
        return (self.day or 0, self.at or time.min, -(self.minutes_ago or 0))

    def said_at(self, now: datetime) -> datetime:
        """`now` carries the house's time zone, so that half past nine is half past nine there."""
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        assert self.day is not None and self.at is not None
        return datetime.combine(now.date() + timedelta(days=self.day), self.at, now.tzinfo)


class Room(Part):
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    title: Words
    kind: Literal["group", "pair", "staff"]
    people: tuple[Words, ...] = Field(min_length=1)
    facilitators: tuple[Words, ...] = ()
    entry: tuple[Entry, ...] = ()

    @property
    def everyone(self) -> frozenset[str]:
        return frozenset(self.people + self.facilitators)


class Card(Part):
    name: Words = Field(alias="for")


class Week(Part):
    person: tuple[Person, ...]
    room: tuple[Room, ...]
    card: tuple[Card, ...]

    def cards_for(self) -> tuple[str, ...]:
        return tuple(card.name for card in self.card)


def load_week(file: Path = SHIPPED) -> Week:
    try:
        written = tomllib.loads(file.read_text("utf-8"))
        week = Week.model_validate(written)
    except tomllib.TOMLDecodeError as mistake:
        raise WeekMistake(f"{file.name} cannot be read as TOML: {mistake}. Mend that line.") from mistake
    except ValidationError as mistake:
        raise WeekMistake(_explained(mistake, written)) from mistake
    names = {person.name for person in week.person}
    _known(week.cards_for(), names, "The cards")
    for room in week.room:
        _known(sorted(room.everyone), names, room.title)
        _hangs_together(room)
    return week


def _explained(mistake: ValidationError, written: dict) -> str:
    """The place ('room', 0, 'entry', 4, 'by') is told as "Monday Circle, entry 5, by"."""
    first = mistake.errors(include_url=False)[0]
    steps = [f"{step + 1}" if isinstance(step, int) else step for step in first["loc"]]
    if steps[0] == "room" and len(steps) > 2:
        steps[:2] = [written["room"][first["loc"][1]].get("title", f"room {steps[1]}")]
    place = ", ".join(steps).replace("entry, ", "entry ")
    return f"{place}: {first['msg'].removeprefix('Value error, ')}. Mend it there."


def _known(named: tuple[str, ...] | list[str], names: set[str] | frozenset[str], where: str) -> None:
    for name in named:
        if name not in names:
            raise WeekMistake(f"{where}: {name} is not among {', '.join(sorted(names))}. Add the person.")


def _hangs_together(room: Room) -> None:
    keys: set[str] = set()
    for number, entry in enumerate(room.entry, start=1):
        where = f'{room.title}, entry {number} ("{entry.text[:30]}")'
        reacting = [name for names in entry.reactions.values() for name in names]
        _known([entry.by, *reacting], room.everyone, where)
        if entry.by in reacting:
            raise WeekMistake(f"{where}: {entry.by} reacts to their own words. Take that out.")
        if entry.reply_to and entry.reply_to not in keys:
            raise WeekMistake(f'{where}: no entry above it has the key "{entry.reply_to}". Mend reply_to.')
        if entry.key in keys:
            raise WeekMistake(f'{where}: the key "{entry.key}" is used twice. Give it another.')
        keys |= {entry.key} - {""}
    for above, below in pairwise(room.entry):
        if below.moment < above.moment:
            raise WeekMistake(f'{room.title}: "{below.text[:30]}" is older than what stands above it.')
