"""Tablets that several people use: names at the door, short sign-ins, nothing longer than ten untouched minutes."""

import pytest

from app.foundation.database import Session
from app.people import cards, shared_tablets
from app.people.actors import Actor
from app.people.models import Person
from app.people.shared_tablets import forget_name, names_at_the_door
from app.people.signing_in import Device, SignedIn, actor_for, seen, sign_in_with_card, sign_out, touched
from app.problems import NotFound
from tests.people.test_card_proofs import in_the_day_room, shared_card
from tests.support.company import KEY, Company
from tests.support.databases import pass_time


async def names(company: Company, token: str) -> list[str]:
    return [one.name for one in await company.read(names_at_the_door, token, KEY)]


async def there_too(company: Company, who: Actor, tablet: str) -> SignedIn:
    """Their own card for shared tablets, used on a tablet that somebody else has used."""
    issued = await company.do(shared_card, who, company.at.nora)
    return await company.do(sign_in_with_card, issued.code, KEY, at=Device("iPad", tablet), proved=True)


async def test_the_door_shows_whose_cards_were_used_there(company: Company):
    _, walters = await in_the_day_room(company, company.at.walter)
    anns = await there_too(company, company.at.ann, walters.tablet_token)
    assert anns.tablet_token == "", "the tablet has its name already"
    assert await names(company, walters.tablet_token) == ["Ann", "Walter"]
    assert await names(company, "some other tablet") == []
    assert await names(company, "") == []


async def test_a_name_at_the_door_stands_for_the_card_on_that_tablet_alone(company: Company):
    issued, signed = await in_the_day_room(company, company.at.walter)
    here, elsewhere = Device("iPad", signed.tablet_token), Device("iPad", "some other tablet")
    again = await company.do(sign_in_with_card, f"@{issued.card.id}", KEY, at=here, proved=True)
    assert again.actor.name == "Walter"
    with pytest.raises(NotFound):
        await company.do(sign_in_with_card, f"@{issued.card.id}", KEY, at=elsewhere, proved=True)


async def test_an_ended_card_takes_the_name_from_the_door(company: Company):
    issued, signed = await in_the_day_room(company, company.at.walter)
    await company.do(lambda session: cards.revoke(session, company.at.nora, session.merge(issued.card)))
    assert await names(company, signed.tablet_token) == []
    with pytest.raises(NotFound):
        await company.do(sign_in_with_card, f"@{issued.card.id}", KEY, at=Device("", signed.tablet_token), proved=True)


async def test_somebody_takes_their_own_name_away(company: Company):
    _, walters = await in_the_day_room(company, company.at.walter)
    await there_too(company, company.at.ann, walters.tablet_token)
    await company.do(forget_name, walters.actor)
    assert await names(company, walters.tablet_token) == ["Ann"]


async def test_after_eleven_untouched_minutes_the_house_ends_it(company: Company):
    _, signed = await in_the_day_room(company, company.at.walter)
    await pass_time(company.database, minutes=10, seconds=59)
    assert await company.read(actor_for, signed.token, KEY)
    await pass_time(company.database, seconds=2)
    assert await company.read(actor_for, signed.token, KEY) is None


async def test_a_touch_gives_ten_minutes_more_and_an_open_page_alone_does_not(company: Company):
    _, signed = await in_the_day_room(company, company.at.walter)
    await pass_time(company.database, minutes=9)
    await company.do(touched, signed.actor)
    await pass_time(company.database, minutes=9)
    assert (await company.read(actor_for, signed.token, KEY)).shared
    await company.do(seen, signed.actor.sign_in_id)
    await pass_time(company.database, minutes=3)
    assert await company.read(actor_for, signed.token, KEY) is None


async def test_a_touch_brings_nobody_back(company: Company):
    _, signed = await in_the_day_room(company, company.at.walter)
    await company.do(sign_out, signed.actor)
    await company.do(touched, signed.actor)
    assert await company.read(actor_for, signed.token, KEY) is None


async def test_an_ordinary_card_on_a_shared_tablet_begins_a_short_sign_in(company: Company):
    _, walters = await in_the_day_room(company, company.at.walter)

    def ordinary(session: Session) -> str:
        return cards.issue(session, company.at.nora, session.get_one(Person, company.at.rose.id), KEY).code

    here = Device("iPad", walters.tablet_token)
    rose = await company.do(sign_in_with_card, await company.do(ordinary), KEY, at=here)
    assert rose.actor.shared
    assert await names(company, walters.tablet_token) == ["Walter"], "her card is not for shared tablets"


def test_a_tap_on_a_name_can_never_be_a_code_or_a_secret():
    assert shared_tablets.ON_THIS_TABLET not in "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ"
