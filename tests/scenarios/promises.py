"""What holds after every story: nobody is left alone, every step is told, nothing is told outside."""

from datetime import timedelta
from itertools import groupby, pairwise

from sqlalchemy import select

from app.crisis.models import Incident, IncidentEvent, Page
from app.foundation.clock import database_now, now
from app.foundation.database import Session
from app.paging_out import anything_due
from tests.scenarios.providers import GOLDEN, Sent

MEMBERS = ("Dot", "Harold", "Rose", "Monday", "Thursday")
BY_PEOPLE = {"tapped", "answered", "answered_late", "arrived", "closed", "note", "on_the_phone", "passed_on", "lowered"}
"""Steps that somebody did: the line says who."""


def is_calm(session: Session) -> bool:
    """Nothing is due, and no worker holds anything that it may still send."""
    held = (Page.state == "waiting", Page.token != "", Page.claimed_until > now())
    return anything_due(session) == (False, False) and session.scalar(select(Page.id).where(*held).limit(1)) is None


def hold_inside(session: Session) -> None:
    nobody_is_left_alone(session)
    every_step_is_told(session)


def nobody_is_left_alone(session: Session) -> None:
    """(a) Of each emergency that nobody has, a page or a step of the engine is due within the level's delay."""
    at = database_now(session)
    query = select(Incident).where(Incident.closed_at.is_(None), Incident.tier == "emergency", Incident.owner_id == "")
    for one in session.scalars(query.where(Incident.drill.is_(False))):
        assert one.next_action_at is not None, f"{one.id}: nothing will ever happen"
        assert one.next_action_at <= at + timedelta(seconds=longest_wait(one)), f"{one.id}: nothing happens soon"


def longest_wait(one: Incident) -> int:
    """From one level to the next, or from the last to the next round."""
    moments = (0, one.plan["level_2_after"], one.plan["level_3_after"], one.plan["again_after"])
    return max(later - earlier for earlier, later in pairwise(moments))


def every_step_is_told(session: Session) -> None:
    """(b) Numbered without a gap, in the order of the database's clock; what people did says who."""
    lines = session.scalars(select(IncidentEvent).order_by(IncidentEvent.incident_id, IncidentEvent.number))
    for _, of_one in groupby(lines, key=lambda line: line.incident_id):
        told = list(of_one)
        assert [line.number for line in told] == list(range(1, len(told) + 1))
        assert [line.at for line in told] == sorted(line.at for line in told)
        assert told[0].what == "opened"
        assert not [line.what for line in told if line.what in BY_PEOPLE and not line.who]


def hold_outside(sent: list[Sent], logs: list[str], said: list[str]) -> None:
    """(c) No page and no line of a log has a member's name, a room, or anything that was written."""
    assert all(any(g.fullmatch(one.text.removeprefix("REPEAT. ")) for g in GOLDEN.values()) for one in sent)
    told = [one.text for one in sent] + logs
    assert not [secret for secret in (*MEMBERS, *said) for text in told if secret in text]
