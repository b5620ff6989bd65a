"""Whoever keeps the rota puts people on it, takes them off, and lets one stand in for another."""

from datetime import datetime

from sqlalchemy import select

from app.crisis.on_call import LEVELS, Override, Shift, is_clock, who_may_answer
from app.foundation import audit
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require
from app.problems import N_, Invalid, NotFound

KEPT_LEVELS = LEVELS[:-1]
"""Of the last level everybody is, with no rota."""


def add_shift(
    session: Session, actor: Actor, level: int, person_id: str, weekday: int, starts: str, ends: str
) -> Shift:
    """Put somebody on the weekly rota; the same twice is one."""
    require(actor.roles, "keep_rota")
    if level not in KEPT_LEVELS or weekday not in range(7) or not (is_clock(starts) and is_clock(ends)):
        raise Invalid(N_("Please choose a day, and times such as 09:00 and 17:30."))
    _may_answer(session, person_id)
    said = {"level": level, "person_id": person_id, "weekday": weekday, "starts": starts, "ends": ends}
    same = session.scalar(select(Shift).filter_by(**said).limit(1))
    if same is not None:
        return same
    shift = Shift(id=new_id(), **said)
    session.add(shift)
    audit.record(session, actor.id, "add_shift", whom=person_id, shift=shift.id)
    return shift


def end_shift(session: Session, actor: Actor, shift_id: str) -> None:
    require(actor.roles, "keep_rota")
    shift = session.get(Shift, shift_id, with_for_update=True)
    if shift is None:
        raise NotFound(N_("That is not on the rota any more."))
    audit.record(session, actor.id, "end_shift", whom=shift.person_id, shift=shift.id)
    session.delete(shift)


def override(
    session: Session, actor: Actor, level: int, from_at: datetime, until_at: datetime, *,
    person_id: str = "", instead_of: str = "",
) -> Override:  # fmt: skip
    """For once: somebody comes besides the others, or in the place of one, or one stays away."""
    require(actor.roles, "keep_rota")
    if level not in KEPT_LEVELS or person_id == instead_of:
        raise Invalid(N_("Please choose who is on call, or who is not, or two different people."))
    if until_at <= from_at or until_at <= database_now(session):
        raise Invalid(N_("The end has to come after the beginning, and after now."))
    if person_id:
        _may_answer(session, person_id)
    if instead_of and session.get(Person, instead_of) is None:
        raise NotFound()
    change = Override(
        id=new_id(), level=level, person_id=person_id, instead_of=instead_of,
        from_at=from_at, until_at=until_at, made_by=actor.id,
    )  # fmt: skip
    session.add(change)
    audit.record(session, actor.id, "override_shift", whom=person_id or instead_of, instead_of=instead_of)
    return change


def end_override(session: Session, actor: Actor, override_id: str) -> None:
    """The weekly rota counts again."""
    require(actor.roles, "keep_rota")
    change = session.get(Override, override_id, with_for_update=True)
    if change is None:
        raise NotFound(N_("That is not on the rota any more."))
    audit.record(session, actor.id, "end_override", whom=change.person_id or change.instead_of)
    session.delete(change)


def _may_answer(session: Session, person_id: str) -> None:
    person = session.get(Person, person_id)
    if person is None:
        raise Invalid(N_("Please choose who is on call."))
    if person.id not in who_may_answer(session):
        raise Invalid(N_("{name} is not on the on-call staff. Give them that role first."), name=person.name)
