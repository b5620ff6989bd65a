"""Who does something: a person who is signed in, or the system itself."""

from dataclasses import dataclass
from datetime import datetime

from app.people.roles import Roles


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at one signed-in device, with the roles they had when it was looked up."""

    id: str
    name: str
    roles: Roles
    sign_in_id: str = ""
    letters: int = 22
    contrast: str = "normal"
    language: str = "en"
    no_limits: bool = False
    shared: bool = False
    """On a tablet that several people use: nothing of theirs stays on it."""
    proved_at: datetime | None = None
    """When they last proved who they are, by passkey, or by password and code. None: they came in with a card."""


SYSTEM = Actor("system", "Hearthside", Roles(frozenset({("system", "")})))
"""The command line and the worker: an operator with a shell is trusted with everything."""
