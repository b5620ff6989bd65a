"""What the person who called has told us by a tap, and whether somebody may be reading along: for who has the call."""

from dataclasses import dataclass

from sqlalchemy import select

from app.crisis.help_card import READ_ALONG
from app.crisis.models import Incident, IncidentEvent
from app.crisis.worrying import Flag
from app.foundation.database import Session
from app.people.help_choices import HelpChoice
from app.problems import N_

SAYS = {
    ("at_home", "yes"): N_("{name} is at home."),
    ("at_home", "no"): N_("{name} is not at home."),
    ("wants", "ring"): N_("{name} asks to be rung."),
    ("wants", "write"): N_("{name} asks that you write."),
}
READ_OVER = N_("Their card is quiet: somebody beside them may read along. Write nothing that shows what it is about.")


@dataclass(frozen=True, slots=True)
class CallerSays:
    """In sentences, the last answer to each question; and how they want to be come to: "ring", "write" or nothing."""

    sentences: list[str]
    wants: str


def caller_says(session: Session, incident: Incident) -> CallerSays:
    told = select(IncidentEvent.what, IncidentEvent.details).where(
        IncidentEvent.incident_id == incident.id, IncidentEvent.what.in_(("at_home", "wants"))
    )
    last = {what: details["answer"] for what, details in session.execute(told.order_by(IncidentEvent.number))}
    choice = session.get(HelpChoice, incident.person_id)
    alongside = select(Flag.id).where(Flag.incident_id == incident.id, Flag.category.in_(READ_ALONG)).limit(1)
    quiet = (choice is not None and choice.quiet) or session.scalar(alongside) is not None
    sentences = [SAYS[one] for one in last.items()] + ([READ_OVER] if quiet else [])
    return CallerSays(sentences, last.get("wants", ""))
