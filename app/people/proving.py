"""Proving who one is: what matters most asks again where the last proof is older than ten minutes."""

from datetime import timedelta

from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.problems import ProveAgain, ProveFirst

FRESH = timedelta(minutes=10)


def require_fresh(session: Session, actor: Actor) -> None:
    """Before exports, changes of roles, and private content. The verb's own rights are asked first.

    Raises ProveAgain (pages lead to /sign-in/again and back), or ProveFirst for who came in with a card.
    """
    if actor is SYSTEM:
        return
    if actor.proved_at is None:
        raise ProveFirst()
    if actor.proved_at <= database_now(session) - FRESH:
        raise ProveAgain()
