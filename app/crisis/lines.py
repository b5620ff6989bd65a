"""What a house has for reaching people: the clock on its wall, and the ways by which anything can leave it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.foundation.delivery import team
from app.settings import Settings

KINDS = frozenset({"push", "ntfy", "text", "ring", "email"})
TEAM = "team"
"""A channel of the whole team: of nobody in particular, so that no call counts as told by it."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A way counts only if the house can use it: an address without a mail server reaches nobody."""

    zone: ZoneInfo
    kinds: frozenset[str]


EVERY_LINE = Lines(ZoneInfo("UTC"), KINDS)


def lines_of(settings: Settings) -> Lines:
    kinds = {"push", "ntfy"}
    if settings.smtp_url:
        kinds.add("email")
    if settings.phone_url or settings.second_phone_url:
        kinds |= {"text", "ring"}
    if settings.apprise_urls and team.is_installed():
        kinds.add(TEAM)
    return Lines(ZoneInfo(settings.timezone), frozenset(kinds))
