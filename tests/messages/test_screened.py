"""Every word that reaches the server is read by the screen, whatever becomes of it."""

from typing import Any

import pytest
from sqlalchemy import select

from app.crisis import worrying
from app.crisis.models import Incident, Page
from app.crisis.worrying import Flag
from app.foundation.database import Session
from app.messages.pace import Pace
from app.messages.posting import Answer, post_alone, post_batch, words_of
from app.messages.refs import Held, Said
from app.people.actors import Actor
from app.problems import Muted, RoomClosed, TooLong
from app.rooms.membership import hold_words, mute
from app.rooms.models import Room
from app.rooms.opening import close_room
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref

DANGER = "I have taken all my tablets and I want to die tonight"
WORRY = "I wish I could go to sleep and not wake up"
PLAIN = "The roses are late this year"


async def says(company: Company, who: Actor, text: str, ref: str = "", room: str = "") -> Answer:
    """As the line of words does it: together, and alone where they need more."""
    words = words_of(who, room or company.at.monday, ref or new_ref(), text)
    [answer] = await company.do(post_batch, [words], company.pace)
    return await company.do(post_alone, words, Pace()) if type(answer).__name__ == "Alone" else answer


async def every(company: Company, table: Any) -> list[Any]:
    return await company.read(lambda session: list(session.scalars(select(table))))


@pytest.fixture
async def on_call(company: Company) -> Company:
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "push", "text")
    return company


async def test_danger_is_said_and_pages_somebody_in_the_same_transaction(on_call: Company):
    answer = await says(on_call, on_call.at.dot, DANGER)
    assert isinstance(answer, Said)
    [incident] = await every(on_call, Incident)
    assert (incident.person_id, incident.tier, incident.origin) == (on_call.at.dot.id, "emergency", "words")
    assert {page.kind for page in await every(on_call, Page)} == {"push", "text"}
    [flag] = await every(on_call, Flag)
    assert (flag.seq, flag.became, flag.incident_id) == (answer.seq, "said", incident.id)
    assert "tablets" not in str([flag.rules, flag.category, flag.version])


async def test_if_the_transaction_fails_there_is_neither(on_call: Company):
    def stumble(session: Session) -> None:
        post_alone(session, words_of(on_call.at.dot, on_call.at.monday, new_ref(), DANGER), Pace())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await on_call.do(stumble)
    assert [await every(on_call, table) for table in (Incident, Page, Flag)] == [[], [], []]


async def test_a_repeated_ref_is_one_flag(on_call: Company):
    ref = new_ref()
    first = await says(on_call, on_call.at.dot, DANGER, ref)
    assert await says(on_call, on_call.at.dot, DANGER, ref) == first
    assert len(await every(on_call, Flag)) == 1


async def test_a_worry_tells_facilitators_and_pages_nobody(on_call: Company):
    await says(on_call, on_call.at.dot, WORRY)
    [incident] = await every(on_call, Incident)
    assert incident.tier == "concern"
    assert await every(on_call, Page) == []


async def test_three_worries_in_a_day_are_danger(on_call: Company):
    for _ in range(worrying.CONCERNS_THAT_ARE_DANGER):
        await says(on_call, on_call.at.dot, WORRY)
    [incident] = await every(on_call, Incident)
    assert incident.tier == "emergency"
    assert await every(on_call, Page)


async def test_plain_words_open_nothing(on_call: Company):
    assert isinstance(await says(on_call, on_call.at.dot, PLAIN), Said)
    assert await every(on_call, Flag) == []


async def test_held_words_are_read_too(on_call: Company):
    await on_call.do(hold_words, on_call.at.fay, on_call.at.monday, on_call.at.ken.id, True)
    assert isinstance(await says(on_call, on_call.at.ken, DANGER), Held)
    [flag] = await every(on_call, Flag)
    assert (flag.became, flag.seq) == ("held", None)
    assert await every(on_call, Page)


async def test_refused_words_are_read_too(on_call: Company):
    at = on_call.at
    until = (await every(on_call, Room))[0].made_at.replace(year=2035)
    await on_call.do(mute, at.fay, at.monday, at.ken.id, until, "Selling boats")
    assert isinstance(await says(on_call, at.ken, DANGER), Muted)
    await on_call.do(lambda session: close_room(session, at.nora, session.get_one(Room, at.monday)))
    assert isinstance(await says(on_call, at.rose, DANGER), RoomClosed)
    assert isinstance(await says(on_call, at.dot, f"{DANGER}. " + "And so on. " * 500), TooLong)
    assert [flag.became for flag in await every(on_call, Flag)] == ["refused"] * 3
    assert len(await every(on_call, Incident)) == 3


async def test_words_to_a_room_that_one_is_not_in_are_read_too_and_say_nothing_of_it(on_call: Company):
    """She may just have been taken out of it, and write what stood on her tablet."""
    await says(on_call, on_call.at.sybil, DANGER)
    [flag], [incident] = await every(on_call, Flag), await every(on_call, Incident)
    assert (flag.became, flag.room_id, incident.room_id, incident.tier) == ("refused", "", "", "emergency")


async def test_spanish_is_read_whatever_the_settings_say(on_call: Company):
    await says(on_call, on_call.at.luis, "ya no quiero vivir, me voy a matar esta noche", room=on_call.at.thursday)
    [incident] = await every(on_call, Incident)
    assert incident.tier == "emergency"


async def test_a_screen_that_stumbles_loses_no_word_and_opens_a_worry(on_call: Company, monkeypatch):
    def stumble(*anything: object) -> None:
        raise RuntimeError(DANGER)

    monkeypatch.setattr("app.crisis.screening.screen", stumble)
    assert isinstance(await says(on_call, on_call.at.dot, PLAIN), Said)
    [incident] = await every(on_call, Incident)
    [flag] = await every(on_call, Flag)
    assert (incident.tier, flag.whole) == ("concern", False)
