"""What a verb may announce: published after its commit, to this process first and over the bus to the others."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """A numbered change of one channel. `hides` marks one that takes something out of sight."""

    channel: str
    version: int
    body: dict[str, Any]
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """Something true just now in a channel: told once, never fetched again."""

    channel: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The channel's present state (who is here) has a new version; processes read it afresh."""

    channel: str
    state_version: int


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """Sign-ins, memberships or roles changed: check every open connection."""


@dataclass(frozen=True, slots=True)
class AlertsChanged:
    """Something that staff must see was raised or answered."""


@dataclass(frozen=True, slots=True)
class Whisper:
    """A frame for the open connections of one person."""

    person: str
    body: dict[str, Any]
