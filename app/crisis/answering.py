"""Staff answer a call, go to the person, stay in touch and hand over.

One owner. The first answer stands, every other is noted and told who has it. An answer is a lease: whoever writes to
the person, logs a call or adds a note keeps it; who goes quiet loses it to the next.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.crisis import escalation, paging, rounds
from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.pausing import somebody_arrived
from app.crisis.responding import call_for
from app.crisis.timeline import keep_words, note
from app.foundation import audit
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.words import clean
from app.people.actors import SYSTEM, Actor
from app.people.models import Person
from app.problems import N_, Invalid, NotAllowed, NotFound
from app.rooms import entries
from app.rooms.membership import add_member, nobody_but
from app.rooms.models import Room
from app.rooms.opening import make_of_kind

LONGEST_NOTE = 400


def answer(session: Session, actor: Actor, incident_id: str, *, by: str = "screen") -> Incident:
    """*I have this*, on a `screen` or by `text`. The first one owns it and a room for the two is opened; the others
    learn who has it.

    Who answered and has not come in time, so that others were told, hands over to the next who answers."""
    incident = call_for(session, actor, incident_id)
    if incident.second_paged and not incident.arrived_at and incident.owner_id not in ("", actor.id):
        return take_over(session, actor, incident_id)
    if incident.closed_at or incident.owner_id not in ("", actor.id):
        note(session, incident, "answered_late", actor.id, after=incident.owner_id, by=by)
        return incident
    if incident.owner_id == actor.id:
        return incident
    at = database_now(session)
    incident.owner_id, incident.owned_at = actor.id, at
    incident.arrived_at, incident.reminded, incident.second_paged = None, False, False
    _still_there(session, incident, at, "lease")
    session.flush()
    for person_id in rounds.call_off(session, incident, but_for=actor.id):
        paging.tell_quietly(session, incident, person_id, "taken")
    note(session, incident, "answered", actor.id, by=by)
    audit.record(session, actor.id, "answer_call", whom=incident.person_id, incident=incident.id)
    _open_help_room(session, actor, incident)
    alerts_changed(session)
    return incident


def answer_by_code(session: Session, actor: Actor, code: str) -> Incident:
    """The code of a page, sent back by text. A code of an incident that is over changes nothing, and is told so."""
    open_one = (Incident.code == code.strip(), Incident.closed_at.is_(None), Incident.drill.is_(False))
    found = session.scalar(select(Incident.id).where(*open_one))
    if found is None:
        raise NotFound(N_("There is no open call with this code."))
    return answer(session, actor, found, by="text")


def heard_of(session: Session, actor: Actor, incident: Incident) -> None:
    """Who has it said so once more: the lease begins anew."""
    _still_there(session, incident, database_now(session), "lease")
    note(session, incident, "still_there", actor.id)


def wrote_in_help_room(session: Session, room_id: str, person_id: str) -> None:
    """The owner's words keep the lease, and the first of them are the arrival."""
    incident = session.scalar(
        select(Incident).where(Incident.help_room_id == room_id, Incident.closed_at.is_(None)).with_for_update()
    )
    if incident is not None and incident.owner_id == person_id:
        at = database_now(session)
        first = incident.arrived_at is None
        incident.arrived_at = incident.arrived_at or at
        _still_there(session, incident, at, "lease")
        if first:
            note(session, incident, "arrived", person_id)
            somebody_arrived(session, incident.person_id)
            alerts_changed(session)


def on_the_phone(session: Session, actor: Actor, incident_id: str) -> None:
    """*I am on the phone about this*: they have been reached, and half an hour's quiet is no worry."""
    incident = _own(session, actor, incident_id)
    at = database_now(session)
    incident.arrived_at = incident.arrived_at or at
    _still_there(session, incident, at, "phone_lease")
    note(session, incident, "on_the_phone", actor.id)
    somebody_arrived(session, incident.person_id)
    alerts_changed(session)


def add_note(session: Session, actor: Actor, incident_id: str, text: str) -> None:
    """A quiet note for staff; its words are kept with the incident, never in a room."""
    incident = _own(session, actor, incident_id)
    text = clean(text)[:LONGEST_NOTE]
    if not text:
        raise Invalid(N_("There are no words in it yet."))
    _still_there(session, incident, database_now(session), "lease")
    keep_words(session, incident, actor.id, text)


def services_called(session: Session, actor: Actor, incident_id: str) -> None:
    incident = _own(session, actor, incident_id)
    _still_there(session, incident, database_now(session), "phone_lease")
    note(session, incident, "services_called", actor.id)
    audit.record(session, actor.id, "services_called", whom=incident.person_id, incident=incident.id)


def pass_on(session: Session, actor: Actor, incident_id: str, lines: Lines) -> None:
    """*Pass on*: it is nobody's again, and the next people are paged now."""
    incident = _own(session, actor, incident_id)
    note(session, incident, "passed_on", actor.id)
    audit.record(session, actor.id, "pass_on_call", whom=incident.person_id, incident=incident.id)
    escalation.page_again(session, incident, database_now(session), lines)
    alerts_changed(session)


def take_over(session: Session, actor: Actor, incident_id: str) -> Incident:
    """Hand-over: the new owner says so; until then the old one has it."""
    incident = call_for(session, actor, incident_id)
    if incident.closed_at:
        raise NotFound(N_("This call is over."))
    before = incident.owner_id
    if before and before != actor.id:
        note(session, incident, "taken_over", actor.id, before=before)
        audit.record(session, actor.id, "take_over_call", whom=incident.person_id, incident=incident.id, before=before)
        paging.tell_quietly(session, incident, before, "taken")
        incident.owner_id = ""
    return answer(session, actor, incident_id)


def _still_there(session: Session, incident: Incident, at: datetime, lease: str) -> None:
    """Something was heard of the owner: the lease begins anew, and never ends sooner than it would have."""
    rounds.freeze(session, incident, at)
    until = at + timedelta(seconds=incident.plan[lease])
    incident.active_at, incident.reminded = at, False
    incident.lease_until = max(until, incident.lease_until or until) if incident.owned_at != at else until
    incident.next_action_at = None if incident.tier == "check" else escalation.next_look(incident, at)


def _open_help_room(session: Session, actor: Actor, incident: Incident) -> None:
    """A room for the person and whoever answers, and nobody else: who had it before is out. The group they came from
    sees none of it."""
    person, owner = session.get_one(Person, incident.person_id), session.get_one(Person, actor.id)
    if not incident.help_room_id:
        room = make_of_kind(session, SYSTEM, f"{person.name}", "help", f"help-{incident.id}")
        incident.help_room_id = room.id
        add_member(session, SYSTEM, room, person)
    room = session.get_one(Room, incident.help_room_id)
    entries.lock(session, [room.id])
    add_member(session, SYSTEM, room, owner)
    nobody_but(session, SYSTEM, room, {person.id, owner.id})


def _own(session: Session, actor: Actor, incident_id: str) -> Incident:
    incident = call_for(session, actor, incident_id)
    if incident.owner_id != actor.id:
        raise NotAllowed(N_("Somebody else has this call now."))
    return incident
