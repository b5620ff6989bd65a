"""Cards: the printed thing that lets somebody in. A code for typing, and a long secret for the QR code.

A member's card works until it is revoked or reissued. A card of anybody with a staff role works once, within
15 minutes. Neither code nor secret is ever stored, only their seals, so a lost card is replaced, not read again.
"""

import secrets
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sqlalchemy import ColumnElement, or_, select, update

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import later, now
from app.foundation.database import Session
from app.foundation.tokens import new_id, new_secret, sealed
from app.people.actors import Actor
from app.people.models import LEFT, Card, Person, SignIn
from app.people.open_house import PRACTICE_SECONDS, for_practice
from app.people.roles import require, roles_of
from app.problems import N_, Invalid, NotFound, Problem

STAFF_CARD_SECONDS = 15 * 60


class MadeAlready(Problem):
    """The same form came twice: a card is shown once, so the second answer cannot show it again."""

    status, code = 409, "made_already"
    sentence = N_(
        "This card was made already, and a card is shown only once. If you have it on paper, all is well. "
        "If not, make a new card instead: the one that nobody saw then ends."
    )


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """What is printed, and shown once: `code` is typed, `secret` goes into the QR code's URL fragment."""

    card: Card
    person: Person
    code: str
    secret: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a card for shared tablets asks for besides itself. `kind` is picture or pin."""

    kind: str
    seal: str


def issue(
    session: Session, actor: Actor, person: Person, key: bytes, *, proof: Proof | None = None, form: str = ""
) -> IssuedCard:
    """Make a card; older ones stay. Staff cards need the right to make staff cards. One form makes one card."""
    if person.standing in LEFT:
        raise Invalid(N_("{name} is not in this house any more. Change that first."), name=person.name)
    staff = roles_of(session, person.id).staff
    require(actor.roles, "make_staff_cards" if staff else "make_cards")
    session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    practice = not staff and for_practice(session, actor)
    if staff and proof:
        raise Invalid(N_("Cards for shared tablets are for members. Staff use a device of their own."))
    if form and session.scalar(select(Card.id).where(Card.form == form)):
        raise MadeAlready()
    code, secret = _free_code(session, key), new_secret()
    card = Card(
        id=new_id(), person_id=person.id, code_seal=sealed(key, code), secret_seal=sealed(key, secret),
        once=staff, made_by=actor.id, made_at=now(),
        expires_at=later(STAFF_CARD_SECONDS) if staff else later(PRACTICE_SECONDS) if practice else None,
        practice=practice, form=form,
        shared=proof is not None, proof=proof.kind if proof else "", proof_seal=proof.seal if proof else "",
    )  # fmt: skip
    session.add(card)
    session.flush()
    audit.record(session, actor.id, "make_card", whom=person.id, card=card.id)
    return IssuedCard(card, person, code, secret)


def reissue(
    session: Session, actor: Actor, person: Person, key: bytes, *,
    end_sign_ins: bool, proof: Proof | None = None, form: str = "",
) -> IssuedCard:  # fmt: skip
    """A new card; all older ones die and, if asked, so does every sign-in of this person."""
    for card in live_cards(session, person):
        _end(session, actor, card)
    if end_sign_ins:
        end_all_sign_ins(session, actor, person)
    return issue(session, actor, person, key, proof=proof, form=form)


def revoke(session: Session, actor: Actor, card: Card, *, end_sign_ins: bool = False) -> None:
    """This card lets nobody in from now on."""
    staff = roles_of(session, card.person_id).staff
    require(actor.roles, "make_staff_cards" if staff else "make_cards")
    _end(session, actor, card)
    if end_sign_ins:
        end_all_sign_ins(session, actor, session.get_one(Person, card.person_id))


def end_own_cards(session: Session, actor: Actor) -> None:
    """Somebody says that another has their card: it opens no door from now on."""
    for card in live_cards(session, session.get_one(Person, actor.id)):
        _end(session, actor, card)


def live_cards(session: Session, person: Person) -> list[Card]:
    query = select(Card).where(Card.person_id == person.id, works()).order_by(Card.made_at)
    return list(session.scalars(query))


def card_for(session: Session, presented: str, key: bytes) -> tuple[Card, Person]:
    """The live card somebody holds, and whose it is. Used, expired, revoked, unknown: the same NotFound."""
    seals = sealed(key, as_code(presented)), sealed(key, presented.strip())
    query = (
        select(Card, Person)
        .join(Person, Person.id == Card.person_id)
        .where(or_(Card.code_seal == seals[0], Card.secret_seal == seals[1]), works())
        .with_for_update(of=Card)
    )
    found = session.execute(query).first()
    if found is None:
        raise no_such_card()
    return found[0], found[1]


def no_such_card() -> NotFound:
    return NotFound(N_("That card does not open the door. Look at the words once more, or ask for a new card."))


def end_all_sign_ins(session: Session, actor: Actor, person: Person) -> None:
    """Sign this person out on every device, within five seconds, whatever the bus does."""
    if actor.id != person.id:
        require(actor.roles, "end_sign_ins")
        if roles_of(session, person.id).staff:
            require(actor.roles, "make_staff_cards")
    _end_sign_ins(session, actor, person)


def shut_out(session: Session, actor: Actor, person: Person) -> None:
    """Every card and sign-in of somebody who leaves ends. Who may say that they leave, the caller has asked."""
    for card in live_cards(session, person):
        _end(session, actor, card)
    _end_sign_ins(session, actor, person)


def as_code(typed: str) -> str:
    """'Maple river 4271' and 'maple-river-4271' are one code."""
    return "-".join(typed.lower().replace("-", " ").split())


def works() -> ColumnElement[bool]:
    not_used_up = or_(Card.once.is_(False), Card.last_used_at.is_(None))
    return Card.ended_at.is_(None) & or_(Card.expires_at.is_(None), Card.expires_at > now()) & not_used_up


def _end(session: Session, actor: Actor, card: Card) -> None:
    card.ended_at = now()  # type: ignore[assignment]
    audit.record(session, actor.id, "revoke_card", whom=card.person_id, card=card.id)
    journal.note(session, "card_ended", card.person_id, card=card.id)


def _end_sign_ins(session: Session, actor: Actor, person: Person) -> None:
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
        .values(ended_at=now(), ended_by=actor.id)
    )
    audit.record(session, actor.id, "end_sign_ins", whom=person.id)
    journal.note(session, "sign_ins_ended", person.id)
    access_changed(session)


def _free_code(session: Session, key: bytes) -> str:
    while True:
        code = f"{secrets.choice(card_words())}-{secrets.choice(card_words())}-{secrets.randbelow(9000) + 1000}"
        if session.scalar(select(Card.id).where(Card.code_seal == sealed(key, code))) is None:
            return code


@cache
def card_words() -> tuple[str, ...]:
    return tuple(resources.files("app.people").joinpath("card_words.txt").read_text("utf-8").split())
