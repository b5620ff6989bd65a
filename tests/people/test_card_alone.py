"""No path gives staff rights to a card alone: what a card's sign-in may, grant by grant, and what it may not set up."""

import pytest

from app.people import my_proofs, set_up_links
from app.people.actors import SYSTEM, Actor
from app.people.cards import issue, reissue
from app.people.granting import give_role, take_role
from app.people.joining import add_person, find_people, person_for
from app.people.passkeys import Address
from app.people.roles import GRANTS, ON_A_CARD_ALONE, require
from app.people.signing_in import sign_in_with_card
from app.people.site import edit_site
from app.problems import NotAllowed, ProveFirst
from tests.support.company import KEY, Company

EVERY_GRANT = sorted(frozenset().union(*GRANTS.values()))


async def with_a_card(company: Company, who: Actor) -> Actor:
    issued = await company.do(issue, SYSTEM, await company.person(who), KEY)
    return (await company.do(sign_in_with_card, issued.code, KEY)).actor


@pytest.mark.parametrize("who", ["fay", "joan", "asha", "vera", "nora"])
async def test_a_card_opens_rooms_and_nothing_else(company: Company, who: str):
    whole = getattr(company.at, who)
    card = await with_a_card(company, whole)
    assert card.roles.names() == whole.roles.names()
    for what in EVERY_GRANT:
        allowed = what in ON_A_CARD_ALONE and whole.roles.may_anywhere(what)
        assert card.roles.may_anywhere(what) is allowed, what
        if whole.roles.may(what) and not allowed:
            with pytest.raises(ProveFirst):
                require(card.roles, what)


async def test_a_facilitator_keeps_their_room_on_a_card(company: Company):
    fay = await with_a_card(company, company.at.fay)
    assert fay.roles.may("moderate", company.at.monday)
    assert not fay.roles.may("moderate", company.at.thursday)


async def test_an_administrators_card_does_nothing_house_wide(company: Company):
    nora, mei = await with_a_card(company, company.at.nora), await company.person(company.at.mei)
    for verb, args in (
        (give_role, (mei, "helper")),
        (take_role, (mei, "member")),
        (add_person, ("Ellen",)),
        (issue, (mei, KEY)),
        (set_up_links.offer, (await company.person(company.at.asha), KEY)),
        (find_people, ()),
        (person_for, (mei.id,)),
    ):
        with pytest.raises(ProveFirst):
            await company.do(verb, nora, *args)
    with pytest.raises(ProveFirst):
        await company.do(edit_site, nora, name="Another House")
    with pytest.raises(ProveFirst):
        await company.do(reissue, nora, mei, KEY, end_sign_ins=True)


async def test_a_card_sets_up_no_proof_for_its_own_person(company: Company):
    nora = await with_a_card(company, company.at.nora)
    with pytest.raises(ProveFirst):
        at = Address("elm.example", "https://elm.example")
        await company.do(my_proofs.ask_for_passkey, nora, at, "Elm House")
    with pytest.raises((ProveFirst, NotAllowed)):
        await company.do(set_up_links.offer, nora, await company.person(company.at.nora), KEY)


async def test_a_stranger_is_told_nothing_of_proofs(company: Company):
    with pytest.raises(NotAllowed):
        require(company.at.sybil.roles, "give_roles")
    with pytest.raises(NotAllowed):
        require(company.at.rose.roles, "give_roles")
