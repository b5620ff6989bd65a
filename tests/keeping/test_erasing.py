"""Somebody is erased: their words and name are gone wherever they stood, and rooms stay readable."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.crisis import answering, ending
from app.crisis.raising import raise_help
from app.foundation.audit import AuditLink, first_broken_link
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.due import Due
from app.foundation.journal import Line
from app.keeping import erasing_words
from app.keeping.ending_again import end_again
from app.keeping.erasing import ERASE, erase
from app.keeping.holdings import HOLDINGS, OTHERWISE
from app.messages.by_phone import post_by_phone
from app.messages.reacting import react
from app.messages.reading import history
from app.messages.removing import put_back, remove, removed_words
from app.people import supporting, tasks
from app.people.actors import Actor
from app.people.models import Person
from app.people.signing_in import actor_for, begin
from app.problems import Invalid, NotAllowed, NotFound
from app.rooms import supporters
from app.rooms.entries import NewEntry, append_one, changes_since
from app.rooms.membership import hold_words
from app.settings import Settings
from app.worker import do_one
from tests.support.company import KEY, Company, new_ref

SECRET = "quince"
"""A word that only Rose ever wrote, or that was written about her alone."""


def erase_one(session: Session, actor: Actor, whom: Actor, name: str = "") -> None:
    erase(session, actor, session.get_one(Person, whom.id), name or whom.name)


def everything(session: Session) -> dict[str, str]:
    """Every row of every table, but for the log of staff acts."""
    names = [table.name for table in Model.metadata.sorted_tables if not table.name.startswith("audit")]
    return {name: str([tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))]) for name in names}


async def work_through(company: Company, tmp_path: Path) -> None:
    while await do_one(company.database, Settings(data_dir=tmp_path)):
        pass


async def erased(company: Company, whom: Actor, tmp_path: Path) -> None:
    await company.do(erase_one, company.at.nora, whom)
    await work_through(company, tmp_path)


@pytest.fixture
async def told(company: Company) -> Company:
    """Rose has spoken, answered, been held, asked for help, and people have written about her."""
    at = company.at
    await company.say(at.rose, f"Good morning, {SECRET}")
    await company.say(at.harold, "Good morning, my dear")
    await company.do(react, at.rose, at.monday, 2, "hear_you", True)
    await company.do(react, at.dot, at.monday, 2, "hear_you", True)
    await company.do(react, at.harold, at.monday, 1, "thank_you", True)
    await company.say(at.rose, f"Only for Sam: {SECRET}", at.pair)
    await company.do(hold_words, at.fay, at.monday, at.rose.id, True, "a rest")
    await company.answer(at.rose, f"Held {SECRET}")
    raised = await company.do(raise_help, at.rose, new_ref(), at.monday, f"It is {SECRET}")
    await company.do(answering.answer, at.asha, raised.incident_id)
    await company.do(answering.add_note, at.asha, raised.incident_id, f"She says {SECRET}")
    await company.do(ending.close, at.asha, raised.incident_id, "safe_with_plan", f"Rang {SECRET}")
    await company.do(tasks.ask_for, "ring", at.rose.id, role="helper", said=SECRET)
    company.heard.clear()
    return company


async def test_nothing_of_her_is_left_anywhere(told: Company, tmp_path: Path):
    await erased(told, told.at.rose, tmp_path)
    left = {name: rows for name, rows in (await told.read(everything)).items() if SECRET in rows or "Rose" in rows}
    assert left == {}
    assert await told.read(first_broken_link) is None


async def test_every_entry_changes_live_with_a_version_of_its_own(told: Company, tmp_path: Path):
    at, before = told.at, await told.room(told.at.monday)
    await erased(told, at.rose, tmp_path)
    changes = [one for one in told.heard if getattr(one, "channel", "") == at.monday and hasattr(one, "body")]
    assert [one.version for one in changes] == [before.version + 1, before.version + 2]
    gone, kept = (one.body for one in changes)
    assert (gone["seq"], gone["text"], gone["state"], gone["erased"], gone["reactions"]) == (
        1,
        None,
        "removed",
        True,
        {},
    )
    assert gone["author"] == {"id": at.rose.id, "name": "Somebody who left"}
    assert changes[0].hides
    assert (kept["seq"], kept["text"], kept["reactions"]) == (2, "Good morning, my dear", {"hear_you": [at.dot.id]})


async def test_the_room_stays_readable(told: Company, tmp_path: Path):
    at = told.at
    await erased(told, at.rose, tmp_path)
    [gone, kept] = (await told.read(history, at.harold, at.monday, None, 50)).entries
    assert (gone["seq"], gone["text"], kept["text"]) == (1, None, "Good morning, my dear")
    [pair] = (await told.read(history, at.sam, at.pair, None, 50)).entries
    assert (pair["text"], pair["author"]["name"]) == (None, "Somebody who left")
    assert (await told.room(at.pair)).title == "Somebody who left & Sam"
    assert SECRET not in str(await told.read(changes_since, at.monday, 0))


async def test_a_ref_is_still_answered_and_nobody_puts_the_words_back(told: Company, tmp_path: Path):
    at = told.at
    await erased(told, at.rose, tmp_path)
    for act in (remove, put_back, removed_words):
        with pytest.raises(NotFound):
            await told.do(act, at.fay, at.monday, 1)


async def test_she_is_out_at_once_before_any_worker_came(told: Company):
    at = told.at
    token = (await told.do(begin, await told.person(at.rose), KEY)).token
    await told.do(erase_one, at.nora, at.rose)
    assert await told.read(actor_for, token, KEY) is None
    assert (await told.person(at.rose)).name == "Somebody who left"


async def test_many_words_go_a_few_at_a_time(told: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(erasing_words, "AT_ONCE", 2)
    await told.do(hold_words, told.at.fay, told.at.monday, told.at.rose.id, False)
    for number in range(5):
        await told.say(told.at.rose, f"{SECRET} {number}")
    await erased(told, told.at.rose, tmp_path)
    assert SECRET not in str(await told.read(everything))


async def test_what_was_typed_for_her_goes_and_what_she_typed_for_nobody_else_does(told: Company, tmp_path: Path):
    at = told.at
    rose, mei = await told.person(at.rose), await told.person(at.mei)
    support = await told.do(supporting.introduce, at.nora, rose, mei)
    await told.do(supporters.want, at.rose, support.id)
    await told.do(supporters.promise, at.mei, support.id)
    await told.do(hold_words, at.fay, at.monday, at.mei.id, False)
    await told.say(at.mei, f"Rose says {SECRET}")
    await told.do(hold_words, at.fay, at.monday, at.mei.id, True, "a rest")
    await told.answer(at.mei, f"Rose says {SECRET} again")
    await told.say(at.mei, "My own tea is cold", at.thursday)
    await erased(told, at.rose, tmp_path)
    rows = await told.read(everything)
    assert SECRET not in str(rows) and "Rose" not in str(rows)
    assert [one["text"] for one in (await told.read(history, at.mei, at.thursday, None, 9)).entries] == [
        "My own tea is cold"
    ]


async def test_a_name_on_what_was_typed_by_telephone_goes_too(told: Company, tmp_path: Path):
    at = told.at
    data = {"by_phone": {"id": at.joan.id, "name": "Joan"}}
    words = NewEntry(at.monday, at.dot.id, "Dot", "My knees are better", new_ref(), data=data)
    await told.do(append_one, words)
    await told.do(hold_words, at.gil, at.thursday, at.luis.id, True, "a rest")
    await told.do(by_phone, at.joan, at.luis, at.thursday)
    await erased(told, at.joan, tmp_path)
    assert "Joan" not in (await told.read(everything))["waiting"]
    [*_, entry] = (await told.read(history, at.harold, at.monday, None, 9)).entries
    assert entry["text"] == "My knees are better"
    assert entry["data"] == {"by_phone": {"id": "", "name": "Somebody who left"}}


def by_phone(session: Session, helper: Actor, member: Actor, room_id: str) -> None:
    person = session.get_one(Person, member.id)
    post_by_phone(session, helper, person, room_id, "My knees are worse", said_yes=True)


async def test_it_is_recorded_and_noted_without_her_name(told: Company, tmp_path: Path):
    at = told.at
    await erased(told, at.rose, tmp_path)
    links = select(AuditLink).where(AuditLink.did == "erase_person")
    [link] = await told.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.whom, link.details) == (at.nora.id, at.rose.id, {})
    noted = (tmp_path / "journal.jsonl").read_text()
    assert '"erased"' in noted and "Rose" not in noted
    done = select(Due.details).where(Due.what == ERASE)
    assert await told.read(lambda session: list(session.scalars(done))) == [{}]


async def test_after_an_older_backup_was_put_back_she_is_erased_again(told: Company):
    line = Line("a1", "2026-11-22T10:00:00.000Z", "erased", told.at.rose.id, {}, [3, "abc"])
    for _ in range(2):
        await told.do(end_again, [line])
        rows = await told.read(everything)
        assert SECRET not in str(rows) and "Rose" not in str(rows)


async def test_somebody_that_the_backup_does_not_know_is_left_alone(told: Company):
    await told.do(end_again, [Line("a1", "2026-11-22T10:00:00.000Z", "erased", "nobody", {}, [3, "abc"])])
    assert (await told.person(told.at.rose)).name == "Rose"


@pytest.mark.parametrize("who", ["rose", "fay", "joan", "vera", "asha", "sam"])
async def test_only_an_administrator_erases(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(erase_one, getattr(company.at, who), company.at.dot)


async def test_nobody_erases_themselves_nor_by_a_slip_of_the_hand(company: Company):
    at = company.at
    with pytest.raises(NotAllowed):
        await company.do(erase_one, at.nora, at.nora)
    for name in ("Dot", "", "Ros"):
        with pytest.raises(Invalid):
            await company.do(erase_one, at.nora, at.rose, name or " ")
    assert (await company.person(at.rose)).name == "Rose"


async def test_nobody_is_erased_while_they_wait_for_help(company: Company):
    await company.do(raise_help, company.at.rose, new_ref(), "", "")
    with pytest.raises(Invalid):
        await company.do(erase_one, company.at.nora, company.at.rose)


async def test_a_member_of_staff_is_erased_with_their_roles(told: Company, tmp_path: Path):
    await erased(told, told.at.vera, tmp_path)
    assert "Vera" not in str(await told.read(everything))


def test_no_table_is_forgotten():
    tables = {table.name: table for table in Model.metadata.sorted_tables}
    held = {holding.table for holding in HOLDINGS}
    assert held | OTHERWISE.keys() == tables.keys() and not held & OTHERWISE.keys()
    for holding in HOLDINGS:
        assert {*holding.whose, *holding.blank, *holding.told} <= set(tables[holding.table].columns.keys())
