"""Passkeys: our challenge, our address, the person verified, the counter rising; else one and the same refusal."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from app.foundation.audit import AuditLink
from app.people import challenges, my_proofs, passkeys, proofs
from app.people.actors import Actor
from app.people.models import Person
from app.people.passkeys import Address
from app.people.proved_sign_ins import again_with_passkey, sign_in_with_passkey
from app.people.signing_in import actor_for, begin
from app.problems import Invalid, NotFound, ProveAgain, ProveFirst
from tests.support.authenticator import Authenticator
from tests.support.company import KEY, Company
from tests.support.databases import pass_time

AT = Address("elm.example", "https://elm.example")


async def add(company: Company, who: Actor, device: Authenticator) -> None:
    asked = await company.do(my_proofs.ask_for_passkey, who, AT, "Elm House")
    challenge = await company.do(challenges.take, asked["challenge"], passkeys.MAKE, who.id)
    await company.do(my_proofs.add_passkey, who, AT, challenge, device.make(asked["options"]), "iPad")


async def use(company: Company, device: Authenticator, at: Address = AT) -> Any:
    asked = await company.do(passkeys.to_use, at)
    challenge = await company.do(challenges.take, asked["challenge"], passkeys.USE, "")
    return await company.do(sign_in_with_passkey, at, challenge, device.use(asked["options"]), KEY, "iPad")


@pytest.fixture
async def device(company: Company) -> Authenticator:
    device = Authenticator(AT.origin)
    await add(company, company.at.nora, device)
    return device


async def test_a_passkey_signs_its_person_in_for_twelve_hours_and_proves_them(company: Company, device: Authenticator):
    signed = await use(company, device)
    assert (signed.actor.name, signed.actor.roles.proved) == ("Nora", True)
    await pass_time(company.database, hours=12)
    assert await company.read(actor_for, signed.token, KEY) is None


async def test_a_challenge_is_good_once(company: Company, device: Authenticator):
    asked = await company.do(passkeys.to_use, AT)
    assert await company.do(challenges.take, asked["challenge"], passkeys.USE, "") is not None
    assert await company.do(challenges.take, asked["challenge"], passkeys.USE, "") is None
    with pytest.raises(NotFound):
        await company.do(sign_in_with_passkey, AT, None, device.use(asked["options"]), KEY, "iPad")


async def test_a_challenge_is_good_for_its_purpose_its_person_and_a_quarter_of_an_hour(company: Company):
    asked = await company.do(passkeys.to_use, AT, company.at.nora.id)
    for purpose, whom in ((passkeys.MAKE, company.at.nora.id), (passkeys.USE, ""), (passkeys.USE, company.at.vera.id)):
        assert await company.do(challenges.take, asked["challenge"], purpose, whom) is None
    await pass_time(company.database, minutes=15)
    assert await company.do(challenges.take, asked["challenge"], passkeys.USE, company.at.nora.id) is None


async def test_an_answer_to_another_challenge_does_not_fit(company: Company, device: Authenticator):
    old, new = await company.do(passkeys.to_use, AT), await company.do(passkeys.to_use, AT)
    with pytest.raises(NotFound):
        answer = device.use(old["options"])
        await company.do(sign_in_with_passkey, AT, new["options"]["challenge"], answer, KEY, "iPad")


async def test_another_address_does_not_fit(company: Company, device: Authenticator):
    with pytest.raises(NotFound):
        await use(company, device, Address("evil.example", "https://evil.example"))
    device.origin = "https://evil.example"
    with pytest.raises(NotFound):
        await use(company, device)


async def test_a_device_that_did_not_ask_for_its_person_does_not_fit(company: Company, device: Authenticator):
    with pytest.raises(Invalid):
        await add(company, company.at.vera, Authenticator(AT.origin, verifies=False))
    device.verifies = False
    with pytest.raises(NotFound):
        await use(company, device)


async def test_a_counter_that_stands_still_is_refused_and_recorded(company: Company, device: Authenticator):
    device.counts = False
    assert await use(company, device) is None
    copied = select(AuditLink.whom).where(AuditLink.did == "refuse_copied_passkey")
    assert await company.read(lambda session: list(session.scalars(copied))) == [company.at.nora.id]


async def test_a_device_that_never_counts_is_welcome(company: Company):
    device = Authenticator(AT.origin, counts=False)
    await add(company, company.at.vera, device)
    assert (await use(company, device)).actor.name == "Vera"
    assert (await use(company, device)).actor.name == "Vera"


async def test_a_key_of_one_person_is_not_taken_for_another(company: Company, device: Authenticator):
    with pytest.raises(Invalid):
        await add(company, company.at.vera, device)


@pytest.mark.parametrize("answer", [{}, {"id": 7}, {"id": "x" * 5000}, {"id": "\x00"}, {"id": None, "response": []}])
async def test_what_cannot_be_read_gets_the_same_refusal(company: Company, device: Authenticator, answer: dict):
    known = {"id": device.use((await company.do(passkeys.to_use, AT))["options"])["id"]}
    for sent in (answer, answer | known):
        with pytest.raises(NotFound) as refusal:
            await company.do(sign_in_with_passkey, AT, "AAAA", sent, KEY, "iPad")
        assert refusal.value.sentence == passkeys.DID_NOT_FIT


async def test_whoever_left_is_not_let_in_by_a_key_they_kept(company: Company, device: Authenticator):
    await company.do(lambda session: session.execute(update(Person).values(standing="moved_on")))
    with pytest.raises(NotFound):
        await use(company, device)


async def test_proving_once_more_makes_a_card_sign_in_whole_under_a_new_token(company: Company, device: Authenticator):
    nora = company.at.nora
    signed = await company.do(begin, await company.person(nora), KEY, staff=True)
    assert not signed.actor.roles.proved
    asked = await company.do(passkeys.to_use, AT, nora.id)
    answer = device.use(asked["options"])
    how = (signed.actor, AT, asked["options"]["challenge"], answer, KEY)
    again = await company.do(again_with_passkey, *how)
    assert again is not None and again.actor.roles.proved
    assert again.actor.sign_in_id == signed.actor.sign_in_id
    assert await company.read(actor_for, signed.token, KEY) is None
    assert await company.read(actor_for, again.token, KEY) == again.actor


async def test_anothers_key_does_not_prove_me(company: Company, device: Authenticator):
    asked = await company.do(passkeys.to_use, AT, company.at.vera.id)
    how = (AT, asked["options"]["challenge"], device.use(asked["options"]), KEY)
    with pytest.raises(NotFound):
        await company.do(again_with_passkey, company.at.vera, *how)


async def test_a_card_or_an_old_proof_adds_no_passkey(company: Company):
    card = replace(company.at.nora, proved_at=None)
    with pytest.raises(ProveFirst):
        await company.do(my_proofs.ask_for_passkey, card, AT, "Elm House")
    with pytest.raises(ProveFirst):
        await company.do(my_proofs.add_passkey, card, AT, "AAAA", {}, "iPad")
    signed = await company.do(begin, await company.person(company.at.nora), KEY, staff=True, by="passkey")
    await pass_time(company.database, minutes=11)
    with pytest.raises(ProveAgain):
        await company.do(my_proofs.ask_for_passkey, signed.actor, AT, "Elm House")


async def test_the_last_proof_stays_and_only_its_person_removes_one(company: Company, device: Authenticator):
    nora = company.at.nora
    [first] = await company.read(proofs.passkeys_of, nora.id)
    with pytest.raises(Invalid):
        await company.do(proofs.remove_passkey, nora, first.id)
    await add(company, nora, Authenticator(AT.origin))
    with pytest.raises(NotFound):
        await company.do(proofs.remove_passkey, company.at.vera, first.id)
    await company.do(proofs.remove_passkey, nora, first.id)
    with pytest.raises(NotFound):
        await use(company, device)
