"""A card used on a second tablet: its person reads it on Home, and the helper gets a task."""

from sqlalchemy import ColumnElement, select, update

from app.foundation import audit, journal
from app.foundation.beat import access_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.people import tasks
from app.people.actors import Actor
from app.people.cards import end_own_cards
from app.people.models import Card, Person, SignIn
from app.people.shared_tablets import use_on
from app.problems import N_, NotFound

SECOND_TABLET = "second_tablet"
CARD_TAKEN = "card_taken"


def is_second(session: Session, card: Card, tablet_id: str, before_seal: str) -> bool:
    """Whether this card, which is about to be used, is in use elsewhere. Its older sign-in on this very tablet ends."""
    if card.shared:
        return use_on(session, tablet_id, card)
    theirs = (SignIn.person_id == card.person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now())
    same = select(SignIn).where(SignIn.token_seal == before_seal, SignIn.person_id == card.person_id)
    if before_seal and (before := session.scalar(same)):
        _end(session, before)
        return False
    return not card.once and session.scalar(select(SignIn.id).where(*theirs).limit(1)) is not None


def tell(session: Session, person: Person, sign_in_id: str) -> None:
    """Keep it for Home on the other tablets, and as a task for the helper."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(second=True))
    tasks.ask_for(session, SECOND_TABLET, person.id, role="helper", sign_in=sign_in_id)


def to_be_known(session: Session, actor: Actor) -> SignIn | None:
    """The newest second tablet of this person that they have said nothing about yet; never the one that asks."""
    return session.scalar(select(SignIn).where(*_open(actor)).order_by(SignIn.began_at.desc(), SignIn.id).limit(1))


def that_was_me(session: Session, actor: Actor, sign_in_id: str) -> None:
    """And so were those before it, about which nothing was said."""
    row = _second_for(session, actor, sign_in_id)
    for one in (row, *session.scalars(select(SignIn).where(*_open(actor), SignIn.began_at < row.began_at))):
        one.known_at = now()  # type: ignore[assignment]


def that_was_not_me(session: Session, actor: Actor, sign_in_id: str) -> None:
    """Every tablet in question is out at once, the card opens no door any more, and the helper brings a new one."""
    row = _second_for(session, actor, sign_in_id)
    for one in list(session.scalars(select(SignIn).where(*_open(actor)))):
        one.known_at = now()  # type: ignore[assignment]
        _end(session, one)
    end_own_cards(session, actor)
    audit.record(session, actor.id, "end_sign_in", whom=actor.id, sign_in=row.id, why="not me")
    tasks.ask_for(session, CARD_TAKEN, actor.id, role="helper", sign_in=row.id)
    access_changed(session)


def _second_for(session: Session, actor: Actor, sign_in_id: str) -> SignIn:
    row = session.scalar(select(SignIn).where(SignIn.id == sign_in_id, *_open(actor)).with_for_update())
    if row is None:
        raise NotFound(N_("That tablet is signed out already."))
    return row


def _end(session: Session, row: SignIn) -> None:
    if row.ended_at is None:
        row.ended_at, row.ended_by = now(), row.person_id  # type: ignore[assignment]
        journal.note(session, "sign_in_ended", row.person_id, sign_in=row.id)


def _open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        SignIn.person_id == actor.id, SignIn.id != actor.sign_in_id, SignIn.second.is_(True),
        SignIn.known_at.is_(None), SignIn.ended_at.is_(None),
    )  # fmt: skip
