"""What was said around a call: read by its owner, and by others with a reason, for half an hour, with a lead told."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.crisis import looking
from app.crisis.answering import answer, take_over
from app.crisis.ending import close
from app.crisis.looking import BEFORE, ask_to_look, read_window
from app.crisis.models import Incident
from app.crisis.raising import raise_help
from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.keeping.copying import copy_of
from app.messages.removing import remove
from app.people.actors import SYSTEM, Actor
from app.people.granting import give_role, take_role
from app.people.models import Person
from app.people.tasks import Task, open_tasks
from app.problems import Invalid, NotFound
from app.rooms.membership import add_member
from app.rooms.models import Room
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

WHY = "Asha rang me about it"


async def from_the_pair(company: Company, said_before: int = 2) -> str:
    """Rose and Sam talk; then Rose calls for help out of it."""
    for number in range(said_before):
        await company.say(replace(company.at.rose, no_limits=True), f"before {number}", company.at.pair)
    await pass_time(company.database, seconds=1)
    call = (await company.do(raise_help, company.at.rose, new_ref(), company.at.pair)).incident_id
    await pass_time(company.database, seconds=1)
    await company.say(company.at.sam, "later 0", company.at.pair)
    await company.say(company.at.harold, "somewhere else", company.at.monday)
    return call


async def words(company: Company, who: Actor, call: str) -> list[str] | None:
    seen = await company.do(read_window, who, call)
    return [one.text for one in seen.entries] if seen else None


async def links(company: Company, did: str) -> list[AuditLink]:
    query = select(AuditLink).where(AuditLink.did == did).order_by(AuditLink.number)
    return await company.read(lambda session: list(session.scalars(query)))


async def tasks_of(company: Company, kind: str) -> list[Task]:
    return await company.read(lambda session: list(session.scalars(select(Task).where(Task.kind == kind))))


async def test_the_owner_reads_what_came_before_and_later_in_that_room_and_each_reading_is_recorded(company: Company):
    call = await from_the_pair(company)
    await company.do(answer, company.at.asha, call)
    assert await words(company, company.at.asha, call) == ["before 0", "before 1", "later 0"]
    [link] = await links(company, "read_window")
    code = (await company.read(lambda session: session.get_one(Incident, call))).code
    assert (link.who, link.whom, link.place) == (company.at.asha.id, company.at.rose.id, company.at.pair)
    assert link.details["reason"] == f"answering {code}"
    assert await tasks_of(company, "looked_in") == []


async def test_only_the_last_twenty_before_it_are_shown(company: Company):
    call = await from_the_pair(company, BEFORE + 3)
    await company.do(answer, company.at.asha, call)
    seen = await words(company, company.at.asha, call)
    assert seen == [*(f"before {number}" for number in range(3, BEFORE + 3)), "later 0"]


async def test_of_very_much_the_newest_is_shown(company: Company, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(looking, "MOST_AFTER", 3)
    call = await from_the_pair(company)
    for number in range(1, 5):
        await company.say(company.at.sam, f"later {number}", company.at.pair)
    await company.do(answer, company.at.asha, call)
    seen = await words(company, company.at.asha, call)
    assert seen == ["before 0", "before 1", "later 2", "later 3", "later 4"]


async def test_an_owner_no_longer_reads_it_when_it_is_over_or_somebody_took_it_over(company: Company):
    call = await from_the_pair(company)
    await company.do(answer, company.at.asha, call)
    await company.do(take_over, company.at.ben, call)
    assert await words(company, company.at.asha, call) is None
    assert await words(company, company.at.ben, call) is not None
    await company.do(close, company.at.ben, call, "safe_with_plan", "Rang her daughter")
    assert await words(company, company.at.ben, call) is None


async def test_somebody_else_says_why_first_and_has_half_an_hour(company: Company):
    call = await from_the_pair(company)
    await company.do(answer, company.at.asha, call)
    assert await words(company, company.at.ben, call) is None
    for reason in ("", "  x  "):
        with pytest.raises(Invalid):
            await company.do(ask_to_look, company.at.ben, call, reason)
    assert await links(company, "read_window") == []
    await company.do(ask_to_look, company.at.ben, call, WHY)
    assert await words(company, company.at.ben, call) == ["before 0", "before 1", "later 0"]
    await pass_time(company.database, minutes=29)
    assert await words(company, company.at.ben, call) is not None
    await pass_time(company.database, minutes=2)
    assert await words(company, company.at.ben, call) is None


async def test_the_asking_stands_in_the_log_before_any_word_can_be_read(company: Company):
    call = await from_the_pair(company)
    await company.do(ask_to_look, company.at.ben, call, WHY)
    [asked] = await links(company, "ask_to_look")
    assert (asked.who, asked.whom, asked.details["reason"]) == (company.at.ben.id, company.at.rose.id, WHY)
    await words(company, company.at.ben, call)
    [read] = await links(company, "read_window")
    assert read.number > asked.number
    assert "before 0" not in str([asked.details, read.details])


async def test_a_lead_is_told_who_is_neither_the_looker_nor_the_one_it_is_about(company: Company):
    call = await from_the_pair(company)
    await company.do(ask_to_look, company.at.ben, call, WHY)
    [task] = await company.read(open_tasks, company.at.vera)
    assert (task.kind, task.about_id, task.details["who"]) == ("looked_in", company.at.rose.id, "Ben")
    await company.do(ask_to_look, company.at.vera, call, "I look after Ben and Asha")
    [hers] = [task for task in await tasks_of(company, "looked_in") if task.details["who"] == "Vera"]
    assert hers.given_to == company.at.nora.id


async def test_where_nobody_else_leads_the_looker_is_to_tell_the_outside_person(company: Company):
    call = await from_the_pair(company)
    await company.do(give_role, SYSTEM, await company.person(company.at.ben), "admin")
    for who, role in ((company.at.vera, "supervisor"), (company.at.nora, "admin")):
        await company.do(take_role, SYSTEM, await company.person(who), role)
    await company.do(ask_to_look, await company.again(company.at.ben), call, WHY)
    [task] = await tasks_of(company, "looked_in_alone")
    assert task.given_to == company.at.ben.id


async def test_nobody_reads_one_about_themselves_whatever_their_roles(company: Company):
    def into_the_circle(session: Session) -> None:
        room = session.get_one(Room, company.at.monday)
        add_member(session, SYSTEM, room, session.get_one(Person, company.at.vera.id))

    await company.do(into_the_circle)
    call = (await company.do(raise_help, company.at.vera, new_ref(), company.at.monday)).incident_id
    with pytest.raises(NotFound):
        await company.do(ask_to_look, company.at.vera, call, WHY)
    with pytest.raises(NotFound):
        await company.do(read_window, company.at.vera, call)


@pytest.mark.parametrize("who", ["harold", "sam", "joan", "sybil"])
async def test_for_who_answers_no_calls_there_is_none(company: Company, who: str):
    call = await from_the_pair(company)
    with pytest.raises(NotFound):
        await company.do(ask_to_look, getattr(company.at, who), call, WHY)
    with pytest.raises(NotFound):
        await company.do(read_window, getattr(company.at, who), call)


async def test_her_own_copy_lists_who_looked_and_why(company: Company):
    call = await from_the_pair(company)
    await company.do(ask_to_look, company.at.ben, call, WHY)
    await words(company, company.at.ben, call)
    copy = await company.do(copy_of, company.at.nora, await company.person(company.at.rose))
    [row] = copy.parts["who_looked_at_words_around_my_calls"]
    assert (row["who"], row["reason"]) == ("Ben", WHY)
    acts = [(act["who"], act["did"]) for act in copy.parts["what_staff_did_and_looked_at"]]
    assert ("Ben", "ask_to_look") in acts and ("Ben", "read_window") in acts


async def test_words_that_were_taken_back_are_known_as_such(company: Company):
    said = await company.say(company.at.rose, "I did not mean this", company.at.pair)
    call = await from_the_pair(company, 0)
    await company.do(remove, company.at.rose, company.at.pair, said.seq)
    await company.do(answer, company.at.asha, call)
    seen = await company.do(read_window, company.at.asha, call)
    assert seen.entries[0].removed_at is not None
