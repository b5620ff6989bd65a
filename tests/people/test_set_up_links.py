"""How staff come to their proofs: by a link of another administrator, good once; never by a card or by themselves."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.people import passkeys, setting_up
from app.people.actors import SYSTEM, Actor
from app.people.cards import issue, live_cards
from app.people.first_administrator import print_link, say_name, whose_link
from app.people.granting import give_role, take_role
from app.people.models import Grant, Person
from app.people.passkeys import Address
from app.people.proofs import has_proofs
from app.people.set_up_links import offer, open_at_once, waiting_link
from app.people.signing_in import actor_for, begin
from app.people.tasks import open_tasks
from app.problems import Invalid, NotAllowed, NotFound, ProveAgain, ProveFirst
from tests.support.authenticator import Authenticator
from tests.support.company import KEY, Company
from tests.support.databases import pass_time

AT = Address("elm.example", "https://elm.example")


async def link_for(company: Company, who: Actor, by: Actor) -> str:
    return (await company.do(offer, by, await company.person(who), KEY)).secret


async def set_up(company: Company, secret: str, who: Actor, device: Authenticator) -> Actor:
    """Make a passkey with the link."""
    person = await company.person(who)
    asked = await company.do(passkeys.to_make, person, AT, "Elm House")
    challenge = asked["options"]["challenge"]
    how = (secret, KEY, AT, challenge, device.make(asked["options"]), "iPad")
    return (await company.do(setting_up.with_passkey, *how)).actor


async def test_a_link_leads_to_a_proof_once(company: Company):
    secret = await link_for(company, company.at.asha, company.at.nora)
    asha = await set_up(company, secret, company.at.asha, Authenticator(AT.origin))
    assert (asha.id, asha.roles.proved) == (company.at.asha.id, True)
    with pytest.raises(NotFound):
        await set_up(company, secret, company.at.asha, Authenticator(AT.origin))


async def test_a_link_is_good_for_fifteen_minutes(company: Company):
    secret = await link_for(company, company.at.asha, company.at.nora)
    await pass_time(company.database, minutes=15)
    with pytest.raises(NotFound):
        await company.do(setting_up.person_with_link, secret, KEY)


async def test_a_new_link_ends_the_one_before(company: Company):
    first = await link_for(company, company.at.asha, company.at.nora)
    second = await link_for(company, company.at.asha, company.at.nora)
    with pytest.raises(NotFound):
        await company.do(setting_up.person_with_link, first, KEY)
    assert (await company.do(setting_up.person_with_link, second, KEY)).name == "Asha"


@pytest.mark.parametrize("who", ["rose", "sam", "joan", "fay", "asha", "vera", "sybil"])
async def test_nobody_but_an_administrator_makes_one(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await link_for(company, company.at.ben, getattr(company.at, who))


async def test_nobody_makes_one_for_themselves(company: Company):
    with pytest.raises(NotAllowed):
        await link_for(company, company.at.nora, company.at.nora)


async def test_who_makes_one_has_just_proved_who_they_are(company: Company):
    card = replace(company.at.nora, roles=replace(company.at.nora.roles, proved=False), proved_at=None)
    with pytest.raises(ProveFirst):
        await link_for(company, company.at.asha, card)
    signed = await company.do(begin, await company.person(company.at.nora), KEY, staff=True, by="passkey")
    await pass_time(company.database, minutes=10)
    with pytest.raises(ProveAgain):
        await link_for(company, company.at.asha, signed.actor)


async def test_a_member_needs_none(company: Company):
    with pytest.raises(Invalid):
        await link_for(company, company.at.rose, company.at.nora)


async def test_using_it_ends_every_older_proof_card_and_sign_in(company: Company):
    asha, old, new = company.at.asha, Authenticator(AT.origin), Authenticator(AT.origin)
    await set_up(company, await link_for(company, asha, company.at.nora), asha, old)
    elsewhere = await company.do(begin, await company.person(asha), KEY, staff=True, by="passkey")
    await company.do(issue, SYSTEM, await company.person(asha), KEY)
    await set_up(company, await link_for(company, asha, company.at.nora), asha, new)
    assert await company.read(actor_for, elsewhere.token, KEY) is None
    assert await company.read(live_cards, await company.person(asha)) == []
    asked = await company.do(passkeys.to_use, AT)
    with pytest.raises(NotFound):
        await company.do(passkeys.owner, AT, asked["options"]["challenge"], old.use(asked["options"]))
    found = await company.do(passkeys.owner, AT, asked["options"]["challenge"], new.use(asked["options"]))
    assert found is not None and found.id == asha.id


async def test_both_are_told_and_it_is_recorded(company: Company):
    secret = await link_for(company, company.at.asha, company.at.nora)
    assert await company.read(waiting_link, company.at.asha.id) == "Nora"
    await set_up(company, secret, company.at.asha, Authenticator(AT.origin))
    assert await company.read(waiting_link, company.at.asha.id) == ""
    [task] = await company.read(open_tasks, company.at.nora)
    assert (task.kind, task.about_id) == ("new_sign_in", company.at.asha.id)
    did = select(AuditLink.did).where(AuditLink.whom == company.at.asha.id)
    acts = await company.read(lambda session: set(session.scalars(did)))
    assert {"make_set_up_link", "use_set_up_link", "add_passkey", "sign_in"} <= acts


async def test_what_does_not_fit_uses_nothing_up(company: Company):
    secret = await link_for(company, company.at.asha, company.at.nora)
    with pytest.raises(Invalid):
        await set_up(company, secret, company.at.asha, Authenticator("https://evil.example"))
    assert not await company.read(has_proofs, company.at.asha.id)
    await set_up(company, secret, company.at.asha, Authenticator(AT.origin))


async def test_only_the_command_line_makes_a_link_that_opens_at_once(company: Company):
    with pytest.raises(NotAllowed):
        await company.do(open_at_once, company.at.nora, await company.person(company.at.vera), KEY)
    secret = await company.do(open_at_once, SYSTEM, await company.person(company.at.nora), KEY)
    for _ in range(2):
        assert (await company.do(setting_up.enter, secret, KEY, "iPad")).actor.roles.proved


async def test_a_set_up_link_never_signs_in_at_once(company: Company):
    secret = await link_for(company, company.at.asha, company.at.nora)
    with pytest.raises(NotFound):
        await company.do(setting_up.enter, secret, KEY, "iPad")


async def test_the_house_prints_a_link_until_an_administrator_can_sign_in(company: Company):
    first, second = await company.do(print_link, KEY), await company.do(print_link, KEY)
    assert (await company.do(whose_link, first, KEY)).name == "Nora"
    await set_up(company, first, company.at.nora, Authenticator(AT.origin))
    with pytest.raises(NotFound):
        await company.do(whose_link, second, KEY)
    assert await company.do(print_link, KEY) == ""


async def test_where_nobody_is_administrator_the_first_one_says_their_name(company: Company):
    await company.do(nobody_is_administrator)
    secret = await company.do(print_link, KEY)
    assert await company.do(whose_link, secret, KEY) is None
    with pytest.raises(Invalid):
        await company.do(say_name, secret, KEY, " ")
    ellen = await company.do(say_name, secret, KEY, "Ellen")
    assert (await company.do(whose_link, secret, KEY)).id == ellen.id
    assert (await company.do(say_name, secret, KEY, "Otto")).id == ellen.id


async def test_whoever_is_of_the_staff_no_more_has_no_use_for_a_link(company: Company):
    await company.do(give_role, SYSTEM, await company.person(company.at.mei), "helper")
    secret = await link_for(company, company.at.mei, company.at.nora)
    await company.do(lambda session: roles_end(session, company.at.mei))
    with pytest.raises(NotFound):
        await company.do(setting_up.person_with_link, secret, KEY)


def roles_end(session: Session, who: Actor) -> None:
    take_role(session, SYSTEM, session.get_one(Person, who.id), "helper")


def nobody_is_administrator(session: Session) -> None:
    session.execute(delete(Grant).where(Grant.role == "admin"))
