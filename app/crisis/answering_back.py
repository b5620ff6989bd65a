"""What the person who called tells us by a tap: are they at home, shall we ring or write, would they like somebody.

Each is a line of the timeline, for whoever has the call. None of them closes or lowers anything.
"""

from sqlalchemy import select

from app.crisis.help_card import open_incident
from app.crisis.models import Incident
from app.crisis.raising import reach_owner
from app.crisis.timeline import note
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import Invalid, NotFound

TOLD = {"at_home": ("yes", "no"), "wants": ("ring", "write")}


def tell(session: Session, actor: Actor, what: str, answer: str) -> Incident:
    """*Are you at home?*, *Ring me* or *Write to me*: the last answer counts."""
    if answer not in TOLD.get(what, ()):
        raise Invalid()
    incident = _mine(session, actor)
    note(session, incident, what, actor.id, answer=answer)
    reach_owner(session, incident, database_now(session))
    alerts_changed(session)
    return incident


def say_no(session: Session, actor: Actor) -> Incident:
    """*I am all right*, to what was softly asked. Staff see it; what was raised stays as it is."""
    incident = _mine(session, actor)
    note(session, incident, "all_right", actor.id)
    alerts_changed(session)
    return incident


def say_yes(session: Session, actor: Actor) -> None:
    """*Yes, please*, noted beside the call that it makes."""
    note(session, _mine(session, actor), "wants_somebody", actor.id)


def _mine(session: Session, actor: Actor) -> Incident:
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    incident = open_incident(session, actor.id)
    if incident is None:
        raise NotFound()
    return session.get_one(Incident, incident.id, with_for_update=True, populate_existing=True)
