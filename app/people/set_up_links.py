"""Set-up links: how somebody of the staff comes to their first proofs, or to new ones when the old are lost.

1. Another administrator makes one, on a fresh proof; or the operator, at the house's own machine. Never a card.
2. It is good once, for fifteen minutes, and leads to nothing but setting up a passkey, or a password with codes.
3. Using it ends every older proof, card and sign-in of its person, and asks whoever made it to ring them: was it you?
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit, journal
from app.foundation.clock import Instant, database_now, later, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id, new_secret, sealed
from app.people import cards, tasks
from app.people.actors import SYSTEM, Actor
from app.people.models import LEFT, Person
from app.people.proofs import end_proofs, has_proofs
from app.people.proving import require_fresh
from app.people.roles import require, roles_of
from app.problems import N_, Invalid, NotAllowed, NotFound

SECONDS = 15 * 60
DAY_SECONDS = 24 * 3600
NEW_SIGN_IN = "new_sign_in"
UNKNOWN = N_("That link does not work any more. It is good once, for a short time. Please ask for a new one.")


class SetUpLink(Model):
    """`person_id` is empty for the house's first administrator, who has not said their name yet."""

    __tablename__ = "set_up_links"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), default="", index=True)
    secret_seal: Mapped[str] = mapped_column(String(64), unique=True)
    opens: Mapped[bool] = mapped_column(default=False)
    """Made by `hearthside demo`: it signs in at once, again and again, where everybody is made up."""
    first: Mapped[bool] = mapped_column(default=False)
    """Printed by `hearthside serve`: good for a day, while no administrator has a proof."""
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """Shown once: the secret goes behind the # of its address."""

    person: Person
    secret: str


def offer(session: Session, actor: Actor, person: Person, key: bytes) -> IssuedLink:
    """A link for somebody else of the staff; the ones before end."""
    require(actor.roles, "make_staff_cards")
    if actor.id == person.id:
        raise NotAllowed(N_("This is about yourself. Please ask another administrator to do it."))
    require_fresh(session, actor)
    if person.standing in LEFT or not roles_of(session, person.id).staff:
        raise Invalid(N_("{name} has nothing to do here that needs it. Members come in with a card."), name=person.name)
    end_links(session, person.id)
    secret = _new(session, actor, person.id, key, SECONDS)
    audit.record(session, actor.id, "make_set_up_link", whom=person.id)
    return IssuedLink(person, secret)


def open_at_once(session: Session, actor: Actor, person: Person, key: bytes) -> str:
    """For the demo alone, whose people are made up."""
    if actor is not SYSTEM:
        raise NotAllowed()
    return _new(session, actor, person.id, key, DAY_SECONDS, opens=True)


def link_for(session: Session, secret: str, key: bytes) -> SetUpLink:
    """The link somebody holds, locked. Used, too old, ended, unknown: one and the same NotFound."""
    live = (SetUpLink.secret_seal == sealed(key, secret.strip()), SetUpLink.ended_at.is_(None))
    query = select(SetUpLink).where(*live, SetUpLink.expires_at > now()).with_for_update()
    link = session.scalar(query)
    if link is None:
        raise NotFound(UNKNOWN)
    return link


def person_of(session: Session, link: SetUpLink) -> Person:
    """Whose link it is. Somebody who is no longer of the staff has no use for one."""
    person = session.get(Person, link.person_id)
    if person is None or person.standing in LEFT or not roles_of(session, person.id).staff:
        raise NotFound(UNKNOWN)
    return person


def use_up(session: Session, link: SetUpLink) -> Person:
    """Just before the new proof is kept: everything older ends, in the same transaction."""
    person = person_of(session, link)
    known = has_proofs(session, person.id)
    end_links(session, person.id)
    end_proofs(session, person.id)
    cards.shut_out(session, Actor(person.id, person.name, roles_of(session, person.id)), person)
    audit.record(session, person.id, "use_set_up_link", whom=person.id, made_by=link.made_by, had_proofs=known)
    if not link.first:
        given = "" if link.made_by == SYSTEM.id else link.made_by
        tasks.ask_for(session, NEW_SIGN_IN, person.id, role="" if given else "admin", given_to=given)
    return person


def end_links(session: Session, person_id: str) -> None:
    mine = (SetUpLink.person_id == person_id, SetUpLink.ended_at.is_(None), SetUpLink.opens.is_(False))
    session.execute(update(SetUpLink).where(*mine).values(ended_at=now()))
    journal.note(session, "set_up_links_ended", person_id)


def waiting_link(session: Session, person_id: str) -> str:
    """The name of who has made a link for this person that still works: they are told on their pages."""
    query = (
        select(Person.name)
        .join(SetUpLink, SetUpLink.made_by == Person.id)
        .where(SetUpLink.person_id == person_id, SetUpLink.ended_at.is_(None), SetUpLink.expires_at > now())
    )
    return session.scalar(query.limit(1)) or ""


def _new(session: Session, actor: Actor, person_id: str, key: bytes, seconds: int, **kind: bool) -> str:
    secret = new_secret()
    session.add(
        SetUpLink(
            id=new_id(), person_id=person_id, secret_seal=sealed(key, secret), made_by=actor.id,
            made_at=database_now(session), expires_at=later(seconds), **kind,
        )
    )  # fmt: skip
    session.flush()
    return secret
