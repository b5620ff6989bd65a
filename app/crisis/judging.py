"""What people make of a worry: *I am with her*, *Get on-call*, *Not a worry*. The machine only pointed at it."""

from dataclasses import dataclass

from sqlalchemy import select

from app.crisis import paging, rounds
from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.pausing import somebody_arrived
from app.crisis.raising import incident_for, raise_tier
from app.crisis.responding import goes_past
from app.crisis.telling import truth
from app.crisis.timeline import note
from app.crisis.worrying import Flag
from app.foundation import audit
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_, Invalid, NotFound
from app.rooms.models import Entry

WITH_THEM, ON_CALL, NOT_A_WORRY = "with_them", "on_call", "not_a_worry"
JUDGEMENTS = (WITH_THEM, ON_CALL, NOT_A_WORRY)


@dataclass(frozen=True, slots=True)
class Worry:
    """A flag on its way to somebody who looks after the room: whose it is, and the words where they still stand."""

    flag: Flag
    name: str
    words: str
    with_them: str
    state: str
    """Of an open call for danger what is true of it now."""


def worries_in(session: Session, actor: Actor, room_id: str) -> list[Worry]:
    """What nobody has judged yet in a room, or somebody is with; nobody sees what is about themselves. Looks are
    recorded, since what is held or refused is private."""
    if not actor.roles.may("moderate", room_id):
        raise NotFound()
    query = (
        select(Flag, Person.name, Entry, Incident)
        .join(Person, Person.id == Flag.person_id)
        .outerjoin(Incident, Incident.id == Flag.incident_id)
        .outerjoin(Entry, (Entry.room_id == Flag.room_id) & (Entry.seq == Flag.seq))
        .where(Flag.room_id == room_id, Flag.tier.in_(("concern", "emergency")), Flag.person_id != actor.id)
        .where(Flag.judged.in_(("", WITH_THEM)))
        .order_by(Flag.at)
    )
    found = [row for row in session.execute(query) if _is_for(actor, row[0], row[3])]
    if found:
        audit.record(session, actor.id, "look_at_worries", place=room_id, count=len(found))
    who = {row.id: row.name for row in session.execute(select(Person.id, Person.name))} if found else {}
    return [
        Worry(
            flag, name, entry.text if entry and not entry.removed_at else "", who.get(flag.judged_by, ""),
            truth(session, call).state if call and call.tier == "emergency" and call.closed_at is None else "",
        )
        for flag, name, entry, call in found
    ]  # fmt: skip


def unjudged_in(session: Session, actor: Actor, room_id: str) -> int:
    """How many worries wait for this person's judgement: a number, and no words."""
    query = select(Flag, Incident).outerjoin(Incident, Incident.id == Flag.incident_id)
    query = query.where(Flag.room_id == room_id, Flag.tier.in_(("concern", "emergency")), Flag.judged == "")
    return sum(_is_for(actor, flag, incident) for flag, incident in session.execute(query))


def judge(session: Session, actor: Actor, flag_id: str, judgement: str, lines: Lines) -> str:
    """Say what it is. *Get on-call* is one tap and needs no form. Whose words they are."""
    flag = session.get(Flag, flag_id, with_for_update=True)
    if flag is None:
        raise NotFound()
    session.scalar(select(Person.id).where(Person.id == flag.person_id).with_for_update())
    incident = session.get(Incident, flag.incident_id, with_for_update=True) if flag.incident_id else None
    if not _is_for(actor, flag, incident):
        raise NotFound()
    if judgement not in JUDGEMENTS:
        raise Invalid(N_("Please choose one of the three."))
    flag.judged, flag.judged_by, flag.judged_at = judgement, actor.id, database_now(session)
    audit.record(session, actor.id, "judge_worry", whom=flag.person_id, place=flag.room_id, flag=flag.id, as_=judgement)
    session.flush()
    if judgement == ON_CALL:
        _get_on_call(session, actor, flag, incident, lines)
    elif incident is not None and incident.tier == "concern" and incident.closed_at is None:
        _lower(session, actor, incident, judgement)
    if judgement == WITH_THEM:
        somebody_arrived(session, flag.person_id)
    alerts_changed(session)
    return flag.person_id


def _is_for(actor: Actor, flag: Flag, incident: Incident | None) -> bool:
    """Whoever keeps the room, unless it is about themselves, or other words of the same incident are."""
    past = incident is not None and goes_past(incident, actor)
    return actor.roles.may("moderate", flag.room_id) and not past and actor.id not in (flag.person_id, *flag.past)


def _get_on_call(session: Session, actor: Actor, flag: Flag, incident: Incident | None, lines: Lines) -> None:
    if incident is None or incident.closed_at is not None:
        incident, _ = incident_for(session, flag.person_id, flag.room_id, "emergency", "staff", lines)
        flag.incident_id = incident.id
    elif incident.tier != "emergency":
        raise_tier(session, incident, "emergency", lines, actor.id)
    note(session, incident, "asked_by_staff", actor.id)


def _lower(session: Session, actor: Actor, incident: Incident, judgement: str) -> None:
    """Somebody is with them, so nobody else is told; or every worry in it was none, and a person closes it.

    What somebody else has, or a room was opened for, ends with whoever has it: there it is only noted."""
    note(session, incident, judgement, actor.id)
    if judgement == WITH_THEM:
        incident.owner_id, incident.owned_at, incident.next_action_at = actor.id, database_now(session), None
        for person_id in rounds.call_off(session, incident, but_for=actor.id):
            paging.tell_quietly(session, incident, person_id, "taken")
        return
    if incident.owner_id not in ("", actor.id) or incident.help_room_id:
        return
    open_ones = select(Flag.id).where(Flag.incident_id == incident.id, Flag.judged != NOT_A_WORRY)
    if session.scalar(open_ones.limit(1)) is None:
        incident.closed_at, incident.closed_by, incident.ended_as = database_now(session), actor.id, "not_a_crisis"
        incident.next_action_at = None
