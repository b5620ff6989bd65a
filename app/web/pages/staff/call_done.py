"""What whoever has a call did so far, said on its first card: a tap is seen to have been taken."""

from app.crisis.models import IncidentEvent
from app.problems import N_
from app.web.pages.page import Page

DONE = {
    "on_the_phone": N_("You said at {time} that you are on the phone."),
    "services_called": N_("You said at {time} that you rang for an ambulance or the police."),
    "note": N_("Your note is kept, {time}."),
}
BEGAN = ("answered", "taken_over")


def done(page: Page, lines: list[IncidentEvent]) -> list[str]:
    """The last of each kind, the newest first."""
    last = {line.what: line for line in mine_of(page, lines) if line.what in DONE}
    newest = sorted(last.values(), key=lambda line: line.number, reverse=True)
    return [page.say(DONE[line.what], time=page.calendar.time(line.at)) for line in newest]


def mine_of(page: Page, lines: list[IncidentEvent]) -> list[IncidentEvent]:
    """Lines of the reader since they took the call the last time."""
    mine = [line for line in lines if line.who == page.me.id]
    began = max((at for at, line in enumerate(mine) if line.what in BEGAN), default=len(mine))
    return mine[began:]
