"""Who is told next, and when. State in the database, moved by workers, by the database's clock.

While an emergency is open and nobody has it, `next_action_at` always lies within the next level's delay. There is no
last cycle: only a person ends it. A level that reaches nobody is passed over at once; where none does, the catch-all
is told. An answer is a lease: who goes quiet is reminded, then the paging begins again.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.crisis import paging, rounds, unpicked
from app.crisis.codes import free_code
from app.crisis.lines import Lines
from app.crisis.models import Incident
from app.crisis.on_call import LEVELS, OnCallPlan, is_awake, on_call, plan_now
from app.crisis.timeline import note
from app.foundation.beat import alerts_changed
from app.foundation.clock import database_now, now
from app.foundation.database import Session
from app.people.models import Site

LATE_SECONDS = 30
"""A step this late is told as the engine having been away."""


def begin(session: Session, incident: Incident, lines: Lines) -> None:
    """Freeze the plan and page the first level, in the transaction that opens the incident."""
    at = database_now(session)
    incident.plan = plan_now(session)
    incident.code = incident.code or free_code(session)
    _new_cycle(session, incident, at)
    incident.active_at, incident.second_paged = at, False
    session.flush()
    if incident.drill:
        incident.next_action_at = None
        return
    advance(session, incident, at, lines)


def let_go(incident: Incident) -> None:
    incident.owner_id, incident.owned_at, incident.lease_until, incident.arrived_at = "", None, None, None
    incident.reminded = incident.second_paged = False


def step(session: Session, lines: Lines) -> str | None:
    """Act on the incident that has waited longest for it; its id, or None when nothing is due."""
    due = (Incident.closed_at.is_(None), Incident.next_action_at <= now())
    query = select(Incident).where(*due).order_by(Incident.next_action_at).limit(1)
    incident = session.scalar(query.with_for_update(skip_locked=True))
    if incident is None:
        return None
    at = database_now(session)
    assert incident.next_action_at is not None
    late = (at - incident.next_action_at).total_seconds()
    if late > LATE_SECONDS:
        note(session, incident, "engine_away", seconds=int(late))
    if incident.owner_id and incident.lease_until:
        rounds.freeze(session, incident, at)
        look_after_owner(session, incident, at, lines)
    elif incident.tier == "concern" and incident.cycle_at is None:
        if unpicked.is_for_on_call(session, incident, at):
            begin(session, incident, lines)
    elif not rounds.has_begun(incident):
        let_go(incident)
        begin(session, incident, lines)
    else:
        advance(session, incident, at, lines)
    alerts_changed(session)
    return incident.id


def advance(session: Session, incident: Incident, at: datetime, lines: Lines) -> None:
    """Fire every level that is due by now, then say when to come back."""
    rounds.freeze(session, incident, at)
    reached_in_cycle = False
    while incident.next_action_at is not None and incident.next_action_at <= at:
        if incident.level >= len(LEVELS):
            _next_cycle(session, incident, at)
            reached_in_cycle = False
        reached = _fire(session, incident, at, lines)
        reached_in_cycle = reached_in_cycle or reached
        if _reaches_nobody(session, incident, reached_in_cycle):
            _tell_catch_all(session, incident, lines)
        incident.next_action_at = _comes_next(incident, at, reached)
    session.flush()


def look_after_owner(session: Session, incident: Incident, at: datetime, lines: Lines) -> None:
    """Arrived in time? Still there? What lapses is told, and paged anew."""
    plan = incident.plan
    assert incident.owned_at and incident.active_at and incident.lease_until
    if not incident.arrived_at and not incident.second_paged and at >= incident.owned_at + _s(plan["arrive_within"]):
        incident.second_paged = True
        note(session, incident, "not_arrived", incident.owner_id)
        _page_others(session, incident, at, lines)
    if not incident.reminded and at >= _remind_at(incident):
        incident.reminded = True
        note(session, incident, "reminded", incident.owner_id)
        paging.tell_quietly(session, incident, incident.owner_id, "still_with")
    if at >= incident.lease_until:
        note(session, incident, "went_quiet", incident.owner_id)
        page_again(session, incident, at, lines)
        return
    incident.next_action_at = next_look(incident, at)


def page_again(session: Session, incident: Incident, at: datetime, lines: Lines) -> None:
    """Nobody has it any more: from the first level, now."""
    let_go(incident)
    incident.active_at = at
    _new_cycle(session, incident, at)
    advance(session, incident, at, lines)


def next_look(incident: Incident, at: datetime) -> datetime:
    """When the engine looks again at an incident that somebody has."""
    assert incident.owned_at and incident.lease_until
    moments = [incident.lease_until]
    if not incident.arrived_at and not incident.second_paged:
        moments.append(incident.owned_at + _s(incident.plan["arrive_within"]))
    if not incident.reminded:
        moments.append(_remind_at(incident))
    return min(moments)


def _fire(session: Session, incident: Incident, at: datetime, lines: Lines) -> bool:
    """Page the next level. People are found now, not when it opened; whom it is about is never paged."""
    incident.level += 1
    session.flush()
    people = [one for one in on_call(session, incident.level, at, lines.zone) if one not in _goes_past(incident)]
    reached = [one for one in people if paging.page(session, incident, one, lines.kinds)]
    what = "paged" if reached else "nobody_on_call" if not people else "no_way_to_reach"
    note(session, incident, what, level=incident.level, people=reached or people)
    paging.team_with_everybody(session, incident, lines.kinds)
    if incident.level == 1 and not is_awake(session, at, lines.zone):
        _tell_catch_all(session, incident, lines)
    return bool(reached)


def _comes_next(incident: Incident, at: datetime, reached: bool) -> datetime:
    """The next level's time. A level that reached nobody hands on at once, and the rest keep their distances."""
    assert incident.cycle_at is not None
    after = (0, incident.plan["level_2_after"], incident.plan["level_3_after"], incident.plan["again_after"])
    if not reached and incident.level < len(LEVELS):
        incident.cycle_at = min(incident.cycle_at, at - _s(after[incident.level]))
    return incident.cycle_at + _s(after[incident.level])


def _next_cycle(session: Session, incident: Incident, at: datetime) -> None:
    _new_cycle(session, incident, at)
    note(session, incident, "again", cycle=incident.cycle)


def _new_cycle(session: Session, incident: Incident, at: datetime) -> None:
    rounds.new_round(session, incident, at)
    incident.cycle, incident.level, incident.cycle_at, incident.next_action_at = incident.cycle + 1, 0, at, at


def _reaches_nobody(session: Session, incident: Incident, reached_in_cycle: bool) -> bool:
    """All levels are through and nobody was found; or somebody was, and nothing that is sent to them is taken."""
    empty = incident.level == len(LEVELS) and not reached_in_cycle and not rounds.paged_in_cycle(session, incident)
    return empty or (incident.level > 1 and rounds.nothing_goes_out(session, incident))


def _goes_past(incident: Incident) -> set[str]:
    return {incident.person_id, *(incident.past or ())}


def _tell_catch_all(session: Session, incident: Incident, lines: Lines) -> None:
    site, plan = session.get_one(Site, 1), session.get_one(OnCallPlan, 1)
    told = paging.page_catch_all(session, incident, site.catch_all, plan.catch_all_phone, lines.kinds)
    note(session, incident, "catch_all", pages=told)


def _page_others(session: Session, incident: Incident, at: datetime, lines: Lines) -> None:
    """The next people besides the owner: from the level after the one that answered, then from the first again."""
    for level in (*range(incident.level + 1, len(LEVELS) + 1), *LEVELS):
        if level <= incident.level:
            incident.cycle += 1
        incident.level = level
        session.flush()
        past = {incident.owner_id} | _goes_past(incident)
        others = [one for one in on_call(session, level, at, lines.zone) if one not in past]
        reached = [one for one in others if paging.page(session, incident, one, lines.kinds)]
        paging.team_with_everybody(session, incident, lines.kinds)
        if reached:
            note(session, incident, "paged", level=level, people=reached)
            return
    _tell_catch_all(session, incident, lines)


def _remind_at(incident: Incident) -> datetime:
    assert incident.active_at and incident.lease_until
    early = incident.plan["lease"] - incident.plan["remind_after"]
    return incident.lease_until - _s(early)


def _s(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)
