"""The room in which somebody is helped: the two of them and nobody else, nothing held, nothing masked, nobody muted."""

import pytest
from sqlalchemy import select

from app.crisis.answering import answer, pass_on, take_over
from app.crisis.ending import close
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident
from app.crisis.raising import raise_help
from app.foundation.announcements import Change, Moment, StateChanged
from app.messages.posting import words_of
from app.messages.reading import open_room
from app.messages.refs import Said
from app.people import supporting
from app.people.actors import SYSTEM, Actor
from app.people.consent import take_back
from app.people.granting import give_role
from app.problems import NotFound, RoomClosed
from app.rooms import supporters
from app.rooms.finding import all_rooms, any_room_for, people_in, rooms_for
from app.rooms.membership import add_member, hold_words, mute, remove_member
from app.rooms.models import Entry, Room
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time


async def call_of_dot(company: Company) -> tuple[str, str]:
    """Dot calls out of the Monday Circle and Asha answers: the call, and their room."""
    call = (await company.do(raise_help, company.at.dot, new_ref(), company.at.monday)).incident_id
    await company.do(answer, company.at.asha, call)
    incident = await company.read(lambda session: session.get_one(Incident, call))
    return call, incident.help_room_id


async def names_in(company: Company, room: str) -> set[str]:
    return {person.name for person in await company.read(people_in, room)}


async def test_dot_and_asha_are_in_it_and_for_everybody_else_there_is_no_such_room(company: Company):
    _, room = await call_of_dot(company)
    assert await names_in(company, room) == {"Dot", "Asha"}
    for who in (company.at.rose, company.at.fay, company.at.ben, company.at.nora, company.at.vera, company.at.sam):
        with pytest.raises(NotFound):
            await company.read(open_room, who, room)
        with pytest.raises(NotFound):
            await company.read(any_room_for, who, room)
        assert room not in {one.id for one in await company.read(all_rooms, who)}


async def test_nobody_can_be_let_in_or_put_out_by_who_chooses_members(company: Company):
    _, room = await call_of_dot(company)
    with pytest.raises(NotFound):
        await company.do(remove_member, company.at.nora, room, company.at.dot.id)
    with pytest.raises(NotFound):
        await company.read(any_room_for, company.at.nora, room)


async def test_who_types_for_dot_is_not_in_it(company: Company):
    dot, mei = await company.person(company.at.dot), await company.person(company.at.mei)
    await company.do(supporting.introduce, company.at.nora, dot, mei)
    [one] = await company.read(supporting.supports_of, company.at.dot.id)
    await company.do(supporters.want, company.at.dot, one.support.id)
    await company.do(supporters.promise, company.at.mei, one.support.id)
    assert "Mei, for Dot" in await names_in(company, company.at.monday)
    _, room = await call_of_dot(company)
    assert await names_in(company, room) == {"Dot", "Asha"}


async def test_the_group_sees_and_hears_none_of_it(company: Company):
    await company.say(company.at.rose, "Good morning")
    before = await company.room(company.at.monday)
    company.heard.clear()
    call, room = await call_of_dot(company)
    await company.say(company.at.asha, "I am here, Dot", room)
    await company.say(company.at.dot, "My knees gave way", room)
    await company.do(close, company.at.asha, call, "safe_with_plan", "They talked")
    told = [one for one in company.heard if isinstance(one, (Change, Moment, StateChanged))]
    assert {one.channel for one in told} == {room}
    after = await company.room(company.at.monday)
    assert (after.version, after.state_version) == (before.version, before.state_version)


async def test_nothing_is_held_or_muted_there_whatever_holds_in_the_group(company: Company):
    at = company.at
    await company.do(hold_words, at.fay, at.monday, at.dot.id, True)
    until = (await company.room(at.monday)).made_at.replace(year=2099)
    await company.do(mute, at.fay, at.monday, at.dot.id, until, "For a rest")
    _, room = await call_of_dot(company)
    for number in range(15):
        assert isinstance(await company.answer(at.dot, f"My card is 4111 1111 1111 1111 ({number})", room), Said)
    said = select(Entry.text).where(Entry.room_id == room, Entry.seq == 1)
    assert await company.read(lambda session: session.scalar(said)) == "My card is 4111 1111 1111 1111 (0)"


async def test_a_facilitator_who_answers_cannot_hold_mute_or_take_out_words_there(company: Company):
    await company.do(give_role, SYSTEM, await company.person(company.at.asha), "facilitator")
    _, room = await call_of_dot(company)
    asha = await company.again(company.at.asha)
    opened = await company.read(open_room, asha, room)
    assert opened.can == ["say", "react"]


async def test_who_took_back_their_yes_writes_there_all_the_same(company: Company):
    await company.do(take_back, company.at.dot.id)
    _, room = await call_of_dot(company)
    assert isinstance(await company.answer(company.at.dot, "Please stay", room), Said)
    assert not isinstance(await company.answer(company.at.dot, "Hello", company.at.monday), Said)


async def in_it(company: Company, who: Actor, room: str) -> bool:
    return room in {one.id for one in await company.read(rooms_for, who)}


async def test_at_hand_over_the_new_owner_comes_in_and_the_one_before_goes_out(company: Company):
    call, room = await call_of_dot(company)
    await company.do(take_over, company.at.ben, call)
    assert await names_in(company, room) == {"Dot", "Ben"}
    with pytest.raises(NotFound):
        await company.read(open_room, company.at.asha, room)
    await company.do(take_over, company.at.asha, call)
    assert await names_in(company, room) == {"Dot", "Asha"}


async def test_who_passes_it_on_stays_with_her_until_the_next_one_comes(company: Company):
    call, room = await call_of_dot(company)
    await company.do(pass_on, company.at.asha, call, EVERY_LINE)
    assert await names_in(company, room) == {"Dot", "Asha"}
    await company.do(answer, company.at.ben, call)
    assert await names_in(company, room) == {"Dot", "Ben"}


async def test_when_it_is_over_it_says_so_and_a_new_call_has_a_new_room(company: Company):
    call, room = await call_of_dot(company)
    await company.do(close, company.at.asha, call, "safe_with_plan", "They talked")
    last = select(Entry.kind, Entry.data).where(Entry.room_id == room)
    assert (await company.read(lambda session: session.execute(last).one())) == ("notice", {"what": "ended"})
    assert isinstance(await company.answer(company.at.dot, "Are you there", room), RoomClosed)
    await pass_time(company.database, seconds=1)
    _, again = await call_of_dot(company)
    assert again != room and isinstance(await company.answer(company.at.dot, "Asha?", again), Said)


async def test_dangerous_words_into_a_room_that_is_over_raise_a_new_call(company: Company):
    call, room = await call_of_dot(company)
    await company.do(close, company.at.asha, call, "safe_with_plan", "They talked")
    words = words_of(company.at.dot, room, new_ref(), "I am going to kill myself tonight")
    assert isinstance((await company.post(words))[0], RoomClosed)
    open_now = select(Incident.tier).where(Incident.closed_at.is_(None), Incident.person_id == company.at.dot.id)
    assert await company.read(lambda session: list(session.scalars(open_now))) == ["emergency"]


async def test_letting_somebody_in_is_for_the_house_alone(company: Company):
    _, room = await call_of_dot(company)
    found = await company.read(lambda session: session.get_one(Room, room))
    with pytest.raises(NotFound):
        await company.do(add_member, company.at.nora, found, await company.person(company.at.rose))
