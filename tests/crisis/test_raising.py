"""A call for help is stored first, with what must happen, and never refused."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from app.crisis.answering import answer
from app.crisis.ending import close
from app.crisis.lines import Lines
from app.crisis.models import Incident, Page, Tap
from app.crisis.raising import LONGEST_NOTE, PAGE_SCREENS, Raised, raise_help
from app.crisis.telling import NO_ANSWER, NOBODY_TOLD, ON_SCREENS, TELLING, truth
from app.foundation.announcements import AlertsChanged
from app.foundation.beat import Beat
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.due import Due
from app.messages.posting import Words
from app.people.actors import Actor
from app.people.models import Site
from app.rooms import presence
from app.rooms.membership import hold_words, mute, remove_member
from app.rooms.models import Room
from app.rooms.opening import close_room
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time


async def call(company: Company, who: Actor | None = None, ref: str = "", room: str = "", note: str = "") -> Raised:
    """Rose, unless told otherwise, presses *I need help now* whatever else is so."""
    actor, ref = who or company.at.rose, ref or new_ref()
    return await company.database.urgently(raise_help, actor, ref, room, note)


async def incident(company: Company, raised: Raised) -> Incident:
    return await company.read(lambda session: session.get_one(Incident, raised.incident_id))


async def notes(company: Company) -> list[str]:
    return await company.read(lambda session: list(session.scalars(select(Tap.note).order_by(Tap.at))))


async def due(company: Company) -> list[tuple[str, str]]:
    rows = select(Due.what, Due.whom).where(Due.what.like("page_%")).order_by(Due.what)
    return await company.read(lambda session: [tuple(row) for row in session.execute(rows)])


async def set_catch_all(company: Company, address: str) -> None:
    await company.do(lambda session: session.execute(update(Site).values(catch_all=address)).close())


async def is_here(company: Company, who: Actor, room: str) -> None:
    await company.do(presence.note, "one", {(room, who.id)}, set())


async def test_a_call_is_one_incident_with_its_time_and_place(company: Company):
    raised = await call(company, room=company.at.monday, note="I have fallen")
    kept = await incident(company, raised)
    assert (kept.person_id, kept.room_id) == (company.at.rose.id, company.at.monday)
    assert (kept.owner_id, kept.closed_at, kept.tier) == ("", None, "emergency")
    assert await notes(company) == ["I have fallen"]


async def test_the_same_ref_is_the_same_call_and_changes_nothing(company: Company):
    ref = new_ref()
    first = await call(company, ref=ref, note="I have fallen")
    company.heard.clear()
    again = await call(company, ref=ref, note="other words")
    assert (again.incident_id, again.told) == (first.incident_id, first.told)
    assert (await notes(company), company.heard) == (["I have fallen"], [])


async def test_the_same_ref_finds_its_call_also_when_that_is_closed(company: Company):
    ref = new_ref()
    first = await call(company, ref=ref)
    await company.do(close, company.at.asha, first.incident_id, "safe_with_plan", "Rang her daughter")
    assert (await call(company, ref=ref)).incident_id == first.incident_id


async def test_another_tap_joins_the_call_that_is_open(company: Company):
    first = await call(company, note="I have fallen")
    second = await call(company, note="Please come")
    assert second.incident_id == first.incident_id
    assert await notes(company) == ["I have fallen", "Please come"]
    assert len(await due(company)) == 1


async def test_another_tap_leaves_a_call_with_who_has_it(company: Company):
    raised = await call(company)
    await company.do(answer, company.at.asha, raised.incident_id)
    await call(company)
    assert (await incident(company, raised)).owner_id == company.at.asha.id


async def test_a_late_tap_keeps_the_time_it_was_pressed_and_none_comes_from_the_future(company: Company):
    at = await company.read(database_now)
    early = await company.do(raise_help, company.at.rose, new_ref(), pressed_at=at - timedelta(minutes=20))
    assert (await incident(company, early)).raised_at == at - timedelta(minutes=20)
    ahead = await company.do(raise_help, company.at.harold, new_ref(), pressed_at=at + timedelta(days=1))
    assert (await incident(company, ahead)).raised_at <= await company.read(database_now)


async def test_after_it_was_closed_a_new_tap_is_a_new_call(company: Company):
    first = await call(company)
    await company.do(close, company.at.asha, first.incident_id, "safe_with_plan", "Rang her daughter")
    await pass_time(company.database, seconds=1)
    assert (await call(company)).incident_id != first.incident_id
    assert len(await due(company)) == 2


async def test_one_ref_of_two_people_is_two_calls(company: Company):
    ref = new_ref()
    raised = {(await call(company, who, ref)).incident_id for who in (company.at.rose, company.at.harold)}
    assert len(raised) == 2


@pytest.mark.parametrize("same", [True, False])
async def test_taps_at_once_are_one_call(company: Company, same: bool):
    ref = new_ref()
    raised = await asyncio.gather(*(call(company, ref=ref if same else "") for _ in range(5)))
    assert len({one.incident_id for one in raised}) == 1
    assert len(await due(company)) == 1
    assert len(await notes(company)) == (1 if same else 5)


async def test_what_must_happen_is_stored_with_it_or_not_at_all(company: Company):
    await set_catch_all(company, "office@example.org")

    def stumble(session: Session) -> None:
        raise_help(session, company.at.rose, new_ref())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await company.database.urgently(stumble)
    assert await due(company) == []
    raised = await call(company)
    assert await due(company) == [(PAGE_SCREENS, raised.incident_id)]
    assert await company.read(lambda session: [page.kind for page in session.scalars(select(Page))]) == ["email"]


async def test_every_process_learns_of_it(company: Company):
    def version(session: Session) -> int:
        return session.scalars(select(Beat.alert_version)).one()

    before = await company.read(version)
    await call(company)
    assert (await company.read(version), company.heard) == (before + 1, [AlertsChanged()])


async def refuse_everything(company: Company) -> None:
    """Ken is held, muted, out of breath, in a closed room, and removed from it."""
    at, until = company.at, datetime(2030, 1, 1, tzinfo=UTC)
    await company.do(hold_words, at.fay, at.monday, at.ken.id, True)
    await company.do(mute, at.fay, at.monday, at.ken.id, until, "Selling boats")
    await company.post(*(Words(at.monday, at.ken.id, new_ref(), "Buy my boat") for _ in range(20)))
    await company.do(lambda session: close_room(session, at.nora, session.get_one(Room, at.monday)))
    await company.do(remove_member, at.fay, at.monday, at.ken.id)


async def test_no_mute_sanction_haste_or_closed_room_refuses_it(company: Company):
    await refuse_everything(company)
    for _ in range(30):
        assert (await call(company, company.at.ken, room=company.at.monday, note="Help")).incident_id


@pytest.mark.parametrize("room", ["no-such-room", "", "x" * 10_000, "' OR 1=1 --"])
async def test_a_room_that_is_not_theirs_is_left_out_and_never_a_reason_to_refuse(company: Company, room: str):
    assert (await incident(company, await call(company, room=room))).room_id == ""
    sybils = await call(company, company.at.sybil, room=company.at.monday)
    assert (await incident(company, sybils)).room_id == ""


@pytest.mark.parametrize(
    "note", ["x" * 1_000_000, "🏡" * 250_000, "a\x00b\ud800", "", "   ", "<script>alert(1)</script>"]
)
async def test_a_note_of_any_kind_is_kept_as_far_as_it_fits(company: Company, note: str):
    await call(company, note=note)
    [kept] = await notes(company)
    assert len(kept) <= LONGEST_NOTE
    assert kept[:1] == note.strip()[:1]


@pytest.mark.parametrize("who", ["rose", "sam", "fay", "asha", "joan", "nora", "sybil"])
async def test_anybody_may_call(company: Company, who: str):
    assert (await call(company, getattr(company.at, who))).incident_id


async def state(company: Company, raised: Raised) -> str:
    return (await company.read(lambda session: truth(session, session.get_one(Incident, raised.incident_id)))).state


async def test_where_nobody_could_be_told_it_says_so_and_gives_the_numbers(company: Company):
    raised = await call(company)
    assert (raised.told, await state(company, raised)) == (False, "nobody_told")
    for sentence in (TELLING, ON_SCREENS, NO_ANSWER, NOBODY_TOLD):
        assert "{emergency}" in sentence and "{crisis}" in sentence


async def test_a_catch_all_address_is_somebody(company: Company):
    await set_catch_all(company, "office@example.org")
    raised = await call(company)
    assert (raised.told, await state(company, raised)) == (True, "stand_ins")
    assert "Nobody has been rung" in ON_SCREENS


async def test_an_address_without_a_mail_server_is_nobody(company: Company):
    await set_catch_all(company, "office@example.org")
    raised = await company.do(raise_help, company.at.rose, new_ref(), lines=Lines(ZoneInfo("UTC"), frozenset({"push"})))
    assert not raised.told
    assert await due(company) == [(PAGE_SCREENS, raised.incident_id)]


@pytest.mark.parametrize(("who", "told"), [("asha", True), ("fay", True), ("sam", False), ("harold", False)])
async def test_so_is_staff_who_see_calls_and_are_here_now(company: Company, who: str, told: bool):
    room = company.at.pair if who == "sam" else company.at.back_room if who == "asha" else company.at.monday
    await is_here(company, getattr(company.at, who), room)
    assert (await call(company)).told is told


async def test_staff_whose_tablet_fell_silent_are_nobody(company: Company):
    await is_here(company, company.at.asha, company.at.back_room)
    await pass_time(company.database, seconds=presence.VOID_AFTER_SECONDS + 1)
    assert not (await call(company)).told


async def test_whoever_calls_is_nobody_to_themselves(company: Company):
    await is_here(company, company.at.asha, company.at.back_room)
    assert not (await call(company, company.at.asha)).told
