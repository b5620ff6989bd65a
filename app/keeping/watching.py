"""Is help well watched over? What every page for staff says when it is not, and what somebody outside is told."""

from dataclasses import dataclass

from sqlalchemy import select

from app.crisis import duty_tests, engine, page_reports
from app.crisis.lines import Lines
from app.crisis.on_call import OnCallPlan, Rota, is_awake, rota
from app.crisis.raising import PAGE_SCREENS
from app.crisis.rota import KEPT_LEVELS
from app.foundation import due
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.keeping import test_page
from app.people.models import Site
from app.people.ways import Way

LATE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Watch:
    """`late`: pages and steps that should have happened. `silent`: no worker has looked for a minute. `holes`: levels
    with nobody, within the house's hours, whom a call would reach. `nobody`: that is so of all the on-call staff.
    `placed`: a staffed place is set that is told when nobody else can be, and `tested`: it answered lately."""

    late: int
    silent: bool
    holes: tuple[int, ...]
    nobody: bool
    placed: bool
    tested: bool
    opened: bool

    @property
    def paging(self) -> str:
        return "silent" if self.silent else "late" if self.late else "well"

    @property
    def reach(self) -> str:
        return "nobody" if self.nobody else "hole" if self.holes else "well"


def watch(session: Session, lines: Lines) -> Watch:
    at, site = database_now(session), session.get_one(Site, 1)
    known = rota(session, at)
    reached = _reached(session, known, lines)
    awake = is_awake(session, at, lines.zone)
    holes = [level for level in _kept(known) if awake and not known.people(level, at, lines.zone) & reached]
    return Watch(
        late=late(session),
        silent=engine.is_silent(session),
        holes=tuple(holes),
        nobody=not reached,
        placed=bool(site.catch_all or session.get_one(OnCallPlan, 1).catch_all_phone),
        tested=catch_all_tested(session),
        opened=site.opened_at is not None,
    )


def late(session: Session) -> int:
    return due.overdue(session, LATE_SECONDS, whats=(PAGE_SCREENS,)) + page_reports.overdue(session, LATE_SECONDS)


def catch_all_tested(session: Session) -> bool:
    """Whether the staffed place that is told last answered a test within a week, by mail or by text."""
    by_mail = test_page.last_answered(session, session.get_one(Site, 1).catch_all)
    phone = session.get_one(OnCallPlan, 1).catch_all_phone
    by_text = duty_tests.catch_all_answered(session) if phone else None
    newest = max([one for one in (by_mail, by_text) if one], default=None)
    return newest is not None and database_now(session) - newest <= duty_tests.WEEK


def _kept(known: Rota) -> list[int]:
    """The first level, and each other one that somebody was ever put on."""
    used = {one.level for one in known.shifts} | {one.level for one in known.changes}
    return [level for level in KEPT_LEVELS if level == KEPT_LEVELS[0] or level in used]


def _reached(session: Session, known: Rota, lines: Lines) -> set[str]:
    usable = (Way.verified_at.is_not(None), Way.ended_at.is_(None), Way.kind.in_(lines.kinds))
    return set(session.scalars(select(Way.person_id).where(Way.person_id.in_(known.answering), *usable).distinct()))
