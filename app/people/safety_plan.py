"""*My plan*: what somebody wants to remember, and do, when a hard time comes. In their own words, sealed.

Its parts are those of the safety planning of Barbara Stanley and Gregory Brown, asked in plain words. Only its person
reads and writes it. Whoever owns their call for help opens it if they said that this is fine
(`app/crisis/opening_sheets.py`), and each opening is told to them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.audit import AuditLink
from app.foundation.clock import Instant, database_now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.sealing import SealedWords, Seals
from app.foundation.words import clean
from app.people import tasks
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_, Invalid

PARTS = ("signs", "helps", "places", "ask", "ring", "safe", "matters")
"""How I notice it, what helps, places and people, whom I can ask, whom I ring, making my home safe, what matters."""
LONGEST = 1000
OPENED = "open_plan"
OFFER, LOOK_AGAIN = "offer_plan", "plan_again"


class SafetyPlan(Model):
    """`shared_at`: since when whoever looks after a call of theirs may open it; None where they may not."""

    __tablename__ = "safety_plans"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(SealedWords)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    shared_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class Plan:
    """An opened plan: its words by part, when they were written, and whether they may be opened in a call for help."""

    words: dict[str, str]
    kept_at: datetime
    shared: bool


def own_plan(session: Session, actor: Actor, seals: Seals) -> Plan | None:
    return opened(session, actor.id, seals)


def keep_plan(session: Session, actor: Actor, said: Mapping[str, str], shared: bool, seals: Seals) -> None:
    """All of it as it stands in the form: what is empty is empty from now on."""
    words = {part: clean(said.get(part, "")) for part in PARTS}
    if any(len(one) > LONGEST for one in words.values()):
        raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST)
    session.get_one(Person, actor.id, with_for_update=True)
    sealed, at = seals.seal(_about(actor.id), json.dumps(words, ensure_ascii=False)), database_now(session)
    plan = session.get(SafetyPlan, actor.id)
    if plan is None:
        plan = SafetyPlan(person_id=actor.id)
        session.add(plan)
    plan.sealed, plan.kept_at = sealed, at
    plan.shared_at = (plan.shared_at or at) if shared else None
    for kind in (OFFER, LOOK_AGAIN):
        tasks.drop(session, kind, actor.id)


def opened(session: Session, person_id: str, seals: Seals) -> Plan | None:
    """The words themselves. Callers have the right to them, and record the look."""
    plan = session.get(SafetyPlan, person_id)
    if plan is None:
        return None
    words = {part: str(said) for part, said in json.loads(seals.open(_about(person_id), plan.sealed)).items()}
    return Plan(words, plan.kept_at, plan.shared_at is not None)


def has_plan(session: Session, person_id: str) -> bool:
    return session.get(SafetyPlan, person_id) is not None


def may_be_opened(session: Session, person_id: str) -> bool:
    """Whether they have a plan and agreed that it is opened when they call for help."""
    mine = (SafetyPlan.person_id == person_id, SafetyPlan.shared_at.is_not(None))
    return session.scalar(select(SafetyPlan.person_id).where(*mine)) is not None


def openings_of(session: Session, actor: Actor) -> list[tuple[datetime, str]]:
    """Who opened mine, and when, the newest first."""
    mine = (AuditLink.did == OPENED, AuditLink.whom == actor.id)
    query = select(AuditLink.at, Person.name).join(Person, Person.id == AuditLink.who).where(*mine)
    return list(session.execute(query.order_by(AuditLink.number.desc())))


def _about(person_id: str) -> str:
    return f"safety_plan:{person_id}"
