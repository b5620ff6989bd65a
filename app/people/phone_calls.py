"""What somebody rang about: kept in a few words by who answered, so that the next one knows."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.foundation.words import clean
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require
from app.problems import N_, Invalid, NotAllowed

LONGEST_NOTE = 400
ABOUT = ("sign_in", "tablet", "letters", "network", "other")


class PhoneCall(Model):
    __tablename__ = "phone_calls"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    taken_by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant)
    about: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")


def log_call(session: Session, actor: Actor, person: Person, about: str, note: str = "") -> PhoneCall:
    """Keep that they rang, about what, and what was done."""
    require(actor.roles, "look_after_tablets")
    if actor.id == person.id:
        raise NotAllowed(N_("This is about yourself. Please ask somebody else to do it."))
    if about not in ABOUT:
        raise Invalid(N_("Please choose what it was about."))
    if len(note := clean(note)) > LONGEST_NOTE:
        raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST_NOTE)
    call = PhoneCall(id=new_id(), person_id=person.id, taken_by=actor.id, at=now(), about=about, note=note)
    session.add(call)
    session.flush()
    audit.record(session, actor.id, "log_call", whom=person.id, call=call.id, about=about)
    return call


def calls_of(session: Session, actor: Actor, person: Person) -> list[tuple[PhoneCall, str]]:
    """The last calls of one person, the newest first, with who took each."""
    require(actor.roles, "look_after_tablets")
    query = select(PhoneCall, Person.name).join(Person, Person.id == PhoneCall.taken_by)
    rows = session.execute(query.where(PhoneCall.person_id == person.id).order_by(PhoneCall.at.desc()).limit(10))
    return [(call, name) for call, name in rows]
