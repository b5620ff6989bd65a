"""Telling somebody that something waits for them: on their home page, and by the ways they chose, in their order.

1. `tell` stores a notice, which their home page shows, and what must happen, in the caller's transaction.
2. A worker takes the `next_step`: not in quiet hours; then the first checked way, then the next if that one fails.
3. Mail and push are sent by machine; ringing, texts and paper are tasks for a helper. No notice holds words or names.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, database_now, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.due import must_happen
from app.foundation.tokens import new_id
from app.people import tasks
from app.people.actors import Actor
from app.people.standing import reachable_people
from app.people.ways import BY_HAND, FOR_CALLS, Reach, Way, it_is_over, reach_of, ways_in_use
from app.problems import N_

REACH, SEND_MAIL, SEND_PUSH = "reach", "send_mail", "send_push"

NOTICES = {
    "answer": N_("There is an answer for you"),
    "try": N_("This is how we will tell you"),
}
SOMETHING = N_("Something is waiting for you")
"""What somebody is told who wants to be told no more than that."""
BODY = N_("Open Hearthside when it suits you.")


class Notice(Model):
    """Something that waits for one person, and where: never what it says, nor who says it."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    path: Mapped[str] = mapped_column(String(100), default="/")
    made_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)


def tell(session: Session, person_id: str, what: str, path: str = "/") -> bool:
    """Tell them. False if the same waits for them already, unseen."""
    assert what in NOTICES
    same = (Notice.person_id == person_id, Notice.what == what, Notice.path == path, Notice.seen_at.is_(None))
    if session.scalar(select(Notice.id).where(*same)):
        return False
    notice = Notice(id=new_id(), person_id=person_id, what=what, path=path, made_at=now())
    session.add(notice)
    session.flush()
    must_happen(session, REACH, notice.id, database_now(session))
    return True


def waiting_notices(session: Session, actor: Actor) -> list[Notice]:
    """What waits for me, for my home page, the newest first."""
    mine = (Notice.person_id == actor.id, Notice.seen_at.is_(None))
    return list(session.scalars(select(Notice).where(*mine).order_by(Notice.made_at.desc()).limit(10)))


def seen(session: Session, actor: Actor, what: str) -> None:
    """They have seen it: nobody needs to be told by another way."""
    mine = (Notice.person_id == actor.id, Notice.what == what, Notice.seen_at.is_(None))
    session.execute(update(Notice).where(*mine).values(seen_at=now()))


def next_step(session: Session, notice_id: str, zone: ZoneInfo, *, after: int = -1) -> None:
    """Put the next thing on its way: sleep on it, a mail, a push, or somebody's task."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.seen_at is not None or not reachable_people(session, [notice.person_id]):
        return
    at = database_now(session)
    awake = awake_at(reach_of(session, notice.person_id), at, zone)
    if awake > at:
        must_happen(session, REACH, notice.id, awake, after=after)
        return
    in_use = ways_in_use(session, notice.person_id)
    ways = [way for way in in_use if way.verified_at and way.kind not in FOR_CALLS]
    way = next((way for way in ways if way.place > after), None)
    if way is None:
        _ask_somebody(session, notice, ways)
    elif way.kind in BY_HAND:
        tasks.ask_for(
            session, "tell_by_hand", notice.person_id, role="helper", due_at=at, while_here=True, way=way.kind
        )  # fmt: skip
    elif way.kind in ("email", "push"):
        what = SEND_MAIL if way.kind == "email" else SEND_PUSH
        must_happen(session, what, f"{notice.id} {way.id}", at, notice=notice.id, way=way.id)


def did_not_arrive(session: Session, notice_id: str, way_id: str, trouble: str, *, gone: bool = False) -> None:
    """This way did not work: it is kept with its trouble for the helper to see, and the next way is taken."""
    way = session.get_one(Way, way_id)
    way.trouble, way.trouble_at = trouble[:40], now()  # type: ignore[assignment]
    if gone:
        it_is_over(session, way)
    must_happen(session, REACH, notice_id, database_now(session), after=way.place)


def arrived(session: Session, way_id: str) -> None:
    session.execute(update(Way).where(Way.id == way_id, Way.trouble != "").values(trouble="", trouble_at=None))


def title_for(what: str, reach: Reach) -> str:
    """The neutral title, or less where they want less."""
    return SOMETHING if reach.tells == "nothing" else NOTICES[what]


def awake_at(reach: Reach, at: datetime, zone: ZoneInfo) -> datetime:
    """Now, or the end of the quiet hours that now lies in, by the clock on the wall of the house."""
    start, end = time.fromisoformat(reach.quiet_from), time.fromisoformat(reach.quiet_until)
    local = at.astimezone(zone)
    clock = local.time()
    if start == end or not (start <= clock < end if start < end else clock >= start or clock < end):
        return at
    day = local.date() + timedelta(days=clock >= end)
    return max(at, datetime.combine(day, end, zone).replace(fold=local.fold).astimezone(at.tzinfo))


def _ask_somebody(session: Session, notice: Notice, ways: list[Way]) -> None:
    """Nothing that they chose worked: a person looks. Who chose nothing finds it on their home page."""
    if any(way.trouble for way in ways) or not ways and _tried_in_vain(session, notice.person_id):
        tasks.ask_for(session, "could_not_reach", notice.person_id, role="helper", while_here=True)


def _tried_in_vain(session: Session, person_id: str) -> bool:
    return session.scalar(select(Way.id).where(Way.person_id == person_id, Way.trouble != "").limit(1)) is not None
