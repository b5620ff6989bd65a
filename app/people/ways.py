"""How each person may be reached, in their order: ring, text, paper, tablet, e-mail, push; when not; and what is said.

A way is used once it is checked: mail by a code, a push by the tablet that asked for it, the rest by somebody who
rang or knocked and ticks it. The person themself changes all this, or their helper does it with them.
"""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit, journal
from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.foundation.words import clean_name
from app.people import tasks
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_to_find, roles_of
from app.problems import N_, Invalid, NotFound

KINDS = ("ring", "text", "paper", "tablet", "email", "push", "ntfy")
FOR_CALLS = ("ntfy",)
"""By which on-call staff are paged, and nobody is told anything else."""
CODED = ("email", "ntfy")
"""What is checked by numbers that we send there."""
BY_HAND = ("ring", "text", "paper")
"""What a person does, and a person has checked."""
TELLS = ("kind", "nothing")
MOST_WAYS = 12
LONGEST_ADDRESS = 200
TELEPHONE, MAIL = r"\+?[0-9][0-9 ()./-]{2,29}", r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+"
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


class Way(Model):
    """One way to reach one person. `days` are the weekdays (0 is Monday) on which they want to be rung anyway."""

    __tablename__ = "ways"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(Text, default="")
    keys: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Of a push: what its words are sealed with."""
    days: Mapped[str] = mapped_column(String(7), default="")
    place: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    verified_by: Mapped[str] = mapped_column(String(40), default="")
    verified_at: Mapped[datetime | None] = mapped_column(Instant)
    code_seal: Mapped[str] = mapped_column(String(64), default="")
    code_tries: Mapped[int] = mapped_column(default=0)
    code_until: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str] = mapped_column(String(40), default="")
    """Why it did not work the last time, in a word for operators; empty when it did."""
    trouble_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Reach(Model):
    """When somebody is not to be disturbed (by the clock of the house), and how much may be told."""

    __tablename__ = "reach"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_until: Mapped[str] = mapped_column(String(5))
    tells: Mapped[str] = mapped_column(String(10))


def ways_in_use(session: Session, person_id: str) -> list[Way]:
    query = select(Way).where(Way.person_id == person_id, Way.ended_at.is_(None))
    return list(session.scalars(query.order_by(Way.place, Way.id)))


def ways_of(session: Session, actor: Actor, person: Person) -> tuple[list[Way], Reach]:
    """How this person may be reached, in their order. Their helper's look is recorded by who shows it."""
    require_theirs(actor, person.id)
    return ways_in_use(session, person.id), reach_of(session, person.id)


def reach_of(session: Session, person_id: str) -> Reach:
    """What they chose, or what holds for everybody who chose nothing."""
    usual = Reach(person_id=person_id, quiet_from="21:00", quiet_until="08:00", tells="kind")
    return session.get(Reach, person_id) or usual


def add_way(
    session: Session, actor: Actor, person: Person, kind: str, address: str = "", *, days: str = "",
    keys: dict[str, Any] | None = None,
) -> Way:  # fmt: skip
    """One more way, the last in order; the same twice is one. What a person must check becomes a helper's task."""
    require_theirs(actor, person.id)
    if kind in FOR_CALLS and not roles_of(session, person.id).may_anywhere("take_calls"):
        raise Invalid(N_("Please choose one of the ways shown."))
    session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    address = address if kind == "push" else _an_address(kind, address)
    ways = ways_in_use(session, person.id)
    same = next((way for way in ways if (way.kind, way.address) == (kind, address)), None)
    if same is not None:
        same.days, same.keys = _days(days), keys or {}
        return same
    if len(ways) >= MOST_WAYS:
        raise Invalid(N_("That is enough ways. Take one away first."))
    at_once = kind in ("tablet", "push")
    way = Way(
        id=new_id(), person_id=person.id, kind=kind, address=address, keys=keys or {}, days=_days(days),
        place=max([one.place for one in ways], default=-1) + 1, made_by=actor.id, made_at=now(),
        verified_at=now() if at_once else None, verified_by=actor.id if at_once else "",
    )  # fmt: skip
    session.add(way)
    session.flush()
    _record(session, actor, "add_way", way)
    if kind in BY_HAND and not any(one.kind in BY_HAND and one.verified_at is None for one in ways):
        tasks.ask_for(session, "check_way", person.id, role="helper")
    return way


def put_first(session: Session, actor: Actor, way_id: str) -> None:
    """From now on this is tried before the others."""
    way = way_for(session, actor, way_id)
    others = [one for one in ways_in_use(session, way.person_id) if one.id != way.id]
    for place, one in enumerate([way, *others]):
        one.place = place
    _record(session, actor, "put_way_first", way)


def end_way(session: Session, actor: Actor, way_id: str) -> None:
    """Nobody is reached by it any more."""
    way = way_for(session, actor, way_id)
    it_is_over(session, way)
    _record(session, actor, "end_way", way)


def it_is_over(session: Session, way: Way) -> None:
    """Also after a restore from an older backup nobody is reached by it."""
    way.ended_at = now()  # type: ignore[assignment]
    journal.note(session, "way_ended", way.person_id, way=way.id)


def choose_hours(
    session: Session, actor: Actor, person: Person, *, quiet_from: str, quiet_until: str, tells: str
) -> None:
    """When not to disturb them, and how much may be told."""
    require_theirs(actor, person.id)
    if not (re.fullmatch(CLOCK, quiet_from) and re.fullmatch(CLOCK, quiet_until)):
        raise Invalid(N_("Please write the times like 21:00."), fields=(("quiet_from", N_("Please look again.")),))
    if tells not in TELLS:
        raise Invalid(N_("Please choose how much may be told."))
    session.merge(Reach(person_id=person.id, quiet_from=quiet_from, quiet_until=quiet_until, tells=tells))
    if actor.id != person.id:
        audit.record(session, actor.id, "choose_quiet_hours", whom=person.id)


def way_for(session: Session, actor: Actor, way_id: str) -> Way:
    """A way that is in use, for the person themself and for their helper."""
    way = session.get(Way, way_id, with_for_update=True, populate_existing=True)
    if way is None or way.ended_at is not None:
        raise NotFound(N_("That is not used any more."))
    require_theirs(actor, way.person_id)
    return way


def require_theirs(actor: Actor, person_id: str) -> None:
    if actor.id != person_id:
        require_to_find(actor.roles, "look_after_tablets")


def _an_address(kind: str, address: str) -> str:
    address = clean_name(address)
    if kind not in KINDS:
        raise Invalid(N_("Please choose one of the ways shown."))
    if kind == "tablet":
        return ""
    if len(address) > LONGEST_ADDRESS:
        raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST_ADDRESS)
    if kind in ("ring", "text") and not re.fullmatch(TELEPHONE, address):
        raise Invalid(
            N_("That does not look like a telephone number."), fields=(("address", N_("Please look again.")),)
        )
    if kind == "email" and not re.fullmatch(MAIL, address):
        raise Invalid(N_("That does not look like a mail address."), fields=(("address", N_("Please look again.")),))
    if not address:
        raise Invalid(N_("Please write where the paper should go."), fields=(("address", N_("Needed.")),))
    return address


def _days(days: str) -> str:
    return "".join(sorted(set(days) & set("0123456")))


def _record(session: Session, actor: Actor, did: str, way: Way) -> None:
    if actor.id != way.person_id:
        audit.record(session, actor.id, did, whom=way.person_id, way=way.id, kind=way.kind)
