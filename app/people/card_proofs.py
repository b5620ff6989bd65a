"""What a card for shared tablets asks for besides itself: a picture, or four digits. Chosen with the helper.

Both are short, so guessing is slowed: each try counts as a miss before it is looked at; after three, one must wait,
each time longer, a minute at the most. Tablets that know the card count for themselves, and the right one always
gets its turn: nobody is locked out.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.slow_seals import seal_slowly
from app.people import tasks
from app.people.cards import Proof
from app.people.models import Card
from app.people.shared_tablets import TabletCard, presented_card, tablet_for
from app.problems import N_, Invalid, NotFound, Problem, TooFast

PICTURES = (
    "apple", "bird", "boat", "bell", "cup", "fish", "flower", "house", "key", "moon", "star", "tree",
)  # fmt: skip
EASY_PINS = frozenset({"1234", "4321", "2580", "1212", "1122", "6969", "1004", *(digit * 4 for digit in "0123456789")})
FREE_MISSES = 3
FIRST_WAIT_SECONDS = 5
LONGEST_WAIT_SECONDS = 60
FORGOTTEN_AFTER = timedelta(hours=1)
TOLD_AFTER_MISSES = 10
GUESSED_CARD = "guessed_card"


class ProofNeeded(Problem):
    """This card is for a shared tablet: it opens with a picture or a PIN."""

    status, code = 403, "pin_needed"
    sentence = N_("This card is for a shared tablet. It needs your picture or your number as well.")


class WrongProof(NotFound):
    sentence = N_("That was not it. Please try once more.")


@dataclass(frozen=True, slots=True)
class Try:
    card_id: str
    kind: str
    seal: str


def made_of(key: bytes, kind: str, value: str) -> Proof:
    """A proof that somebody chose, or Invalid with a sentence. Slow: run it beside, not in a transaction."""
    value = value.strip()
    if kind == "picture" and value not in PICTURES:
        raise Invalid(N_("Please choose one of the pictures."), fields=(("picture", N_("Please choose one.")),))
    if kind == "pin" and not re.fullmatch("[0-9]{4}", value):
        raise Invalid(N_("Please choose four digits."), fields=(("pin", N_("Four digits.")),))
    if kind == "pin" and value in EASY_PINS:
        raise Invalid(N_("That number is easy to guess. Please choose another."), fields=(("pin", N_("Another one.")),))
    if kind not in ("picture", "pin"):
        raise Invalid(N_("Please choose a picture or four digits."))
    return Proof(kind, seal_slowly(key, as_said(kind, value)))


def as_said(kind: str, value: str) -> str:
    return f"{kind} {value.strip()}"


def begin_try(session: Session, presented: str, key: bytes, token: str, value: str) -> Try | None:
    """One try at a card, counted as a miss until it was right. None where the card alone is enough."""
    card, _ = presented_card(session, presented, key, token)
    if not card.shared:
        return None
    if not value.strip():
        raise ProofNeeded()
    place: Card | TabletCard = _counting_place(session, card, tablet_for(session, token, key))
    moment = database_now(session)
    if place.missed_at is None or moment - place.missed_at > FORGOTTEN_AFTER:
        place.misses = 0
    waits = wait_after(place.misses)
    left = 0.0 if place.missed_at is None else waits - (moment - place.missed_at).total_seconds()
    if left > 0:
        seconds = -int(-left // 1)
        raise TooFast(
            N_("That was tried a few times. Please wait {seconds} seconds, then try once more."),
            seconds=seconds, retry_after_ms=seconds * 1000,
        )  # fmt: skip
    if place.misses == TOLD_AFTER_MISSES:
        tasks.ask_for(session, GUESSED_CARD, card.person_id, role="helper", card=card.id)
    place.misses, place.missed_at = place.misses + 1, moment
    return Try(card.id, card.proof, card.proof_seal)


def wait_after(misses: int) -> int:
    """Seconds between one try and the next."""
    if misses < FREE_MISSES:
        return 0
    return int(min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(misses - FREE_MISSES, 10)))


def _counting_place(session: Session, card: Card, tablet_id: str) -> Card | TabletCard:
    return session.get(TabletCard, (tablet_id, card.id), with_for_update=True) or card
