"""Words are kept as long as the house chose, by kind of room; what is let go is gone for everybody."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.crisis import answering, ending
from app.crisis.raising import raise_help
from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.foundation.due import plan_today
from app.keeping import retention
from app.keeping.retention import CALLS, FORGET_OLD_WORDS, choose, chosen
from app.messages.reading import history
from app.messages.refs import Said
from app.messages.reviewing import decline, release
from app.people.actors import Actor
from app.people.consent import agreed_on_paper
from app.problems import Invalid, NotAllowed
from app.rooms import forgetting
from app.rooms.entries import changes_since
from app.rooms.membership import hold_words
from app.rooms.practising import go_in
from app.settings import Settings
from app.worker import do_one
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


async def night(company: Company, settings: Settings) -> None:
    await company.do(plan_today, [FORGET_OLD_WORDS])
    while await do_one(company.database, settings):
        pass


async def texts(company: Company, room: str, by: Actor) -> list[str]:
    return [entry["text"] for entry in (await company.read(history, by, room, None, 50)).entries]


def everywhere(session: Session) -> str:
    """Every text that is stored anywhere in the tables of words."""
    tables = ("entries", "waiting", "taps", "incidents", "incident_notes", "forgotten_refs")
    return " ".join(str(tuple(row)) for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))


async def test_until_somebody_chooses_everything_is_kept(company: Company, settings: Settings):
    await company.say(company.at.rose, "Good morning")
    await pass_time(company.database, days=4000)
    await night(company, settings)
    assert await texts(company, company.at.monday, company.at.rose) == ["Good morning"]
    assert set((await company.read(chosen)).values()) == {None}


async def test_what_is_older_than_was_chosen_is_gone_in_that_kind_of_room_alone(company: Company, settings: Settings):
    at = company.at
    await company.do(choose, at.nora, "group", 30)
    await company.say(at.rose, "old in the circle")
    await company.say(at.rose, "old to Sam", at.pair)
    await pass_time(company.database, days=29)
    await company.say(at.harold, "young in the circle")
    await night(company, settings)
    assert "old in the circle" in await texts(company, at.monday, at.rose)
    await pass_time(company.database, days=2)
    await night(company, settings)
    assert await texts(company, at.monday, at.rose) == ["young in the circle"]
    assert await texts(company, at.pair, at.rose) == ["old to Sam"]
    assert "old in the circle" not in await company.read(everywhere)


async def test_a_practice_room_keeps_words_no_longer_than_groups_do(company: Company, settings: Settings):
    at = company.at
    await company.do(agreed_on_paper, at.joan, await company.person(at.rose))
    room = await company.do(go_in, at.rose)
    await company.do(choose, at.nora, "group", 30)
    await company.say(at.rose, "one two three", room.id)
    await pass_time(company.database, days=31)
    await night(company, settings)
    assert await texts(company, room.id, at.rose) == []


async def test_places_go_on_and_a_ref_is_answered_as_ever(company: Company, settings: Settings):
    at, ref = company.at, new_ref()
    await company.do(choose, at.nora, "group", 30)
    assert await company.answer(at.rose, "Good morning", ref=ref) == Said(1, 1)
    await pass_time(company.database, days=31)
    await night(company, settings)
    assert await company.answer(at.rose, "Good morning", ref=ref) == Said(1, 1)
    assert await company.say(at.rose, "Good evening") == Said(2, 3)


async def test_who_knew_the_room_before_reads_it_afresh(company: Company, settings: Settings):
    at = company.at
    await company.do(choose, at.nora, "group", 30)
    await company.say(at.rose, "old")
    await pass_time(company.database, days=31)
    await company.say(at.rose, "young")
    await night(company, settings)
    for after in (0, 1, 2):
        pages = await company.read(changes_since, at.monday, after)
        assert (pages.reset, [entry["text"] for entry in pages.entries]) == (True, ["young"])
    pages = await company.read(changes_since, at.monday, 3)
    assert (pages.reset, pages.entries) == (False, [])


async def test_many_are_let_go_part_by_part(company: Company, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 3)
    await company.do(choose, company.at.nora, "group", 30)
    for number in range(7):
        await company.say(company.at.rose, str(number))
    await pass_time(company.database, days=31)
    await night(company, settings)
    assert await texts(company, company.at.monday, company.at.rose) == []
    links = select(AuditLink).where(AuditLink.did == "forget_old_words").order_by(AuditLink.number)
    told = await company.read(lambda session: [(link.place, link.details) for link in session.scalars(links)])
    assert told == [(company.at.monday, {"count": count}) for count in (3, 3, 1)]


async def test_words_that_were_sent_back_go_too_and_what_was_let_through_is_answered(company, settings):
    at = company.at
    await company.do(choose, at.nora, "group", 30)
    await company.do(hold_words, at.fay, at.monday, at.ken.id, True)
    held = [await company.answer(at.ken, words) for words in ("Buy my boat", "Buy my car")]
    await company.do(decline, at.fay, held[0].waiting)
    place = await company.do(release, at.fay, held[1].waiting)
    await pass_time(company.database, days=31)
    await night(company, settings)
    kept = await company.read(everywhere)
    assert "boat" not in kept and "car" not in kept and "Ken" not in kept
    assert await company.do(release, at.fay, held[1].waiting) == place


async def test_what_was_written_with_a_call_goes_when_it_was_closed_long_ago(company, settings):
    at = company.at
    await company.do(choose, at.nora, CALLS, 90)
    raised = [await company.do(raise_help, who, new_ref(), "", f"{who.name} fell") for who in (at.rose, at.dot)]
    for one, words in zip(raised, ("Her sister came", "His brother came"), strict=True):
        await company.do(answering.answer, at.asha, one.incident_id)
        await company.do(answering.add_note, at.asha, one.incident_id, words)
    await company.do(ending.close, at.asha, raised[0].incident_id, "safe_with_plan", "Rang her daughter")
    await pass_time(company.database, days=91)
    await night(company, settings)
    kept = await company.read(everywhere)
    assert "Rose fell" not in kept and "daughter" not in kept and "sister" not in kept
    assert "Dot fell" in kept and "brother" in kept, "an open call keeps what was written"


@pytest.mark.parametrize("who", ["rose", "fay", "joan", "vera", "asha"])
async def test_only_an_administrator_chooses(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(choose, getattr(company.at, who), "group", 30)


@pytest.mark.parametrize(("kind", "days"), [("group", 29), ("group", 0), ("group", -1), ("group", 9999), ("barn", 30)])
async def test_what_cannot_be_chosen_is_said(company: Company, kind: str, days: int):
    with pytest.raises(Invalid):
        await company.do(choose, company.at.nora, kind, days)
    assert set((await company.read(chosen)).values()) == {None}


async def test_a_choice_is_recorded_once_and_can_be_taken_back(company: Company):
    nora = company.at.nora
    for days in (365, 365, None):
        await company.do(choose, nora, "pair", days)
    links = select(AuditLink).where(AuditLink.did == "choose_keeping").order_by(AuditLink.number)
    told = await company.read(lambda session: [(link.who, link.details) for link in session.scalars(links)])
    assert told == [(nora.id, {"kind": "pair", "days": days}) for days in (365, None)]
    assert (await company.read(chosen))["pair"] is None
    assert tuple(await company.read(chosen)) == retention.KINDS
