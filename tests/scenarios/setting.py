"""What stands in Elm House's database before a story begins, and how its clock is moved."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.crisis.models import DutyTest, Incident, Page
from app.crisis.on_call import OnCallPlan, Override, Shift, who_may_answer
from app.crisis.worrying import Flag
from app.foundation.clock import Clock, database_now, now
from app.foundation.database import Session
from app.foundation.due import Due
from app.foundation.tokens import new_id
from app.people import signing_in
from app.people.models import Person, Site
from app.people.tasks import Task
from app.people.ways import Way
from app.reminding_out import JOBS
from tests.support.company import Gathered, gather
from tests.support.proofs import prove

__all__ = ["begin", "gather", "move_to", "sign_in"]
LEVELS = {1: "Asha", 2: "Ben"}
REACHED = ("Asha", "Ben", "Vera")
CAST = ("Dot", "Harold", "Rose", "Sam", "Fay", "Gil", "Asha", "Ben", "Vera", "Nora")
SITE_PHONE = "+44 20 5550 0999"


def begin(session: Session, at: Gathered, push: str, keys: dict[str, str]) -> dict[str, str]:
    """As it is agreed for all stories; who has which number."""
    all_is_over(session)
    session.execute(update(Incident).values(followed_up_at=now()))
    session.execute(update(Flag).values(judged="not_a_worry"))
    session.execute(delete(Due).where(Due.what.in_(JOBS)))
    session.add_all(DutyTest(id=new_id(), person_id=id, code="", asked_at=now()) for id in ("", *_answering(session)))
    for table in (Shift, Override, Way, Task):
        session.execute(delete(table))
    session.execute(update(Site).values(name="Elm House"))
    plan = {name: column.default.arg for name, column in OnCallPlan.__table__.c.items() if name != "id"
            if column.default is not None and column.default.is_scalar}  # fmt: skip
    session.execute(update(OnCallPlan).values(**plan | {"catch_all_phone": SITE_PHONE}))
    for level, name in LEVELS.items():
        on_the_rota(session, level, _id(at, name))
    numbers = {f"+44 20 5550 {1000 + number}": name for number, name in enumerate(REACHED)}
    for number, name in numbers.items():
        has_ways(session, _id(at, name), {"push": f"{push}/push/{name}", "text": number, "ring": number}, keys)
    return numbers | {SITE_PHONE: "Elm House"}


def all_is_over(session: Session) -> None:
    session.execute(update(Incident).where(Incident.closed_at.is_(None)).values(closed_at=now(), next_action_at=None))
    session.execute(update(Page).where(Page.state == "waiting").values(state="cancelled"))


def on_the_rota(session: Session, level: int, person_id: str, starts: str = "00:00", ends: str = "00:00") -> None:
    """On call on every day of the week."""
    session.add_all(
        Shift(id=new_id(), level=level, person_id=person_id, weekday=day, starts=starts, ends=ends) for day in range(7)
    )


def has_ways(session: Session, person_id: str, ways: dict[str, str], keys: dict[str, str]) -> None:
    session.add_all(
        Way(
            id=new_id(), person_id=person_id, kind=kind, address=address, keys=keys if kind == "push" else {},
            place=place, made_by=person_id, made_at=now(), verified_at=now(), verified_by=person_id,
        )
        for place, (kind, address) in enumerate(ways.items())
    )  # fmt: skip


def sign_in(session: Session, at: Gathered, key: bytes) -> dict[str, tuple[str, str]]:
    """Everybody has a tablet, and staff have proved who they are."""
    people = [session.get_one(Person, _id(at, name)) for name in CAST]
    signed = {one.name: (one.id, signing_in.begin(session, one, key).token) for one in people}
    prove(session)
    return signed


def move_to(session: Session, moment: datetime) -> None:
    """The clock never goes back: where it is later already, it stays."""
    ahead = (moment - database_now(session)) // timedelta(milliseconds=1)
    if ahead > 0:
        session.execute(update(Clock).values(shift_ms=Clock.shift_ms + ahead))


def shifts_of(session: Session, level: int) -> list[Shift]:
    return list(session.scalars(select(Shift).where(Shift.level == level)))


def _answering(session: Session) -> set[str]:
    """They had this week's test page."""
    return who_may_answer(session)


def _id(at: Gathered, name: str) -> str:
    return str(getattr(at, name.lower()).id)
