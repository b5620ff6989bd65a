"""*If I need help*: what the person who comes must know. Sealed; a copy of the database tells nobody.

Its person reads and writes it. A helper who fills it in with them writes into it and does not read it. Whoever owns
their call for help opens it (`app/crisis/opening_sheets.py`), and each opening is told to them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.audit import AuditLink
from app.foundation.clock import Instant, database_now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.due import must_happen
from app.foundation.sealing import SealedWords, Seals
from app.foundation.words import clean
from app.people import tasks
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require
from app.people.standing import reachable_people
from app.problems import N_, Invalid, NotFound

FIELDS = ("where", "way_in", "phone", "hears", "calls", "language", "whom", "tell")
"""Where the tablet is and how to get in, my phone, whether I hear it, whether the tablet can ring, my language,
whom to ring, what to tell them."""
LONGEST = 600
CHECK = "check_help_sheet"
CHECK_AFTER = timedelta(days=91)
OPENED = "open_help_sheet"


class HelpSheet(Model):
    __tablename__ = "help_sheets"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(SealedWords)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    kept_by: Mapped[str] = mapped_column(String(40))
    checked_at: Mapped[datetime] = mapped_column(Instant)
    checked_by: Mapped[str] = mapped_column(String(40))


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened sheet: its words by field, and when somebody last asked whether they are still right."""

    words: dict[str, str]
    checked_at: datetime


def own_sheet(session: Session, actor: Actor, seals: Seals) -> Sheet | None:
    return opened(session, actor.id, seals)


def keep_own(session: Session, actor: Actor, said: Mapping[str, str], seals: Seals) -> None:
    """All of it as it stands in the form: what is empty is empty from now on."""
    session.get_one(Person, actor.id, with_for_update=True)
    _keep(session, actor, actor.id, {field: said.get(field, "") for field in FIELDS}, seals)


def fill_in_for(session: Session, actor: Actor, person: Person, said: Mapping[str, str], seals: Seals) -> None:
    """A helper writes what somebody tells them. What they leave empty stays as it was, unseen."""
    require(actor.roles, "enrol")
    session.get_one(Person, person.id, with_for_update=True)
    before = opened(session, person.id, seals)
    new = {field: words for field in FIELDS if (words := said.get(field, "").strip())}
    if not new:
        raise Invalid(N_("There are no words in it yet."))
    _keep(session, actor, person.id, (before.words if before else {}) | new, seals)
    audit.record(session, actor.id, "fill_in_help_sheet", whom=person.id, fields=sorted(new))


def still_right(session: Session, actor: Actor, person: Person) -> None:
    """Somebody asked, or looked at their own, and all of it is still right."""
    sheet = session.get(HelpSheet, person.id, with_for_update=True)
    if actor.id != person.id:
        require(actor.roles, "enrol")
        audit.record(session, actor.id, "check_help_sheet", whom=person.id)
    if sheet is None:
        raise NotFound(N_("Nothing is filled in there yet."))
    _checked(session, sheet, actor)


def opened(session: Session, person_id: str, seals: Seals) -> Sheet | None:
    """The words themselves. Callers have the right to them, and record the look."""
    sheet = session.get(HelpSheet, person_id)
    if sheet is None:
        return None
    words = {field: str(said) for field, said in json.loads(seals.open(_about(person_id), sheet.sealed)).items()}
    return Sheet(words, sheet.checked_at)


def checked_at(session: Session, person_id: str) -> datetime | None:
    """When it was last checked, for who may not read it; None where nothing is filled in."""
    return session.scalar(select(HelpSheet.checked_at).where(HelpSheet.person_id == person_id))


def openings_of(session: Session, actor: Actor) -> list[tuple[datetime, str]]:
    """Who opened mine, and when, the newest first: nobody looks unseen."""
    mine = (AuditLink.did == OPENED, AuditLink.whom == actor.id)
    query = select(AuditLink.at, Person.name).join(Person, Person.id == AuditLink.who).where(*mine)
    return list(session.execute(query.order_by(AuditLink.number.desc())))


def ask_to_check(session: Session, person_id: str) -> None:
    """Three months on: unless it was checked since, a helper is asked to ring them, and again in three more."""
    sheet = session.get(HelpSheet, person_id)
    at = database_now(session)
    if sheet is None or at - sheet.checked_at < CHECK_AFTER:
        return
    tasks.drop(session, CHECK, person_id)
    if reachable_people(session, {person_id}):
        tasks.ask_for(session, CHECK, person_id, role="helper", while_here=True)
    must_happen(session, CHECK, person_id, at + CHECK_AFTER)


def _keep(session: Session, actor: Actor, person_id: str, words: Mapping[str, str], seals: Seals) -> None:
    cleaned = {field: clean(said) for field, said in words.items()}
    if any(len(said) > LONGEST for said in cleaned.values()):
        raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST)
    sealed, at = seals.seal(_about(person_id), json.dumps(cleaned, ensure_ascii=False)), database_now(session)
    sheet = session.get(HelpSheet, person_id, with_for_update=True)
    if sheet is None:
        sheet = HelpSheet(person_id=person_id, checked_at=at, checked_by=actor.id)
        session.add(sheet)
    sheet.sealed, sheet.kept_at, sheet.kept_by = sealed, at, actor.id
    _checked(session, sheet, actor)


def _checked(session: Session, sheet: HelpSheet, actor: Actor) -> None:
    sheet.checked_at, sheet.checked_by = database_now(session), actor.id
    session.flush()
    tasks.drop(session, CHECK, sheet.person_id)
    must_happen(session, CHECK, sheet.person_id, sheet.checked_at + CHECK_AFTER)


def _about(person_id: str) -> str:
    return f"help_sheet:{person_id}"
