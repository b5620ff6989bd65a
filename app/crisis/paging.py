"""Pages are rows first: who is told, by which of their ways, and when the next way follows.

The first group of a person's ways is stored at once; the next follows when one was sent, at its time, or at once when
one failed. Workers send them (`sending_pages`). Only a person ends paging.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.crisis.duty_ways import usable_ways
from app.crisis.lines import TEAM
from app.crisis.models import Incident, Page
from app.crisis.on_call import EVERYBODY
from app.crisis.rounds import CATCH_ALL, wanted
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.ways import Way

STEPS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("push", "ntfy", "text", "email")),
    (60, ("ring",)),
    (120, ("text", "ring")),
)
"""Seconds after a level fired, and the ways that are used then."""
BREATH = timedelta(seconds=30)
"""So long after one way went out late the next one waits."""
QUIET = ("push", "ntfy", "screen", "email")
"""By which somebody is told that they need not come."""


def page(session: Session, incident: Incident, person_id: str, kinds: frozenset[str], *, says: str = "page") -> int:
    """Store what this person is sent now; the number of pages that are new. Only checked ways of `kinds` count."""
    at, made, step = database_now(session), 0, 0
    ways = [way for way in usable_ways(session, person_id) if way.kind in kinds]
    while step < len(STEPS) and not (chosen := [way for way in ways if way.kind in STEPS[step][1]]):
        step += 1
    for way in chosen if step < len(STEPS) else []:
        made += _store(session, incident, person_id, way.kind, way.id, says=says, step=step, at=at)
    return made


def page_catch_all(session: Session, incident: Incident, mail: str, phone: str, usable: frozenset[str]) -> int:
    """The staffed place that is told when nobody else can be; the number of pages to it that are new."""
    at = database_now(session)
    ways = (("email", mail), ("ring", phone), ("text", phone))
    kinds = [kind for kind, address in ways if address and kind in usable]
    page_team(session, incident, usable)
    return sum(_store(session, incident, CATCH_ALL, kind, "", says="page", step=0, at=at) for kind in kinds)


def team_with_everybody(session: Session, incident: Incident, usable: frozenset[str]) -> None:
    if incident.level == EVERYBODY:
        page_team(session, incident, usable)


def page_team(session: Session, incident: Incident, usable: frozenset[str]) -> None:
    """The channel that everybody reads, where the house has one. It reaches nobody in particular."""
    if TEAM in usable:
        at = database_now(session)
        _store(session, incident, CATCH_ALL, TEAM, "", says="page", step=0, at=at)


def tell_quietly(session: Session, incident: Incident, person_id: str, says: str) -> None:
    """One short word by a way that wakes nobody, or by text where there is no other."""
    ways = usable_ways(session, person_id)
    quiet = [way for way in ways if way.kind in QUIET] or [way for way in ways if way.kind == "text"]
    if quiet:
        attempt = _times(session, incident, person_id, says) + 1
        at = database_now(session)
        _store(
            session, incident, person_id, quiet[0].kind, quiet[0].id, says=says, step=len(STEPS), at=at, attempt=attempt
        )


def _store(
    session: Session, incident: Incident, person_id: str, kind: str, way_id: str, *,
    says: str, step: int, at: datetime, attempt: int = 0,
) -> int:  # fmt: skip
    which = {
        "incident_id": incident.id, "cycle": incident.cycle, "level": incident.level, "person_id": person_id,
        "kind": kind, "attempt": attempt or _attempt(step), "says": says,
    }  # fmt: skip
    return _put(session, which, step=step, way_id=way_id, fired_at=at, due_at=at)[1]


def _put(session: Session, which: dict[str, object], **new: object) -> tuple[Page, bool]:
    """The page that is known by `which`, and whether it is new. Firing a level again stores nothing twice."""
    known = session.scalar(select(Page).filter_by(**which))
    if known is not None:
        return known, False
    page = Page(id=new_id(), **which, **new)
    session.add(page)
    session.flush()
    return page, True


def _attempt(step: int) -> int:
    """The third group uses ways of the first two a second time."""
    return 1 + step // 2


def go_on(session: Session, incident: Incident, done: Page, *, at_once: bool) -> None:
    """The next group of this person's ways: at its time after the level fired, or now."""
    if done.says != "page" or done.person_id == CATCH_ALL or not wanted(incident, done):
        return
    at = database_now(session)
    ways = usable_ways(session, done.person_id)
    following = next((step for step in range(done.step + 1, len(STEPS)) if _kinds(ways, step)), None)
    if following is None:
        return
    in_time = done.fired_at + timedelta(seconds=STEPS[following][0])
    due_at = at if at_once else max(in_time, at + BREATH)
    for way in (way for way in ways if way.kind in STEPS[following][1]):
        which = {
            "incident_id": incident.id, "cycle": done.cycle, "level": done.level, "person_id": done.person_id,
            "kind": way.kind, "attempt": _attempt(following), "says": "page",
        }  # fmt: skip
        new = {"step": following, "way_id": way.id, "fired_at": done.fired_at, "due_at": due_at}
        stored, is_new = _put(session, which, **new)
        if not is_new and stored.state == "waiting" and not stored.token:
            stored.due_at = min(stored.due_at, due_at)
    session.flush()


def _kinds(ways: list[Way], step: int) -> set[str]:
    return {way.kind for way in ways} & set(STEPS[step][1])


def _times(session: Session, incident: Incident, person_id: str, says: str) -> int:
    told = (Page.incident_id == incident.id, Page.person_id == person_id, Page.says == says)
    return session.scalar(select(func.count()).where(*told)) or 0


def incident_of(session: Session, one: Page) -> Incident:
    return session.get_one(Incident, one.incident_id, with_for_update=True, populate_existing=True)
