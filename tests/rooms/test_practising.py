"""The practice room: one for each member, found by nobody else."""

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.messages.removing import remove
from app.people.actors import SYSTEM
from app.people.consent import JoinFirst
from app.people.joining import add_person
from app.problems import Invalid, NotAllowed, NotFound
from app.rooms import practising
from app.rooms.finding import all_rooms, people_in, room_for, rooms_for
from tests.support.company import Company, actor_of


async def test_it_is_made_once_and_stands_in_no_list(company: Company):
    rose = company.at.rose
    room = await company.do(practising.go_in, rose)
    assert (await company.do(practising.go_in, rose)).id == room.id
    assert [one.name for one in await company.read(people_in, room.id)] == ["Rose"]
    assert room.id not in {one.id for one in await company.read(rooms_for, rose)}
    assert room.id not in {one.id for one in await company.read(all_rooms, company.at.nora)}


async def test_nobody_else_finds_it(company: Company):
    room = await company.do(practising.go_in, company.at.rose)
    for who in (company.at.harold, company.at.fay, company.at.joan, company.at.nora, company.at.sybil):
        with pytest.raises(NotFound):
            await company.read(room_for, who, room.id)


async def test_joan_comes_in_on_purpose_and_is_seen_there(company: Company):
    rose = await company.person(company.at.rose)
    room = await company.do(practising.come_beside, company.at.joan, rose)
    await company.do(practising.come_beside, company.at.joan, rose)
    assert [one.name for one in await company.read(people_in, room.id)] == ["Joan", "Rose"]
    links = select(AuditLink.whom).where(AuditLink.who == company.at.joan.id, AuditLink.did == "come_beside")
    assert await company.read(lambda session: list(session.scalars(links))) == [rose.id] * 2
    for who in (company.at.harold, company.at.fay, company.at.asha):
        with pytest.raises(NotAllowed):
            await company.do(practising.come_beside, who, rose)
    with pytest.raises(Invalid):
        await company.do(practising.come_beside, company.at.joan, await company.person(company.at.joan))


async def test_it_tells_what_was_tried(company: Company):
    rose = company.at.rose
    assert await company.read(practising.practised, rose.id) == practising.Practised(False, False)
    room = await company.do(practising.go_in, rose)
    said = await company.say(rose, "One, two, three", room.id)
    assert await company.read(practising.practised, rose.id) == practising.Practised(True, False)
    await company.do(remove, rose, room.id, said.seq)
    assert await company.read(practising.practised, rose.id) == practising.Practised(True, True)


async def test_who_has_not_joined_is_asked_first(company: Company):
    luis = await company.do(lambda session: actor_of(session, add_person(session, SYSTEM, "Luis", roles=("member",))))
    with pytest.raises(JoinFirst):
        await company.do(practising.go_in, luis)
