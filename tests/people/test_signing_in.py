"""Who is behind a token: for as long as it is used, until somebody ends it."""

import pytest
from sqlalchemy import select

from app.foundation.announcements import AccessChanged
from app.foundation.database import Session
from app.people import signing_in
from app.people.actors import Actor
from app.people.granting import take_role
from app.people.models import Person, SignIn
from app.people.signing_in import MEMBER_IDLE_SECONDS, STAFF_SECONDS, SignedIn, actor_for, begin, still_signed_in
from app.problems import NotAllowed, NotFound
from tests.support.company import KEY, Company
from tests.support.databases import pass_time

DAY = 24 * 3600


async def signed_in(company: Company, who: Actor, *, staff: bool = False, device: str = "") -> SignedIn:
    return await company.do(begin, await company.person(who), KEY, device=device, staff=staff)


async def is_in(company: Company, signed: SignedIn) -> bool:
    by_token = await company.read(actor_for, signed.token, KEY)
    by_id = await company.read(still_signed_in, [signed.actor.sign_in_id])
    assert (by_token is not None) == (signed.actor.sign_in_id in by_id)
    return by_token is not None


async def test_a_token_names_its_person_roles_and_device(company: Company):
    signed = await signed_in(company, company.at.fay, staff=True)
    actor = await company.read(actor_for, signed.token, KEY)
    assert (actor.id, actor.name, actor.roles.once_proved()) == (company.at.fay.id, "Fay", company.at.fay.roles)
    assert actor.sign_in_id == signed.actor.sign_in_id


@pytest.mark.parametrize("token", ["", "forged", "x" * 100_000, "' OR 1=1 --", "\x00"])
async def test_a_forged_token_names_nobody(company: Company, token: str):
    await signed_in(company, company.at.rose)
    assert await company.read(actor_for, token, KEY) is None


async def test_a_token_is_worth_nothing_under_another_houses_key(company: Company):
    signed = await signed_in(company, company.at.rose)
    assert await company.read(actor_for, signed.token, b"another house") is None


async def test_the_token_itself_is_not_stored(company: Company):
    signed = await signed_in(company, company.at.rose)
    seals = await company.read(lambda session: list(session.scalars(select(SignIn.token_seal))))
    assert signed.token not in seals


async def test_roles_are_those_of_now_and_not_of_the_day_of_signing_in(company: Company):
    signed = await signed_in(company, company.at.asha, staff=True)

    def lose(session: Session) -> None:
        take_role(session, company.at.nora, session.get_one(Person, company.at.asha.id), "responder")

    await company.do(lose)
    assert (await company.read(actor_for, signed.token, KEY)).roles.names() == []


async def test_a_members_tablet_stays_signed_in_while_it_is_used_once_in_90_days(company: Company):
    signed = await signed_in(company, company.at.rose)
    for _ in range(4):
        await pass_time(company.database, seconds=MEMBER_IDLE_SECONDS - 60)
        assert await is_in(company, signed)
        await company.do(signing_in.seen, signed.actor.sign_in_id)
    await pass_time(company.database, seconds=MEMBER_IDLE_SECONDS)
    assert not await is_in(company, signed)


async def test_being_seen_writes_at_most_once_an_hour(company: Company):
    signed = await signed_in(company, company.at.rose)

    async def seen_at() -> object:
        await company.do(signing_in.seen, signed.actor.sign_in_id)
        return await company.read(lambda session: session.get_one(SignIn, signed.actor.sign_in_id).last_seen_at)

    first = await seen_at()
    await pass_time(company.database, minutes=59)
    assert await seen_at() == first
    await pass_time(company.database, minutes=2)
    assert await seen_at() != first


async def test_a_staff_sign_in_ends_after_twelve_hours_however_much_it_is_used(company: Company):
    signed = await signed_in(company, company.at.nora, staff=True)
    await pass_time(company.database, seconds=STAFF_SECONDS - 60)
    await company.do(signing_in.seen, signed.actor.sign_in_id)
    assert await is_in(company, signed)
    await pass_time(company.database, seconds=60)
    assert not await is_in(company, signed)


async def test_who_is_signed_out_for_good_does_not_come_back_by_being_seen(company: Company):
    signed = await signed_in(company, company.at.rose)
    await company.do(signing_in.sign_out, signed.actor)
    await pass_time(company.database, hours=2)
    await company.do(signing_in.seen, signed.actor.sign_in_id)
    assert not await is_in(company, signed)


async def test_an_expired_sign_in_does_not_come_back_by_being_seen(company: Company):
    signed = await signed_in(company, company.at.rose)
    await pass_time(company.database, seconds=MEMBER_IDLE_SECONDS + 1)
    await company.do(signing_in.seen, signed.actor.sign_in_id)
    assert not await is_in(company, signed)


async def test_signing_out_ends_this_device_alone(company: Company):
    tablet, phone = [await signed_in(company, company.at.rose) for _ in range(2)]
    company.heard.clear()
    await company.do(signing_in.sign_out, tablet.actor)
    assert not await is_in(company, tablet)
    assert await is_in(company, phone)
    assert company.heard == [AccessChanged()]


async def test_staff_end_a_lost_tablets_sign_in(company: Company):
    tablet, phone = [await signed_in(company, company.at.rose) for _ in range(2)]
    await company.do(signing_in.end_sign_in, company.at.joan, tablet.actor.sign_in_id)
    assert not await is_in(company, tablet)
    assert await is_in(company, phone)


@pytest.mark.parametrize("who", ["harold", "fay", "asha", "sybil"])
async def test_nobody_else_ends_anothers_sign_in(company: Company, who: str):
    signed = await signed_in(company, company.at.rose)
    with pytest.raises(NotAllowed):
        await company.do(signing_in.end_sign_in, getattr(company.at, who), signed.actor.sign_in_id)
    assert await is_in(company, signed)


async def test_a_helper_does_not_sign_out_who_works_here(company: Company):
    signed = await signed_in(company, company.at.vera)
    with pytest.raises(NotAllowed):
        await company.do(signing_in.end_sign_in, company.at.joan, signed.actor.sign_in_id)
    await company.do(signing_in.end_sign_in, company.at.nora, signed.actor.sign_in_id)
    assert not await is_in(company, signed)


async def test_who_was_signed_out_by_staff_is_told_apart_from_who_left(company: Company):
    left, put_out = [await signed_in(company, company.at.rose) for _ in range(2)]
    await company.do(signing_in.sign_out, left.actor)
    await company.do(signing_in.end_sign_in, company.at.joan, put_out.actor.sign_in_id)
    ids = {left.actor.sign_in_id, put_out.actor.sign_in_id}
    assert await company.read(signing_in.ended_by_staff, ids) == {put_out.actor.sign_in_id}


async def test_ending_what_is_ended_already_changes_nothing(company: Company):
    signed = await signed_in(company, company.at.rose)
    await company.do(signing_in.sign_out, signed.actor)
    with pytest.raises(NotFound):
        await company.do(signing_in.end_sign_in, company.at.joan, "never there")
    company.heard.clear()
    await company.do(signing_in.end_sign_in, company.at.joan, signed.actor.sign_in_id)
    assert await company.read(signing_in.ended_by_staff, {signed.actor.sign_in_id}) == set()


async def test_rose_and_those_who_look_after_people_see_her_devices(company: Company):
    rose = company.at.rose
    await signed_in(company, rose, device="Tablet <b>\u202e in the kitchen" + "!" * 500)
    seen = [
        await company.read(signing_in.sign_ins_of, actor, await company.person(rose))
        for actor in (rose, company.at.joan, company.at.nora)
    ]
    assert [len(rows) for rows in seen] == [1, 1, 1]
    assert seen[0][0].device.startswith("Tablet <b> in the kitchen!") and len(seen[0][0].device) == 120
    for stranger in (company.at.harold, company.at.sybil):
        with pytest.raises(NotFound):
            await company.read(signing_in.sign_ins_of, stranger, await company.person(rose))
