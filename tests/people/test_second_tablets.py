"""A card used on a second tablet: its person is asked, the helper gets a task."""

import pytest

from app.foundation.database import Session
from app.people import cards, second_tablets
from app.people.actors import Actor
from app.people.models import Person, SignIn
from app.people.second_tablets import CARD_TAKEN, SECOND_TABLET, that_was_me, that_was_not_me, to_be_known
from app.people.signing_in import Device, SignedIn, actor_for, sign_in_with_card
from app.people.tasks import open_tasks
from app.problems import NotFound
from tests.people.test_card_proofs import in_the_day_room
from tests.support.company import KEY, Company


async def card(company: Company, who: Actor) -> str:
    def make(session: Session) -> str:
        return cards.issue(session, company.at.nora, session.get_one(Person, who.id), KEY).code

    return await company.do(make)


async def use(company: Company, code: str, before: str = "") -> SignedIn:
    return await company.do(sign_in_with_card, code, KEY, at=Device("iPad", before=before))


async def asked(company: Company, actor: Actor) -> list[str]:
    one = await company.read(to_be_known, actor)
    return [one.id] if one else []


async def tasks(company: Company) -> list[str]:
    return [one.kind for one in await company.read(open_tasks, company.at.joan)]


async def test_the_first_tablet_is_asked_about_the_second_and_the_helper_is_told(company: Company):
    code = await card(company, company.at.rose)
    first = await use(company, code)
    assert await asked(company, first.actor) == [] == await tasks(company)
    second = await use(company, code)
    assert await asked(company, first.actor) == [second.actor.sign_in_id]
    assert await asked(company, second.actor) == [], "a tablet is not asked about itself"
    assert await tasks(company) == [SECOND_TABLET]


async def test_the_same_tablet_again_is_no_second_one(company: Company):
    code = await card(company, company.at.rose)
    first = await use(company, code)
    again = await use(company, code, before=first.token)
    assert await asked(company, again.actor) == [] == await tasks(company)
    assert await company.read(actor_for, first.token, KEY) is None, "its older sign-in has ended"


async def test_that_was_me_ends_the_question(company: Company):
    code = await card(company, company.at.rose)
    first, second = await use(company, code), await use(company, code)
    await company.do(that_was_me, first.actor, second.actor.sign_in_id)
    assert await asked(company, first.actor) == []
    assert await company.read(actor_for, second.token, KEY)


async def test_that_was_not_me_ends_the_other_tablet_and_the_card(company: Company):
    code = await card(company, company.at.rose)
    first, second = await use(company, code), await use(company, code)
    await company.do(that_was_not_me, first.actor, second.actor.sign_in_id)
    assert await company.read(actor_for, second.token, KEY) is None
    assert await company.read(actor_for, first.token, KEY), "her own tablet stays"
    with pytest.raises(NotFound):
        await use(company, code)
    assert await tasks(company) == [SECOND_TABLET, CARD_TAKEN]


async def test_several_tablets_are_one_question(company: Company):
    code = await card(company, company.at.rose)
    first, _, third = [await use(company, code) for _ in range(3)]
    assert await asked(company, first.actor) == [third.actor.sign_in_id]
    await company.do(that_was_me, first.actor, third.actor.sign_in_id)
    assert await asked(company, first.actor) == []


async def test_no_ends_every_tablet_in_question(company: Company):
    code = await card(company, company.at.rose)
    first, second, third = [await use(company, code) for _ in range(3)]
    await company.do(that_was_not_me, first.actor, third.actor.sign_in_id)
    for other in (second, third):
        assert await company.read(actor_for, other.token, KEY) is None


async def test_nobody_answers_for_another(company: Company):
    code = await card(company, company.at.rose)
    await use(company, code)
    second = await use(company, code)
    for stranger in (company.at.sybil, company.at.nora):
        with pytest.raises(NotFound):
            await company.do(that_was_not_me, stranger, second.actor.sign_in_id)


async def test_a_shared_card_on_another_shared_tablet_is_told(company: Company):
    issued, walters = await in_the_day_room(company, company.at.walter)
    await company.do(sign_in_with_card, f"@{issued.card.id}", KEY, at=Device("", walters.tablet_token), proved=True)
    assert await tasks(company) == [], "the tablet he always uses"
    await company.do(sign_in_with_card, issued.code, KEY, proved=True)
    assert await tasks(company) == [SECOND_TABLET]


async def test_who_says_that_was_me_twice_is_told_kindly(company: Company):
    code = await card(company, company.at.rose)
    first, second = await use(company, code), await use(company, code)
    await company.do(second_tablets.that_was_me, first.actor, second.actor.sign_in_id)
    with pytest.raises(NotFound):
        await company.do(that_was_me, first.actor, second.actor.sign_in_id)
    row = await company.read(lambda session: session.get_one(SignIn, second.actor.sign_in_id))
    assert row.ended_at is None
