"""A call that is over: what is said of it after closing, and at its address."""

from app.crisis import ending, responding
from app.crisis.models import Incident
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_
from app.web.pages.page import Page

CLOSED = {
    "0": N_("The call is closed."),
    "4": N_("The call is closed. Somebody looks in again in 4 hours."),
    "24": N_("The call is closed. Somebody looks in again tomorrow."),
    "72": N_("The call is closed. Somebody looks in again in 3 days."),
}
"""By the hours after which somebody looks in again."""
OVER = N_("This call is over.")
OVER_TODAY = N_("This call is over. {name} closed it at {time}.")
OVER_BEFORE = N_("This call is over. {name} closed it on {day} at {time}.")


def over(session: Session, actor: Actor, call_id: str) -> tuple[Incident, str] | None:
    """The call, if it is over, and who ended it."""
    incident = responding.over(session, actor, call_id)
    if incident is None:
        return None
    by = session.get(Person, incident.closed_by)
    return incident, by.name if by else ""


def said_over(page: Page, incident: Incident, by: str) -> dict[str, str]:
    """Its code and when it was, as the page that went out said them; not whose it was."""
    about = {"code": incident.code, "when": page.calendar.moment(incident.raised_at)}
    at = incident.closed_at
    if not by or at is None:
        return about | {"over": page.say(OVER)}
    sentence = OVER_TODAY if page.calendar.days_ago(at) <= 0 else OVER_BEFORE
    return about | {"over": page.say(sentence, name=by, day=page.calendar.day(at), time=page.calendar.time(at))}


def close_call(session: Session, actor: Actor, call_id: str, ended_as: str, outcome: str, hours: int) -> int:
    """In how many hours somebody looks in again; 0 where nobody was asked to."""
    ending.close(session, actor, call_id, ended_as, outcome, hours)
    incident = session.get_one(Incident, call_id)
    if incident.follow_up_at is None or incident.closed_at is None:
        return 0
    return round((incident.follow_up_at - incident.closed_at).total_seconds() / 3600)
