"""Agreeing to be here: what was told, in which version and language, on which day, and who was beside them.

Always true: help and reading never wait for it; pages ask for it before the first room; what staff do here rests on
other agreements, so they are not asked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit, journal
from app.foundation.clock import Instant, database_now, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.due import must_happen
from app.foundation.tokens import new_id
from app.people import tasks
from app.people.actors import Actor
from app.people.agreement.reading import agreement, newest_version
from app.people.models import Person
from app.people.roles import require
from app.people.standing import reachable_people
from app.problems import N_, Invalid, NotFound, Problem

A_YEAR = timedelta(days=365)
PATIENCE = timedelta(days=30)
"""So long after a year somebody is asked on their own pages alone; then a helper asks them."""
ASK_AGAIN, TOOK_IT_BACK = "ask_consent_again", "took_consent_back"


class JoinFirst(Problem):
    """Only pages raise it: they lead to the questions."""

    status, code = 403, "join_first"
    sentence = N_("Before your first room, we would like to tell you how it is here.")


class Consent(Model):
    """One asking of one person: begun, answered a question at a time, and agreed to or not yet."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person_id", "person_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    how: Mapped[str] = mapped_column(String(10), default="")
    """beside, phone, alone or paper; empty until it was asked"""
    beside_id: Mapped[str] = mapped_column(String(40), default="")
    beside_name: Mapped[str] = mapped_column(String(80), default="")
    there_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was last said who is there: on another day it is asked again."""
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class State:
    """How it is with one person's agreement: `last` is what they agreed to last, if they ever did."""

    kind: Literal["never", "given", "again", "withdrawn"]
    last: Consent | None = None


def state_of(session: Session, person_id: str) -> State:
    given = (Consent.person_id == person_id, Consent.agreed_at.is_not(None))
    last = session.scalar(select(Consent).where(*given).order_by(Consent.agreed_at.desc()).limit(1))
    if last is None or last.agreed_at is None:
        return State("never")
    if last.withdrawn_at is not None:
        return State("withdrawn", last)
    old = last.version < newest_version() or database_now(session) - last.agreed_at >= A_YEAR
    return State("again" if old else "given", last)


def require_consent(session: Session, actor: Actor) -> None:
    """Raise JoinFirst for a member who never agreed. Who agreed once reads on, whatever came after."""
    if not actor.roles.staff and state_of(session, actor.id).kind == "never":
        raise JoinFirst()


def may_ask(session: Session, person_id: str, key: str) -> bool:
    """Whether somebody said yes to what they could refuse: to be rung, to be counted."""
    last = state_of(session, person_id).last
    return last is not None and last.withdrawn_at is None and last.answers.get(key) == "yes"


def keep(session: Session, consent: Consent, *, by: str = "") -> None:
    """It is agreed: keep the day, and ask again in a year. `by` is who of the house took it on paper."""
    consent.agreed_at = database_now(session)
    session.get_one(Person, consent.person_id).withdrew_at = None
    told = {"consent": consent.id, "version": consent.version, "how": consent.how, "beside": consent.beside_id}
    audit.record(session, by or consent.person_id, "agree", whom=consent.person_id, **told)
    for kind in (ASK_AGAIN, TOOK_IT_BACK):
        tasks.drop(session, kind, consent.person_id)
    must_happen(session, ASK_AGAIN, consent.person_id, consent.agreed_at + A_YEAR + PATIENCE)


def agreed_on_paper(session: Session, actor: Actor, person: Person) -> Consent:
    """They agreed to these sentences on paper, with somebody of the house. What can be refused counts as refused."""
    require(actor.roles, "enrol")
    told = agreement(newest_version(), person.language)
    consent = Consent(
        id=new_id(), person_id=person.id, version=newest_version(), language=person.language, how="paper",
        beside_id=actor.id, beside_name=actor.name, begun_at=database_now(session),
        answers={screen.key: "no" if screen.may_be_refused else "yes" for screen in told.screen},
    )  # fmt: skip
    session.add(consent)
    session.flush()
    keep(session, consent, by=actor.id)
    return consent


def choose_again(session: Session, actor: Actor, key: str, answer: str) -> None:
    """Change one's mind about what could be refused."""
    last = state_of(session, actor.id).last
    if last is None or last.withdrawn_at is not None:
        raise NotFound()
    screen = agreement(last.version, last.language).screen_for(key)
    if screen is None or not screen.may_be_refused or answer not in screen.answers:
        raise Invalid()
    last.answers = last.answers | {key: answer}
    audit.record(session, actor.id, "choose_again", whom=actor.id, consent=last.id)


def withdraw(session: Session, actor: Actor) -> None:
    """Take it back: from now on they read, and do not write. The caller holds the locks of their rooms."""
    last = state_of(session, actor.id).last
    if last is None or last.withdrawn_at is not None:
        raise NotFound(N_("There is nothing to take back."))
    take_back(session, actor.id)
    journal.note(session, "consent_withdrawn", actor.id)
    audit.record(session, actor.id, "take_agreement_back", whom=actor.id, consent=last.id)
    tasks.ask_for(session, TOOK_IT_BACK, actor.id, role="helper")


def take_back(session: Session, person_id: str) -> None:
    """All that they agreed to so far."""
    given = (Consent.person_id == person_id, Consent.agreed_at.is_not(None), Consent.withdrawn_at.is_(None))
    session.execute(update(Consent).where(*given).values(withdrawn_at=now()))
    session.execute(update(Person).where(Person.id == person_id).values(withdrew_at=now()))


def ask_again(session: Session, person_id: str) -> None:
    """A year and a month have passed: unless they have agreed again since, a helper asks them."""
    if state_of(session, person_id).kind == "again" and reachable_people(session, {person_id}):
        tasks.ask_for(session, ASK_AGAIN, person_id, role="helper", while_here=True)
