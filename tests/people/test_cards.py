"""Cards: what lets somebody in, for how long, and how little a card that does not work tells."""

import asyncio
import re

import pytest
from sqlalchemy import inspect, select

from app.foundation.announcements import AccessChanged
from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.people import cards
from app.people.actors import SYSTEM, Actor
from app.people.cards import STAFF_CARD_SECONDS, IssuedCard, as_code, live_cards
from app.people.granting import give_role
from app.people.models import Card, Person
from app.people.signing_in import actor_for, begin, sign_in_with_card, whose_card
from app.problems import NotAllowed, NotFound
from tests.support.company import KEY, Company
from tests.support.databases import pass_time


def card_of(session: Session, who: Actor, by: Actor = SYSTEM) -> IssuedCard:
    return cards.issue(session, by, session.get_one(Person, who.id), KEY)


def new_card(session: Session, by: Actor, who: Actor, end_sign_ins: bool = False) -> IssuedCard:
    return cards.reissue(session, by, session.get_one(Person, who.id), KEY, end_sign_ins=end_sign_ins)


async def used(company: Company, presented: str) -> str:
    """Sign in with it; the token."""
    return (await company.do(sign_in_with_card, presented, KEY)).token


async def is_signed_in(company: Company, token: str) -> bool:
    return await company.read(actor_for, token, KEY) is not None


async def is_refused(company: Company, presented: str) -> bool:
    with pytest.raises(NotFound):
        await company.do(sign_in_with_card, presented, KEY)
    return True


async def test_a_card_has_a_code_to_type_and_a_long_secret(company: Company):
    issued = await company.do(card_of, company.at.rose)
    assert re.fullmatch(r"[a-z]{4,7}-[a-z]{4,7}-\d{4}", issued.code)
    assert len(issued.secret) >= 22


async def test_a_form_that_is_sent_twice_at_once_makes_one_card(company: Company):
    made = await asyncio.gather(*(company.do(card_of_form, company.at.rose) for _ in range(4)), return_exceptions=True)
    assert [type(one) for one in made].count(cards.MadeAlready) == 3
    assert len(await company.read(live_cards, await company.person(company.at.rose))) == 1


def card_of_form(session: Session, who: Actor) -> IssuedCard:
    return cards.issue(session, SYSTEM, session.get_one(Person, who.id), KEY, form="one and the same")


async def test_a_helper_does_not_end_the_card_of_who_works_here(company: Company):
    issued = await company.do(card_of, company.at.vera)
    with pytest.raises(NotAllowed):
        await company.do(revoked, company.at.joan, issued)
    await company.do(revoked, company.at.nora, issued)
    assert await is_refused(company, issued.code)


def revoked(session: Session, by: Actor, issued: IssuedCard) -> None:
    cards.revoke(session, by, session.get_one(Card, issued.card.id))


async def test_both_let_the_same_person_in(company: Company):
    issued = await company.do(card_of, company.at.rose)
    for presented in (issued.code, issued.secret, f" {issued.secret}\n"):
        token = await used(company, presented)
        assert (await company.read(actor_for, token, KEY)).name == "Rose"


@pytest.mark.parametrize("typed", ["Maple River 4271", " maple-river-4271 ", "MAPLE  river-4271", "maple river\n4271"])
def test_a_code_may_be_typed_as_it_is_read(typed: str):
    assert as_code(typed) == "maple-river-4271"


async def test_a_secret_is_not_read_carelessly_as_a_code_is(company: Company):
    issued = await company.do(card_of, company.at.rose)
    assert await is_refused(company, issued.secret.swapcase())


async def test_neither_is_stored(company: Company):
    issued = await company.do(card_of, company.at.rose)

    def everything(session: Session) -> str:
        tables = inspect(session.connection()).get_table_names()
        return str([session.connection().exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables])

    stored = await company.read(everything)
    assert "Rose" in stored
    assert issued.code not in stored and issued.secret not in stored


async def test_a_members_card_works_again_and_again_for_years(company: Company):
    issued = await company.do(card_of, company.at.rose)
    for _ in range(3):
        await used(company, issued.code)
        await pass_time(company.database, days=400)
    await used(company, issued.code)


async def test_looking_at_a_card_uses_nothing_up(company: Company):
    issued = await company.do(card_of, company.at.nora)
    assert [await company.do(whose_card, issued.code, KEY) for _ in range(2)] == ["Nora", "Nora"]
    await used(company, issued.code)


async def test_a_staff_card_works_once(company: Company):
    issued = await company.do(card_of, company.at.nora)
    await used(company, issued.code)
    assert await is_refused(company, issued.code)
    assert await is_refused(company, issued.secret)


async def test_a_staff_card_works_within_fifteen_minutes(company: Company):
    in_time, too_late = [await company.do(card_of, company.at.nora) for _ in range(2)]
    await pass_time(company.database, seconds=STAFF_CARD_SECONDS - 30)
    await used(company, in_time.code)
    await pass_time(company.database, seconds=30)
    assert await is_refused(company, too_late.code)


async def test_somebody_who_keeps_one_room_has_a_staff_card_too(company: Company):
    issued = await company.do(card_of, company.at.fay)
    await used(company, issued.code)
    assert await is_refused(company, issued.code)


async def test_two_who_hold_one_staff_card_are_not_both_let_in(company: Company):
    issued = await company.do(card_of, company.at.nora)
    tries = (company.do(sign_in_with_card, issued.code, KEY) for _ in range(4))
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(isinstance(end, NotFound) for end in ends) == [False, True, True, True]


async def test_an_older_card_stays_when_another_is_made(company: Company):
    old, new = [await company.do(card_of, company.at.rose) for _ in range(2)]
    await used(company, old.code)
    await used(company, new.code)


async def test_a_new_card_in_place_of_the_old_ones_kills_them(company: Company):
    old, older = [await company.do(card_of, company.at.rose) for _ in range(2)]
    new = await company.do(new_card, company.at.joan, company.at.rose)
    assert await is_refused(company, old.code) and await is_refused(company, older.secret)
    await used(company, new.code)


@pytest.mark.parametrize("asked", [True, False])
async def test_the_old_sign_ins_die_with_the_card_if_asked(company: Company, asked: bool):
    token = await used(company, (await company.do(card_of, company.at.rose)).code)
    company.heard.clear()
    await company.do(new_card, company.at.joan, company.at.rose, asked)
    assert await is_signed_in(company, token) is not asked
    assert (AccessChanged() in company.heard) is asked


async def test_a_new_card_for_rose_leaves_harolds_alone(company: Company):
    harolds = await company.do(card_of, company.at.harold)
    token = await used(company, harolds.code)
    await company.do(new_card, company.at.joan, company.at.rose, True)
    await used(company, harolds.code)
    assert await is_signed_in(company, token)


async def test_a_revoked_card_lets_nobody_in(company: Company):
    issued = await company.do(card_of, company.at.rose)
    token = await used(company, issued.code)

    def revoke(session: Session, end_sign_ins: bool) -> None:
        card = session.get_one(Card, issued.card.id)
        cards.revoke(session, company.at.joan, card, end_sign_ins=end_sign_ins)

    await company.do(revoke, False)
    assert await is_refused(company, issued.code)
    assert await is_signed_in(company, token)
    await company.do(revoke, True)
    assert not await is_signed_in(company, token)


async def test_a_promoted_persons_old_card_and_sign_ins_die(company: Company):
    issued = await company.do(card_of, company.at.rose)
    token = await used(company, issued.code)

    def promote(session: Session) -> None:
        give_role(session, SYSTEM, session.get_one(Person, company.at.rose.id), "facilitator", company.at.thursday)

    await company.do(promote)
    assert await is_refused(company, issued.code)
    assert not await is_signed_in(company, token)


async def test_another_members_role_kills_nothing(company: Company):
    issued = await company.do(card_of, company.at.rose)
    token = await used(company, issued.code)

    def again_a_member(session: Session) -> None:
        give_role(session, SYSTEM, session.get_one(Person, company.at.rose.id), "member", company.at.thursday)

    await company.do(again_a_member)
    assert await is_signed_in(company, token)
    await used(company, issued.code)


async def test_live_cards_are_those_that_work(company: Company):
    async def live(who: Actor) -> int:
        return await company.read(lambda session: len(live_cards(session, session.get_one(Person, who.id))))

    nora, rose = company.at.nora, company.at.rose
    issued = [await company.do(card_of, who) for who in (nora, nora, nora, rose)]
    await used(company, issued[0].code)
    assert (await live(nora), await live(rose)) == (2, 1)
    await pass_time(company.database, days=1)
    assert (await live(nora), await live(rose)) == (0, 1)


MAY_MAKE = {"joan": "member", "nora": "staff"}
"""For whom: members alone, or staff too."""


@pytest.mark.parametrize("maker", ["rose", "sam", "fay", "asha", "vera", "joan", "nora", "sybil"])
async def test_who_may_make_cards(company: Company, maker: str):
    may = MAY_MAKE.get(maker)
    for whose, needs in (("rose", ("member", "staff")), ("ben", ("staff",))):
        asking = company.do(card_of, getattr(company.at, whose), getattr(company.at, maker))
        if may in needs:
            assert (await asking).code
        else:
            with pytest.raises(NotAllowed):
                await asking


async def test_a_helper_who_may_not_make_the_new_card_kills_no_old_one(company: Company):
    issued = await company.do(card_of, company.at.nora)
    with pytest.raises(NotAllowed):
        await company.do(new_card, company.at.joan, company.at.nora, True)
    await used(company, issued.code)


async def test_a_helper_does_not_sign_staff_out(company: Company):
    signed = await company.do(lambda session: begin(session, session.get_one(Person, company.at.nora.id), KEY))

    def sign_out(session: Session, by: Actor) -> None:
        cards.end_all_sign_ins(session, by, session.get_one(Person, company.at.nora.id))

    with pytest.raises(NotAllowed):
        await company.do(sign_out, company.at.joan)
    assert await is_signed_in(company, signed.token)
    await company.do(sign_out, company.at.nora)
    assert not await is_signed_in(company, signed.token)


async def test_making_and_revoking_cards_is_recorded_and_never_the_card_itself(company: Company):
    issued = await company.do(new_card, company.at.joan, company.at.rose, True)
    links = select(AuditLink).where(AuditLink.who == company.at.joan.id).order_by(AuditLink.number)
    told = await company.read(lambda session: list(session.scalars(links)))
    assert [link.did for link in told] == ["end_sign_ins", "make_card"]
    assert all(link.whom == company.at.rose.id for link in told)
    assert not [link for link in told if issued.code in str(link.details) or issued.secret in str(link.details)]
