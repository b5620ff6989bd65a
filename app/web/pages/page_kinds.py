"""What kind of page somebody has before them, in a word for who helps on the telephone: never which room."""

from app.problems import N_

KINDS = {
    "": ("home", N_("Home")),
    "rooms": ("room", N_("a room")),
    "help": ("help", N_("the help page")),
    "numbers": ("numbers", N_("the numbers to ring")),
    "settings": ("settings", N_("My settings")),
    "ways": ("ways", N_("how we may reach you")),
    "ask": ("ask", N_("writing to the helper")),
    "welcome": ("welcome", N_("the questions of joining")),
    "plan": ("settings", N_("My settings")),
    "staff": ("staff", N_("a staff page")),
}
OTHER = ("other", N_("another page"))
WORDS = dict([*KINDS.values(), OTHER])


def kind_of(path: str) -> str:
    """By the first word of the address."""
    return KINDS.get(path.strip("/").partition("/")[0], OTHER)[0]
