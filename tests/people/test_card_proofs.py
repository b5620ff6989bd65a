"""Cards for shared tablets: a picture or a PIN besides the card, and how guessing is slowed."""

import pytest
from sqlalchemy import select

from app.foundation.database import Session
from app.people import cards
from app.people.actors import Actor
from app.people.card_proofs import (
    FREE_MISSES,
    GUESSED_CARD,
    PICTURES,
    TOLD_AFTER_MISSES,
    ProofNeeded,
    Try,
    begin_try,
    made_of,
    wait_after,
)
from app.people.cards import IssuedCard, Proof, issue
from app.people.models import Card, Person
from app.people.signing_in import Device, SignedIn, sign_in_with_card
from app.people.tasks import Task, open_tasks
from app.problems import Invalid, NotFound, TooFast
from tests.support.company import KEY, Company
from tests.support.databases import pass_time

AN_HOUR = 3600
EVERY = 5


def shared_card(session: Session, who: Actor, by: Actor) -> IssuedCard:
    return issue(session, by, session.get_one(Person, who.id), KEY, proof=Proof("pin", "sealed elsewhere"))


async def in_the_day_room(company: Company, who: Actor) -> tuple[IssuedCard, SignedIn]:
    """Their card was used on the tablet there; its token is in the sign-in."""
    issued = await company.do(shared_card, who, company.at.nora)
    return issued, await company.do(sign_in_with_card, issued.code, KEY, proved=True)


async def tries(company: Company, presented: str, tablet: str = "", value: str = "0000") -> Try | None:
    return await company.do(begin_try, presented, KEY, tablet, value)


async def is_let_try(company: Company, presented: str, tablet: str = "") -> bool:
    try:
        await tries(company, presented, tablet)
    except TooFast:
        return False
    return True


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_one_of_those_shown(picture: str):
    assert made_of(KEY, "picture", picture).kind == "picture"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("picture", "dragon"), ("pin", "12"), ("pin", "12a4"), ("pin", "1234"), ("pin", "7777"), ("word", "x")],
)
def test_what_is_no_picture_or_too_easy_is_told_in_a_sentence(kind: str, value: str):
    with pytest.raises(Invalid):
        made_of(KEY, kind, value)


async def test_a_shared_card_alone_opens_no_door(company: Company):
    issued = await company.do(shared_card, company.at.walter, company.at.nora)
    with pytest.raises(ProofNeeded):
        await company.do(sign_in_with_card, issued.code, KEY)
    with pytest.raises(ProofNeeded):
        await tries(company, issued.code, value=" ")


async def test_an_ordinary_card_asks_for_nothing(company: Company):
    issued = await company.do(lambda session: issue(session, company.at.nora, _person(session, company.at.ann), KEY))
    assert await tries(company, issued.code) is None


async def test_an_unknown_card_is_no_try(company: Company):
    with pytest.raises(NotFound):
        await tries(company, "maple-river-0001")


async def test_staff_get_no_shared_cards(company: Company):
    with pytest.raises(Invalid):
        await company.do(shared_card, company.at.fay, company.at.nora)


async def test_three_mistakes_are_free_and_then_one_waits(company: Company):
    issued = await company.do(shared_card, company.at.walter, company.at.nora)
    assert [await is_let_try(company, issued.code) for _ in range(FREE_MISSES + 1)] == [True, True, True, False]
    with pytest.raises(TooFast) as told:
        await tries(company, issued.code)
    assert told.value.retry_after_ms and told.value.retry_after_ms <= 5000
    await pass_time(company.database, seconds=6)
    assert await is_let_try(company, issued.code)


def test_nobody_ever_waits_longer_than_a_minute():
    assert [wait_after(misses) for misses in (0, 2, 3, 4, 6, 7, 1000)] == [0, 0, 5, 10, 40, 60, 60]


async def test_the_right_one_ends_the_waiting(company: Company):
    issued = await company.do(shared_card, company.at.walter, company.at.nora)
    for _ in range(FREE_MISSES):
        await tries(company, issued.code)
    await company.do(sign_in_with_card, issued.code, KEY, proved=True)
    assert await is_let_try(company, issued.code)


async def test_a_pin_guessed_for_an_hour_is_slowed_and_nobody_in_the_house_is_locked_out(company: Company):
    at = company.at
    walters, signed = await in_the_day_room(company, at.walter)
    _, anns = await in_the_day_room(company, at.ann)
    guesses = 0
    for _ in range(AN_HOUR // EVERY):
        guesses += await is_let_try(company, walters.code)
        await pass_time(company.database, seconds=EVERY)
    assert guesses < 70, "of ten thousand numbers"
    assert await is_let_try(company, f"@{walters.card.id}", signed.tablet_token), "his own tablet knows him"
    assert await company.do(sign_in_with_card, f"@{walters.card.id}", KEY, at=_on(signed), proved=True)
    ann = await company.do(lambda session: session.scalar(select(Card.id).where(Card.person_id == at.ann.id)))
    assert await is_let_try(company, f"@{ann}", anns.tablet_token)
    await pass_time(company.database, hours=2)
    assert await is_let_try(company, walters.code), "and a new tablet is free again"


async def test_the_helper_is_told_once_that_somebody_guesses(company: Company):
    issued = await company.do(shared_card, company.at.walter, company.at.nora)
    for _ in range(TOLD_AFTER_MISSES + 3):
        await tries(company, issued.code)
        await pass_time(company.database, seconds=61)
    told: list[Task] = await company.read(open_tasks, company.at.joan)
    assert [(one.kind, one.about_id) for one in told] == [(GUESSED_CARD, company.at.walter.id)]


async def test_one_form_makes_one_card(company: Company):
    def make(session: Session) -> IssuedCard:
        return issue(session, company.at.nora, _person(session, company.at.rose), KEY, form="one")

    first = await company.do(make)
    with pytest.raises(cards.MadeAlready):
        await company.do(make)
    assert (await company.do(sign_in_with_card, first.code, KEY)).actor.name == "Rose"


def _person(session: Session, who: Actor) -> Person:
    return session.get_one(Person, who.id)


def _on(signed: SignedIn) -> Device:
    return Device("iPad", signed.tablet_token)
