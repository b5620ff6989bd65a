"""A card that does not work tells nothing: not whether it was used, expired, revoked or never made."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, update

from app.foundation.clock import later
from app.foundation.database import Session
from app.people import cards
from app.people.actors import SYSTEM
from app.people.cards import IssuedCard
from app.people.models import Card
from app.people.signing_in import sign_in_with_card
from app.problems import NotFound
from tests.people.test_cards import card_of, is_refused
from tests.support.company import KEY, Company


def make_unknown(session: Session, issued: IssuedCard) -> str:
    return "maple-river-0001"


def make_used(session: Session, issued: IssuedCard) -> str:
    sign_in_with_card(session, issued.code, KEY)
    return issued.code


def make_expired(session: Session, issued: IssuedCard) -> str:
    session.execute(update(Card).values(expires_at=later(0)))
    return issued.code


def make_revoked(session: Session, issued: IssuedCard) -> str:
    cards.revoke(session, SYSTEM, session.get_one(Card, issued.card.id))
    return issued.code


@pytest.mark.parametrize("spoil", [make_unknown, make_used, make_expired, make_revoked])
async def test_every_card_that_does_not_work_gets_the_same_answer_through_the_same_queries(
    company: Company, spoil: Callable[[Session, IssuedCard], str]
):
    issued = await company.do(card_of, company.at.nora)
    presented = await company.do(spoil, issued)
    sentence, statements = await company.do(what_it_tells, presented)
    nothing, as_many = await company.do(what_it_tells, "no such card was ever made")
    assert (sentence, len(statements)) == (nothing, len(as_many))
    assert statements == as_many
    assert len(statements) == 1


def what_it_tells(session: Session, presented: str) -> tuple[Any, list[str]]:
    """The problem's words and code, and each statement that the database was asked."""
    statements: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(session.connection(), "before_cursor_execute", count)
    with pytest.raises(NotFound) as trouble:
        sign_in_with_card(session, presented, KEY)
    event.remove(session.connection(), "before_cursor_execute", count)
    return (trouble.value.sentence, trouble.value.code, trouble.value.status, trouble.value.values), statements


async def test_every_try_costs_the_same_hashes(company: Company, monkeypatch: pytest.MonkeyPatch):
    seal, sealed = cards.sealed, []
    monkeypatch.setattr(cards, "sealed", lambda key, secret: sealed.append(secret) or seal(key, secret))
    issued = await company.do(card_of, company.at.nora)
    sealed.clear()
    await company.do(sign_in_with_card, issued.code, KEY)
    counts = [len(sealed)]
    for presented in (issued.code, "no-such-card-4271", ""):
        sealed.clear()
        assert await is_refused(company, presented)
        counts.append(len(sealed))
    assert set(counts) == {2}


async def test_a_card_is_worth_nothing_under_another_houses_key(company: Company):
    issued = await company.do(card_of, company.at.rose)
    with pytest.raises(NotFound):
        await company.do(sign_in_with_card, issued.code, b"another house")
