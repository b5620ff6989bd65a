"""What stands on top of every page for staff while help is not well watched over."""

from app.keeping.watching import Watch
from app.people.actors import Actor
from app.problems import N_
from app.wording import say

SILENT = N_(
    "Calls for help are not going out: the part of the house that sends them has stopped. Tell who looks after it."
)
LATE = N_("Calls for help are going out late. Look at the calls yourselves, and tell who looks after the machine.")
NOBODY = N_("Nobody on the on-call staff can be reached. A call for help would only stand on screens.")
HOLE = N_("There is a hole in the rota now. A call for help goes to the next people at once.")
UNTESTED = N_("The place that is told when nobody else can be has not answered a test for a week.")
NO_PLACE = N_("No place is set that is told when nobody else can be. A call that nobody answers would end there.")


def watch_words(watch: Watch | None, reader: Actor, language: str) -> list[str]:
    """The worst first. What only who keeps the rota can mend is told to them."""
    if watch is None or not watch.opened:
        return []
    sentences = [SILENT if watch.silent else LATE] if watch.paging != "well" else []
    sentences += [NOBODY if watch.nobody else HOLE] if watch.reach != "well" else []
    if not watch.tested and reader.roles.may("keep_rota"):
        sentences.append(UNTESTED if watch.placed else NO_PLACE)
    return [say(one, language) for one in sentences]
