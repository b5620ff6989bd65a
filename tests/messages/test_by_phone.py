"""Rose, by phone, written by Joan: hers in every way, with Joan's name on it."""

import pytest
from sqlalchemy import select

from app.foundation.announcements import Change
from app.foundation.audit import AuditLink
from app.foundation.clock import database_now
from app.messages.by_phone import post_by_phone
from app.messages.refs import Held, Said
from app.messages.removing import remove
from app.messages.reviewing import release
from app.people.actors import Actor
from app.problems import Invalid, Muted, NotAllowed, NotFound, RoomClosed
from app.rooms import membership, opening
from app.rooms.models import Entry, Room
from tests.support.company import Company, new_ref


async def writes_for_rose(company: Company, text: str = "I cannot come on Monday.", *, by: Actor | None = None, **more):
    rose, who = await company.person(company.at.rose), by or company.at.joan
    options = {"ref": new_ref(), "said_yes": True, "room_id": company.at.monday, **more}
    return await company.do(post_by_phone, who, rose, options.pop("room_id"), text, **options)


async def newest(company: Company) -> Entry:
    query = select(Entry).where(Entry.room_id == company.at.monday).order_by(Entry.seq.desc())
    return await company.read(lambda session: session.scalars(query).first())


async def test_the_room_hears_rose_and_who_wrote_it_down(company: Company):
    said = await writes_for_rose(company)
    assert isinstance(said, Said)
    entry = await newest(company)
    assert (entry.author_id, entry.author_name, entry.text) == (company.at.rose.id, "Rose", "I cannot come on Monday.")
    assert entry.data == {"by_phone": {"id": company.at.joan.id, "name": "Joan"}}
    [change] = [one for one in company.heard if isinstance(one, Change)]
    assert change.body["data"]["by_phone"]["name"] == "Joan"


async def test_joan_learns_nothing_of_the_room_by_it(company: Company):
    await company.say(company.at.harold, "Ellen died on Sunday.")
    said = await writes_for_rose(company)
    assert vars(type(said)).keys() & {"seq", "version"} and "Ellen" not in repr(said)


async def test_rose_can_take_it_back(company: Company):
    said = await writes_for_rose(company)
    await company.do(remove, company.at.rose, company.at.monday, said.seq)
    assert (await newest(company)).removed_by == company.at.rose.id


async def test_the_same_form_sent_twice_is_one_message(company: Company):
    ref = new_ref()
    assert await writes_for_rose(company, ref=ref) == await writes_for_rose(company, ref=ref)


async def test_nothing_goes_out_before_she_said_yes(company: Company):
    with pytest.raises(Invalid):
        await writes_for_rose(company, said_yes=False)
    assert await newest(company) is None


async def test_it_is_recorded_without_a_word(company: Company):
    await writes_for_rose(company)
    link = await company.read(lambda s: s.scalars(select(AuditLink).order_by(AuditLink.number.desc())).first())
    assert (link.who, link.did, link.whom) == (company.at.joan.id, "post_by_phone", company.at.rose.id)
    assert link.place == company.at.monday and "Monday." not in str(link.details)


async def test_words_of_somebody_whose_words_are_held_wait_and_keep_joans_name(company: Company):
    await company.do(membership.hold_words, company.at.fay, company.at.monday, company.at.rose.id, True)
    held = await writes_for_rose(company)
    assert isinstance(held, Held) and await newest(company) is None
    await company.do(release, company.at.fay, held.waiting)
    entry = await newest(company)
    assert entry.data["by_phone"]["name"] == "Joan" and "written_at" in entry.data


async def test_a_muted_member_is_muted_on_the_telephone_too(company: Company):
    until = (await company.read(database_now)).replace(year=2030)
    await company.do(membership.mute, company.at.fay, company.at.monday, company.at.rose.id, until, "A rest")
    with pytest.raises(Muted):
        await writes_for_rose(company)


async def test_a_closed_room_is_closed_on_the_telephone_too(company: Company):
    room = await company.room(company.at.monday)
    await company.do(lambda s: opening.close_room(s, company.at.nora, s.get_one(Room, room.id)))
    with pytest.raises((RoomClosed, NotFound)):
        await writes_for_rose(company)


@pytest.mark.parametrize("room", ["thursday", "pair", "back_room"])
async def test_it_is_only_for_group_rooms_that_she_belongs_to(company: Company, room: str):
    with pytest.raises(NotFound):
        await writes_for_rose(company, room_id=getattr(company.at, room))


@pytest.mark.parametrize("who", ["harold", "fay", "sam", "asha", "nora", "vera", "sybil"])
async def test_nobody_else_writes_for_her(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await writes_for_rose(company, by=getattr(company.at, who))


async def test_a_helper_does_not_write_for_themself(company: Company):
    joan = await company.person(company.at.joan)
    with pytest.raises(NotAllowed):
        await company.do(post_by_phone, company.at.joan, joan, company.at.monday, "Hello", said_yes=True)
