"""Signing in with a card, and who is behind a token afterwards."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import database_now, later, now
from app.foundation.database import Session
from app.foundation.tokens import new_id, new_secret, sealed
from app.foundation.words import clean_name
from app.people import second_tablets
from app.people.actors import Actor
from app.people.card_proofs import ProofNeeded
from app.people.models import LEFT, Person, SignIn
from app.people.open_house import PRACTICE_SECONDS
from app.people.roles import Roles, require, require_to_find, roles_of, roles_of_many
from app.people.shared_tablets import new_tablet, presented_card, tablet_for
from app.problems import N_, NotFound

MEMBER_IDLE_SECONDS = 90 * 24 * 3600
"""A tablet at home stays signed in while it is used once in 90 days (docs/decisions: long sign-ins)."""
STAFF_SECONDS = 12 * 3600
SEEN_AGAIN_SECONDS = 3600
SHARED_SECONDS = 11 * 60
"""On a shared tablet: the page asks after nine untouched minutes and signs out after ten; the house ends it anyway."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    actor: Actor
    token: str
    expires_at: datetime
    tablet_token: str = ""
    """For a tablet that is shared from now on: it keeps this, and shows the name at its door."""


@dataclass(frozen=True, slots=True)
class Device:
    """What asks: the browser's own name, the token of the tablet if it is a shared one, and of who was here before."""

    browser: str = ""
    tablet: str = ""
    before: str = ""


def whose_card(session: Session, presented: str, key: bytes, tablet: str = "") -> str:
    """The name on a live card, so the page can ask "Are you Rose?". Uses nothing up."""
    return presented_card(session, presented, key, tablet)[1].name


def look_at_card(session: Session, presented: str, key: bytes, tablet: str = "") -> tuple[str, str]:
    """The same, with what the card asks for besides itself: picture, pin or nothing."""
    card, person = presented_card(session, presented, key, tablet)
    return person.name, card.proof


def sign_in_with_card(
    session: Session, presented: str, key: bytes, *, device: str = "", at: Device | None = None, proved: bool = False
) -> SignedIn:
    """Use a card: a new sign-in bound to this device. A staff card is used up by it.

    `proved` says that the picture or PIN of a shared card was right. On a tablet that is shared every member's
    sign-in is short, also one with a card that asks for nothing.
    """
    at = at or Device(device)
    card, person = presented_card(session, presented, key, at.tablet)
    if card.shared and not proved:
        raise ProofNeeded()
    tablet_id, token = tablet_for(session, at.tablet, key), ""
    if card.shared and not tablet_id:
        tablet_id, token = new_tablet(session, key)
    strange = second_tablets.is_second(session, card, tablet_id, sealed(key, at.before) if at.before else "")
    card.last_used_at = now()  # type: ignore[assignment]
    card.misses = 0 if proved else card.misses
    if card.once:
        journal.note(session, "card_ended", person.id, card=card.id)
    shared = bool(tablet_id) and not card.once
    signed = begin(
        session, person, key, device=at.browser, staff=card.once, shared=shared, tablet_id=tablet_id,
        practice=card.practice,
    )  # fmt: skip
    if strange:
        second_tablets.tell(session, person, signed.actor.sign_in_id)
    return replace(signed, tablet_token=token)


def begin(
    session: Session, person: Person, key: bytes, *,
    device: str = "", staff: bool = False, shared: bool = False, tablet_id: str = "", by: str = "",
    practice: bool = False,
) -> SignedIn:  # fmt: skip
    """A sign-in for a person who has shown a card, or, `by` a passkey or a password, proved who they are."""
    token = new_secret()
    member = PRACTICE_SECONDS if practice else MEMBER_IDLE_SECONDS
    lasts = SHARED_SECONDS if shared else STAFF_SECONDS if staff else member
    row = SignIn(
        id=new_id(), person_id=person.id, token_seal=sealed(key, token), device=clean_name(device)[:120],
        staff=staff, shared=shared, practice=practice, tablet_id=tablet_id, second=False,
        began_at=now(), last_seen_at=now(), expires_at=later(lasts), proved_at=database_now(session) if by else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, person.id, "sign_in", whom=person.id, sign_in=row.id, **({"by": by} if by else {}))
    return SignedIn(_actor(person, roles_of(session, person.id), row), token, row.expires_at)


def actor_for(session: Session, token: str, key: bytes) -> Actor | None:
    """Who holds this token, or None. Changes nothing."""
    query = (
        select(SignIn, Person).join(Person).where(SignIn.token_seal == sealed(key, token), *_live(), _in_this_house())
    )
    found = session.execute(query).first()
    return _actor(found[1], roles_of(session, found[1].id), found[0]) if found else None


def seen(session: Session, sign_in_id: str) -> None:
    """Note that a device is in use, which keeps a member's sign-in alive; at most once an hour it writes."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.last_seen_at < later(-SEEN_AGAIN_SECONDS))
        .where(SignIn.staff.is_(False), SignIn.shared.is_(False), SignIn.practice.is_(False), *_live())
        .values(last_seen_at=now(), expires_at=later(MEMBER_IDLE_SECONDS))
    )


def touched(session: Session, actor: Actor) -> None:
    """Somebody touches the shared tablet on which they are signed in: ten minutes more."""
    mine = (SignIn.id == actor.sign_in_id, SignIn.shared.is_(True), *_live())
    session.execute(update(SignIn).where(*mine).values(last_seen_at=now(), expires_at=later(SHARED_SECONDS)))


def still_signed_in(session: Session, sign_in_ids: list[str]) -> dict[str, Actor]:
    """Of these sign-ins the living ones, with the name and roles their people have now."""
    query = select(SignIn, Person).join(Person).where(SignIn.id.in_(sign_in_ids), *_live(), _in_this_house())
    found = session.execute(query).all()
    roles = roles_of_many(session, [person.id for _, person in found])
    return {row.id: _actor(person, roles[person.id], row) for row, person in found}


def ended_by_staff(session: Session, sign_in_ids: set[str]) -> set[str]:
    """Of these sign-ins those that somebody else ended."""
    ended = (SignIn.id.in_(sign_in_ids), SignIn.ended_at.is_not(None), SignIn.ended_by != SignIn.person_id)
    return set(session.scalars(select(SignIn.id).where(*ended)))


def was_ended_by_staff(session: Session, token: str, key: bytes) -> bool:
    """Whether this device was signed out by somebody else than its person, so that its door can say so."""
    ended = (SignIn.ended_at.is_not(None), SignIn.ended_by != SignIn.person_id)
    return session.scalar(select(SignIn.id).where(SignIn.token_seal == sealed(key, token), *ended)) is not None


def sign_out(session: Session, actor: Actor) -> None:
    """End the sign-in of the device that asks."""
    session.execute(update(SignIn).where(SignIn.id == actor.sign_in_id).values(ended_at=now(), ended_by=actor.id))
    journal.note(session, "sign_in_ended", actor.id, sign_in=actor.sign_in_id)
    access_changed(session)


def sign_ins_of(session: Session, actor: Actor, person: Person) -> list[SignIn]:
    """The devices on which a person is signed in, newest first."""
    if actor.id != person.id:
        require_to_find(actor.roles, "see_people")
    query = select(SignIn).where(SignIn.person_id == person.id, *_live()).order_by(SignIn.began_at.desc())
    return list(session.scalars(query))


def end_sign_in(session: Session, actor: Actor, sign_in_id: str) -> None:
    """Sign one device out, such as a lost tablet. Twice is once, but whoever answers makes sure."""
    row = session.get(SignIn, sign_in_id)
    if row is None:
        raise NotFound(N_("That tablet is signed out already."))
    if row.person_id != actor.id:
        staff = roles_of(session, row.person_id).staff
        require(actor.roles, "make_staff_cards" if staff else "end_sign_ins")
    if row.ended_at is None:
        row.ended_at, row.ended_by = now(), actor.id  # type: ignore[assignment]
        audit.record(session, actor.id, "end_sign_in", whom=row.person_id, sign_in=row.id)
        journal.note(session, "sign_in_ended", row.person_id, sign_in=row.id)
    access_changed(session)


def _live() -> tuple[ColumnElement[bool], ...]:
    return SignIn.ended_at.is_(None), SignIn.expires_at > now()


def _in_this_house() -> ColumnElement[bool]:
    """Whoever moved on or died is behind no token, whatever was signed in at the same moment."""
    return Person.standing.not_in(LEFT)


def _actor(person: Person, roles: Roles, row: SignIn) -> Actor:
    """The one place that makes an actor of a sign-in: without a proof, staff roles keep rooms and nothing else."""
    return Actor(
        person.id, person.name, replace(roles, proved=row.proved_at is not None), row.id,
        person.letters, person.contrast, person.language, person.no_limits, row.shared, row.proved_at,
    )  # fmt: skip
