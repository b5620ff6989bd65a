"""*Get on-call* for somebody by name, online or not, with nothing written and nothing asked.

For mentors, helpers, facilitators and supervisors, on a card as well: it opens nothing to them, and waiting for a proof
could cost what it is for. Whoever sees people does it for anybody; others for those they share a room with.
"""

from sqlalchemy import select

from app.crisis.lines import Lines
from app.crisis.models import Incident, IncidentEvent
from app.crisis.raising import incident_for, reach_owner
from app.crisis.telling import Truth, truth
from app.crisis.timeline import note
from app.foundation import audit
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_to_find
from app.problems import N_, NotAllowed, NotFound
from app.rooms.finding import still_in
from app.rooms.models import Membership

ASKED = "asked_by_staff"


def person_to_help(session: Session, actor: Actor, person_id: str) -> Person:
    """The person, for who may get on-call for them; others find nobody."""
    require_to_find(actor.roles, "get_on_call")
    person = session.get(Person, person_id)
    if person is None or not (actor.roles.may_anywhere("see_people") or _share_a_room(session, actor.id, person_id)):
        raise NotFound()
    if person_id == actor.id:
        raise NotAllowed(N_("For yourself, tap I need help now."))
    return person


def get_on_call(session: Session, actor: Actor, person: Person, room_id: str, lines: Lines) -> Incident:
    """An emergency from now on, whatever it was before; who has it already hears that there is more."""
    person = person_to_help(session, actor, person.id)
    session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    both = {(actor.id, room_id), (person.id, room_id)}
    room_id = room_id if room_id and still_in(session, both) == both else ""
    incident, new = incident_for(session, person.id, room_id, "emergency", "staff", lines)
    note(session, incident, ASKED, actor.id)
    if not new:
        reach_owner(session, incident, database_now(session))
    audit.record(session, actor.id, "get_on_call", whom=person.id, place=room_id, incident=incident.id)
    alerts_changed(session)
    return incident


def what_i_asked(session: Session, actor: Actor, person: Person) -> tuple[Incident, Truth] | None:
    """What is true now of the open call that this actor asked for. That somebody called on their own stays theirs."""
    query = (
        select(Incident)
        .join(IncidentEvent, IncidentEvent.incident_id == Incident.id)
        .where(Incident.person_id == person.id, Incident.closed_at.is_(None), Incident.drill.is_(False))
        .where(IncidentEvent.what == ASKED, IncidentEvent.who == actor.id)
    )
    incident = session.scalar(query.limit(1))
    return (incident, truth(session, incident)) if incident else None


def _share_a_room(session: Session, one: str, other: str) -> bool:
    mine = select(Membership.room_id).where(Membership.person_id == one, Membership.removed_at.is_(None))
    theirs = (Membership.person_id == other, Membership.removed_at.is_(None), Membership.room_id.in_(mine))
    return session.scalar(select(Membership.room_id).where(*theirs).limit(1)) is not None
