"""How somebody's own help card behaves: agreed with them, or chosen by them. It never stands between a tap and its
being stored: only pages ask first, and who asked is told at once that nobody knows yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.clock import Instant, database_now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.sealing import CannotOpen, Seals
from app.people import help_sheet
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require
from app.problems import N_, Invalid

ASK_THEM = N_("Please ask them, and tick that they said yes.")


class HelpChoice(Model):
    """`ask_first`: the tap first asks "Tell our staff now?". `quiet`: the card does not look like help."""

    __tablename__ = "help_choices"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    ask_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    agreed_with: Mapped[str] = mapped_column(String(40), default="", server_default="")
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)
    quiet: Mapped[bool] = mapped_column(default=False, server_default=false())


@dataclass(frozen=True, slots=True)
class HowICall:
    """`calls`: whether this tablet can ring, as they said in *If I need help*; empty where they did not say."""

    calls: str = ""
    ask_first: bool = False
    quiet: bool = False


def how_i_call(session: Session, person_id: str, seals: Seals) -> HowICall:
    choice = session.get(HelpChoice, person_id)
    try:
        sheet = help_sheet.opened(session, person_id, seals)
    except CannotOpen:
        sheet = None
    calls = sheet.words.get("calls", "") if sheet else ""
    return HowICall(calls, choice.ask_first, choice.quiet) if choice else HowICall(calls)


def agree_to_ask_first(session: Session, actor: Actor, person: Person, *, on: bool, said_yes: bool) -> None:
    """Agreed with them, for whoever taps the red button again and again without meaning it."""
    require(actor.roles, "enrol")
    if actor.id == person.id:
        raise Invalid(N_("This is about yourself. Please ask somebody else to do it."))
    if on and not said_yes:
        raise Invalid(ASK_THEM, fields=(("said_yes", ASK_THEM),))
    choice = _choice(session, person.id)
    choice.ask_first, choice.agreed_with, choice.agreed_at = on, actor.id, database_now(session)
    audit.record(session, actor.id, "agree_to_ask_first", whom=person.id, on=on)


def choose_own(session: Session, actor: Actor, *, quiet: bool, ask_first: bool) -> None:
    """My own wish. *Ask me first* can be ended by oneself at any time, and begun only together with somebody."""
    choice = _choice(session, actor.id)
    choice.quiet = quiet
    choice.ask_first = choice.ask_first and ask_first


def _choice(session: Session, person_id: str) -> HelpChoice:
    session.get_one(Person, person_id, with_for_update=True)
    choice = session.get(HelpChoice, person_id)
    if choice is None:
        choice = HelpChoice(person_id=person_id, ask_first=False, quiet=False)
        session.add(choice)
        session.flush()
    return choice
