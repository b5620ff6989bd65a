"""A page on its way out: held under a token, sent at least once, and twice only when a worker died over it ("repeat").

A worker claims one page for LEASE_SECONDS, asks `may_go` just before it speaks to a provider, and tells `went` or
`failed` with that token. Who lost the lease tells in vain.
"""

from collections.abc import Collection

from sqlalchemy import or_, select, update

from app.crisis.duty_ways import UNDELIVERED, is_failing, works_again
from app.crisis.models import Incident, Page
from app.crisis.paging import go_on, incident_of
from app.crisis.rounds import wanted
from app.crisis.timeline import note
from app.foundation.clock import later, now
from app.foundation.database import Session
from app.foundation.tokens import new_id

LEASE_SECONDS = 30
UNSURE = ("ReadTimeout", "WriteTimeout", "TimeoutError", "ReadError", "RemoteProtocolError")
"""A provider that was told and did not answer may have taken it: what is sent then is a repeat."""
TRY_AGAIN = (15, 15, 30, 60)
"""Seconds until a way that failed is tried again; the last of them from then on."""


def claim(session: Session, but: Collection[str] = ()) -> Page | None:
    """Take the page that has waited longest (of other kinds than these); one whose holder died goes as a repeat."""
    free = or_(Page.claimed_until.is_(None), Page.claimed_until <= now())
    due = (Page.state == "waiting", Page.due_at <= now(), free, Page.kind.not_in(but))
    query = select(Page).where(*due).order_by(Page.due_at, Page.id)
    found = session.scalar(query.limit(1).with_for_update(skip_locked=True))
    if found is None:
        return None
    found.repeat = found.repeat or bool(found.token)
    found.token, found.tries = new_id(), found.tries + 1
    found.claimed_until = later(LEASE_SECONDS)  # type: ignore[assignment]
    session.flush()
    session.refresh(found)
    return found


def may_go(session: Session, page_id: str, token: str) -> bool:
    """The last look before a provider is spoken to: still mine, still wanted."""
    mine = (Page.id == page_id, Page.token == token, Page.state == "waiting", Page.claimed_until > now())
    found = session.scalar(select(Page).where(*mine))
    return found is not None and wanted(session.get_one(Incident, found.incident_id), found)


def drop(session: Session, page_id: str, token: str) -> bool:
    """It was not sent, since nobody needs it any more. False where that is not so, or somebody else holds it."""
    mine = (Page.id == page_id, Page.token == token, Page.state == "waiting")
    found = session.scalar(select(Page).where(*mine).with_for_update())
    if found is None or wanted(session.get_one(Incident, found.incident_id), found):
        return False
    found.state = "cancelled"
    return True


def went(session: Session, page_id: str, token: str, provider_ref: str = "", provider: int = 0) -> bool:
    """A provider took it. The person's next ways follow in their time."""
    taken = {"provider_ref": provider_ref, "provider": provider}
    done = _finish(session, page_id, token, state="sent", sent_at=now(), trouble="", **taken)
    if done is not None:
        incident = incident_of(session, done)
        works_again(session, done.way_id, but=UNDELIVERED)
        note(session, incident, "sent", done.person_id, way=done.kind, level=done.level, repeat=done.repeat)
        go_on(session, incident, done, at_once=False)
    return done is not None


def failed(session: Session, page_id: str, token: str, trouble: str, *, for_good: bool) -> bool:
    """It did not go. The next way is used at once; this one is tried again unless its number is wrong.

    A quiet word is given up in the end, and a page as soon as nobody needs it.
    """
    says, tries = session.execute(select(Page.says, Page.tries).where(Page.id == page_id)).one()
    wait = TRY_AGAIN[min(tries, len(TRY_AGAIN)) - 1]
    over = for_good or (says != "page" and tries >= len(TRY_AGAIN))
    again: dict[str, object] = (
        {"state": "failed"} if over else {"due_at": later(wait), "claimed_until": None, "token": ""}
    )
    if trouble in UNSURE:
        again["repeat"] = True
    done = _finish(session, page_id, token, trouble=trouble[:40], **again)
    if done is None:
        return False
    incident = incident_of(session, done)
    if not over and not wanted(incident, done):
        done.state = "cancelled"
    note(session, incident, "failed", done.person_id, way=done.kind, level=done.level, trouble=trouble[:40])
    if for_good:
        is_failing(session, done.way_id, trouble)
    go_on(session, incident, done, at_once=True)
    return True


def _finish(session: Session, page_id: str, held: str, **values: object) -> Page | None:
    mine = (Page.id == page_id, Page.token == held, Page.state == "waiting")
    if not session.execute(update(Page).where(*mine).values(**values)).rowcount:  # type: ignore[attr-defined]
        return None
    return session.get_one(Page, page_id, populate_existing=True)
