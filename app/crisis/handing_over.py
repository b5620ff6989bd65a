"""Whoever has an open call when their turn ends is asked, a quarter of an hour before, to hand it over.

It stays theirs until somebody else takes it. On a turn that goes on under another level nobody is asked.
"""

from datetime import timedelta

from sqlalchemy import select

from app.crisis import paging
from app.crisis.lines import Lines
from app.crisis.models import Incident, IncidentEvent
from app.crisis.on_call import LEVELS, rota
from app.crisis.timeline import note
from app.foundation.clock import database_now
from app.foundation.database import Session

BEFORE = timedelta(minutes=15)
ASKED = "hand_over_asked"
KEPT_LEVELS = LEVELS[:-1]


def ending_turns(session: Session, lines: Lines) -> list[str]:
    """Open calls whose owner's turn ends soon, and who was not asked about it yet."""
    owned = (Incident.closed_at.is_(None), Incident.owner_id != "", Incident.drill.is_(False))
    incidents = list(session.scalars(select(Incident).where(*owned, Incident.lease_until.is_not(None))))
    if not incidents:
        return []
    at = database_now(session)
    known = rota(session, at)
    now_on, then_on = (
        {one for level in KEPT_LEVELS for one in known.people(level, moment, lines.zone)}
        for moment in (at, at + BEFORE)
    )
    asked = (IncidentEvent.what == ASKED, IncidentEvent.at > at - BEFORE)
    query = select(IncidentEvent.incident_id, IncidentEvent.who).where(*asked)
    known_of = {(row[0], row[1]) for row in session.execute(query)}
    return [one.id for one in incidents if one.owner_id in now_on - then_on and (one.id, one.owner_id) not in known_of]


def ask(session: Session, lines: Lines) -> None:
    """Ask each of them once."""
    for incident_id in ending_turns(session, lines):
        incident = session.get_one(Incident, incident_id, with_for_update=True, populate_existing=True)
        if incident_id in ending_turns(session, lines):
            paging.tell_quietly(session, incident, incident.owner_id, "hand_over")
            note(session, incident, ASKED, incident.owner_id)
