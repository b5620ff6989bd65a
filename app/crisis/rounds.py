"""A round of pages: whether one of it is still wanted, what is called off, and whether anything of it goes out."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from app.crisis.codes import free_code
from app.crisis.models import Incident, Page
from app.crisis.on_call import plan_now
from app.foundation.database import Session

CATCH_ALL = ""
OF_THE_OWNER = ("still_with", "new_words", "hand_over")
NO_NEED = ("taken", "lowered")
"""What is told to who was paged before, whoever they are."""


def has_begun(incident: Incident) -> bool:
    """Whether there is paging behind it: a call from before the house had any has neither a round nor a plan."""
    return bool(incident.cycle and incident.plan)


def freeze(session: Session, incident: Incident, at: datetime) -> None:
    """A plan for a call from before there were any; every other keeps the one that it began with."""
    if not incident.plan:
        incident.plan, incident.code = plan_now(session), incident.code or free_code(session)
        incident.cycle, incident.cycle_at = incident.cycle or 1, incident.cycle_at or at


def wanted(incident: Incident, one: Page) -> bool:
    """Whether it is still so: somebody is needed, and the page is of this round; whoever owns the call still does; and
    it is not about whoever would get it."""
    if one.person_id in (incident.past or ()) and one.says not in NO_NEED:
        return False
    if one.says in OF_THE_OWNER:
        return incident.closed_at is None and incident.owner_id == one.person_id
    if one.says != "page":
        return True
    needed = not incident.owner_id or (incident.second_paged and not incident.arrived_at)
    over = incident.closed_at is not None or incident.tier == "check" or one.person_id == incident.owner_id != ""
    this_round = incident.cycle_at is None or one.fired_at >= incident.cycle_at
    return needed and not over and this_round


def new_round(session: Session, incident: Incident, at: datetime) -> None:
    """What has not gone out by now is not sent beside the pages of the round that begins."""
    waiting = (Page.incident_id == incident.id, Page.state == "waiting", Page.says == "page", Page.token == "")
    session.execute(update(Page).where(*waiting, Page.fired_at < at).values(state="cancelled"))


def call_off(session: Session, incident: Incident, *, but_for: str = "") -> list[str]:
    """Cancel what has not gone out; who was paged and not told since, to be told that they need not come."""
    waiting = (Page.incident_id == incident.id, Page.state == "waiting", Page.says == "page")
    session.execute(update(Page).where(*waiting, Page.token == "").values(state="cancelled"))
    mine = (Page.incident_id == incident.id, Page.person_id.not_in([CATCH_ALL, but_for]))
    paged = _last_of_each(session, *mine, Page.says == "page", Page.state.in_(("sent", "waiting")))
    told = _last_of_each(session, *mine, Page.says == "taken")
    return sorted(one for one, at in paged.items() if one not in told or told[one] < at)


def paged_in_cycle(session: Session, incident: Incident) -> bool:
    """Whether anybody at all was paged in this cycle."""
    return session.scalar(select(Page.id).where(*_to_people(incident)).limit(1)) is not None


def only_told(session: Session, incident: Incident, people: Collection[str], *, since: datetime | None = None) -> bool:
    """Whether somebody was paged in this cycle (since that moment), and nobody besides these."""
    theirs = select(Page.person_id).where(*_to_people(incident), Page.state != "cancelled")
    told = set(session.scalars(theirs.where(Page.fired_at >= since) if since else theirs))
    return bool(told) and told <= set(people)


def nothing_goes_out(session: Session, incident: Incident) -> bool:
    """Whether pages of this cycle were tried, and not one was taken."""
    tried = session.execute(select(Page.state, Page.trouble).where(*_to_people(incident))).all()
    return any(trouble for _, trouble in tried) and all(state != "sent" for state, _ in tried)


def _to_people(incident: Incident) -> tuple[ColumnElement[bool], ...]:
    in_this = (Page.incident_id == incident.id, Page.cycle == incident.cycle)
    return (*in_this, Page.says == "page", Page.person_id != CATCH_ALL)


def _last_of_each(session: Session, *which: ColumnElement[bool]) -> dict[str, datetime]:
    """Person → when the last such page to them fired."""
    last = select(Page.person_id, func.max(Page.fired_at)).where(*which).group_by(Page.person_id)
    return {person_id: at for person_id, at in session.execute(last)}
