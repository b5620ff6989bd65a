"""Tablets that several people use. One becomes known when a card for shared tablets is used on it, and shows at its
door the names of those whose cards were: each then comes back with a picture or a PIN, without the card."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id, new_secret, sealed
from app.people.actors import Actor
from app.people.cards import card_for, no_such_card, works
from app.people.models import Card, Person, SignIn

ON_THIS_TABLET = "@"
"""Before a card's id: it is presented by a tap on a name, at a tablet that knows it."""


class Tablet(Model):
    __tablename__ = "tablets"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    token_seal: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)


class TabletCard(Model):
    """A card was used on a tablet. Wrong guesses there are counted there, so nobody elsewhere can slow its person."""

    __tablename__ = "tablet_cards"

    tablet_id: Mapped[str] = mapped_column(ForeignKey("tablets.id"), primary_key=True)
    card_id: Mapped[str] = mapped_column(ForeignKey("cards.id"), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(Instant)
    misses: Mapped[int] = mapped_column(default=0)
    missed_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody whose name stands at the door of this tablet."""

    name: str
    presented: str


def tablet_for(session: Session, token: str, key: bytes) -> str:
    """The id of the shared tablet that holds this token, or nothing."""
    query = select(Tablet.id).where(Tablet.token_seal == sealed(key, token))
    return (session.scalar(query) or "") if token else ""


def names_at_the_door(session: Session, token: str, key: bytes) -> list[Neighbour]:
    """Whose shared cards were used here and still work, by name."""
    query = (
        select(Person.name, Card.id)
        .join(Card, Card.person_id == Person.id)
        .join(TabletCard, TabletCard.card_id == Card.id)
        .where(TabletCard.tablet_id == tablet_for(session, token, key), works())
        .order_by(Person.name, Card.id)
    )
    return [Neighbour(name, ON_THIS_TABLET + card_id) for name, card_id in session.execute(query)]


def presented_card(session: Session, presented: str, key: bytes, token: str = "") -> tuple[Card, Person]:
    """The live card that somebody holds, or whose name they tapped at a tablet that knows it."""
    if not presented.startswith(ON_THIS_TABLET):
        return card_for(session, presented, key)
    query = (
        select(Card, Person)
        .join(Person, Person.id == Card.person_id)
        .join(TabletCard, TabletCard.card_id == Card.id)
        .where(Card.id == presented.removeprefix(ON_THIS_TABLET), works())
        .where(TabletCard.tablet_id == tablet_for(session, token, key))
        .with_for_update(of=Card)
    )
    found = session.execute(query).first()
    if found is None:
        raise no_such_card()
    return found[0], found[1]


def use_on(session: Session, tablet_id: str, card: Card) -> bool:
    """Note that a shared card was used on a tablet. True if it was never used there before, but elsewhere."""
    place = session.get(TabletCard, (tablet_id, card.id))
    if place is not None:
        place.used_at, place.misses = now(), 0  # type: ignore[assignment]
        return False
    elsewhere = session.scalar(select(TabletCard.tablet_id).where(TabletCard.card_id == card.id).limit(1))
    session.add(TabletCard(tablet_id=tablet_id, card_id=card.id, used_at=now(), misses=0))
    return elsewhere is not None


def new_tablet(session: Session, key: bytes) -> tuple[str, str]:
    """The id of a tablet that is shared from now on, and the token it keeps."""
    token = new_secret()
    tablet = Tablet(id=new_id(), token_seal=sealed(key, token), made_at=now())
    session.add(tablet)
    session.flush()
    return tablet.id, token


def forget_name(session: Session, actor: Actor) -> None:
    """Take my name from the door of the tablet I am signed in on: I come back with the card."""
    mine = select(Card.id).where(Card.person_id == actor.id)
    here = select(SignIn.tablet_id).where(SignIn.id == actor.sign_in_id).scalar_subquery()
    session.execute(delete(TabletCard).where(TabletCard.tablet_id == here, TabletCard.card_id.in_(mine)))
