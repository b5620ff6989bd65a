"""A pause: nobody writes, help works, what is sent is one worry at the most; "not alone" is said once it is true."""

import pytest
from sqlalchemy import select

from app.crisis.answering import answer, on_the_phone
from app.crisis.judging import judge
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident
from app.crisis.pausing import pause, resume
from app.crisis.raising import raise_help
from app.crisis.worrying import Flag
from app.messages.posting import words_of
from app.messages.refs import Said
from app.problems import NotFound, RoomPaused
from app.rooms.models import Entry
from app.web.answering import answer_frame
from tests.support.company import Company, new_ref


async def notices(company: Company) -> list[str]:
    query = select(Entry.data).where(Entry.room_id == company.at.monday, Entry.kind == "notice").order_by(Entry.seq)
    return [data["what"] for data in await company.read(lambda session: list(session.scalars(query)))]


async def test_nobody_writes_while_it_lasts_and_everybody_may_afterwards(company: Company):
    at = company.at
    await company.do(pause, at.fay, at.monday)
    for who in (at.rose, at.gil, at.fay):
        assert isinstance(await company.answer(who, "Good morning"), RoomPaused)
    assert isinstance(await company.answer(at.rose, "Good morning, Sam", at.pair), Said)
    await company.do(resume, at.gil, at.monday)
    assert isinstance(await company.answer(at.rose, "Good morning"), Said)
    assert await notices(company) == ["paused", "resumed"]


async def test_a_tablet_is_told_that_it_is_for_a_moment_in_the_words_of_the_contract(company: Company):
    await company.do(pause, company.at.fay, company.at.monday)
    refused = await company.answer(company.at.rose, "Good morning")
    frame = answer_frame(refused, "ref", company.at.monday, "en", None)
    assert (frame["type"], frame["code"], frame["paused"]) == ("refused", "room_closed", True)
    assert "retry_after_ms" not in frame


async def test_the_same_words_go_in_when_the_room_goes_on(company: Company):
    at, ref = company.at, new_ref()
    await company.do(pause, at.fay, at.monday)
    assert isinstance(await company.answer(at.rose, "Good morning", ref=ref), RoomPaused)
    await company.do(resume, at.fay, at.monday)
    assert isinstance(await company.answer(at.rose, "Good morning", ref=ref), Said)


async def test_help_works_and_the_screen_reads_what_knocks_once(company: Company):
    at, ref = company.at, new_ref()
    await company.do(pause, at.fay, at.monday)
    words = words_of(at.dot, at.monday, ref, "I wish I could sleep and not wake up")
    for _ in range(4):
        assert isinstance((await company.post(words))[0], RoomPaused)
    assert len(await company.read(lambda session: list(session.scalars(select(Flag))))) == 1
    assert (await company.do(raise_help, at.rose, new_ref(), at.monday)).incident.tier == "emergency"


async def test_twice_is_once_and_only_who_keeps_a_group_room_pauses_it(company: Company):
    at = company.at
    for _ in range(2):
        await company.do(pause, at.fay, at.monday)
    assert await notices(company) == ["paused"]
    for who, room in ((at.rose, at.monday), (at.asha, at.monday), (at.sam, at.pair), (at.vera, at.monday)):
        with pytest.raises(NotFound):
            await company.do(pause, who, room)


async def test_not_alone_is_said_only_once_somebody_has_arrived(company: Company):
    at = company.at
    call = (await company.do(raise_help, at.dot, new_ref(), at.monday)).incident_id
    await company.do(pause, at.fay, at.monday, at.dot.id)
    await company.do(answer, at.asha, call)
    assert await notices(company) == ["paused"]
    room = (await company.read(lambda session: session.get_one(Incident, call))).help_room_id
    await company.say(at.dot, "Is anybody there", room)
    assert await notices(company) == ["paused"]
    await company.say(at.asha, "I am here, Dot", room)
    assert await notices(company) == ["paused", "accompanied"]
    await company.do(on_the_phone, at.asha, call)
    assert await notices(company) == ["paused", "accompanied"]


async def test_it_is_said_at_once_where_it_is_true_already(company: Company):
    at = company.at
    call = (await company.do(raise_help, at.dot, new_ref(), at.monday)).incident_id
    await company.do(answer, at.asha, call)
    await company.do(on_the_phone, at.asha, call)
    await company.do(pause, at.fay, at.monday, at.dot.id)
    assert await notices(company) == ["paused", "accompanied"]


async def test_a_facilitator_who_is_with_her_counts_and_where_nobody_is_named_nothing_is_said(company: Company):
    at = company.at
    words = words_of(at.dot, at.monday, new_ref(), "I wish I could sleep and not wake up")
    await company.post(words)
    flag = await company.read(lambda session: session.scalars(select(Flag.id)).one())
    await company.do(pause, at.fay, at.monday)
    await company.do(judge, at.gil, flag, "with_them", EVERY_LINE)
    assert await notices(company) == ["paused"]
    await company.do(resume, at.fay, at.monday)
    await company.do(pause, at.fay, at.monday, at.dot.id)
    assert (await notices(company))[-1] == "accompanied"


async def test_nobody_who_is_not_of_the_room_can_be_named(company: Company):
    at = company.at
    call = (await company.do(raise_help, at.mei, new_ref())).incident_id
    await company.do(answer, at.asha, call)
    await company.do(on_the_phone, at.asha, call)
    await company.do(pause, at.fay, at.monday, at.mei.id)
    assert await notices(company) == ["paused"]
