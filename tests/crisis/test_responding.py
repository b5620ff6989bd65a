"""Staff see calls for help, look after them and close them, and never their own."""

import pytest
from sqlalchemy import select

from app.crisis.answering import answer
from app.crisis.drilling import begin_drill
from app.crisis.ending import close
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident
from app.crisis.raising import raise_help
from app.crisis.responding import call_in, notes_of, open_calls, over
from app.foundation.announcements import AlertsChanged
from app.foundation.audit import AuditLink
from app.people.actors import Actor
from app.problems import Invalid, NotFound
from tests.crisis.paging_story import own_call
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

ANSWERING = ("fay", "asha", "ben", "vera", "nora")
OTHERS = ("rose", "harold", "sam", "joan", "sybil")
VERBS = (
    lambda session, who, call: notes_of(session, who, call),
    lambda session, who, call: answer(session, who, call),
    lambda session, who, call: close(session, who, call, "safe_with_plan", "Rang her daughter"),
)


async def call_of(company: Company, who: Actor, note: str = "I have fallen") -> str:
    raised = await company.do(raise_help, who, new_ref(), company.at.monday, note)
    company.heard.clear()
    return raised.incident_id


async def kept(company: Company, call: str) -> Incident:
    return await company.read(lambda session: session.get_one(Incident, call))


async def names(company: Company, who: Actor) -> list[str]:
    return [call.name for call in await company.read(open_calls, who)]


async def test_staff_see_open_calls_oldest_first(company: Company):
    for who in (company.at.harold, company.at.rose):
        await call_of(company, who)
        await pass_time(company.database, seconds=1)
    for who in ANSWERING:
        assert await names(company, getattr(company.at, who)) == ["Harold", "Rose"]
    [first, _] = await company.read(open_calls, company.at.asha)
    assert (first.room_title, first.owner_name) == ("Monday Circle", "")


async def test_others_do_not_know_that_there_is_such_a_list(company: Company):
    await call_of(company, company.at.rose)
    for who in OTHERS:
        with pytest.raises(NotFound):
            await company.read(open_calls, getattr(company.at, who))


async def test_nobody_sees_reads_or_closes_their_own(company: Company):
    call = await call_of(company, company.at.asha)
    assert await names(company, company.at.asha) == []
    assert await names(company, company.at.ben) == ["Asha"]
    for verb in VERBS:
        with pytest.raises(NotFound):
            await company.do(verb, company.at.asha, call)
    assert (await kept(company, call)).owned_at is None


async def test_who_may_not_answer_finds_no_call(company: Company):
    call = await call_of(company, company.at.rose)
    for who in OTHERS:
        for verb in VERBS:
            with pytest.raises(NotFound):
                await company.do(verb, getattr(company.at, who), call)
    for verb in VERBS:
        with pytest.raises(NotFound):
            await company.do(verb, company.at.asha, "no-such-call")


async def test_the_first_answer_stands(company: Company):
    call = await call_of(company, company.at.rose)
    await company.do(answer, company.at.asha, call)
    seen = await kept(company, call)
    assert AlertsChanged() in company.heard
    company.heard.clear()
    await pass_time(company.database, minutes=1)
    await company.do(answer, company.at.ben, call)
    again = await kept(company, call)
    assert (again.owner_id, again.owned_at) == (company.at.asha.id, seen.owned_at)
    assert company.heard == []
    [listed] = await company.read(open_calls, company.at.ben)
    assert listed.owner_name == "Asha"


async def test_a_closed_call_has_an_outcome_and_leaves_the_list(company: Company):
    call = await call_of(company, company.at.rose)
    await company.do(close, company.at.asha, call, "safe_with_plan", "  Rang her daughter\x00 ")
    closed = await kept(company, call)
    assert (closed.outcome, closed.closed_by) == ("Rang her daughter", company.at.asha.id)
    assert await names(company, company.at.ben) == []
    assert company.heard == [AlertsChanged()]


@pytest.mark.parametrize("outcome", ["", "  ", "\x00\n"])
async def test_no_call_is_closed_without_a_word(company: Company, outcome: str):
    call = await call_of(company, company.at.rose)
    with pytest.raises(Invalid) as trouble:
        await company.do(close, company.at.asha, call, "safe_with_plan", outcome)
    assert trouble.value.fields[0][0] == "outcome"
    assert (await kept(company, call)).closed_at is None


async def test_the_first_outcome_stands_and_any_length_fits(company: Company):
    call = await call_of(company, company.at.rose)
    await company.do(close, company.at.asha, call, "safe_with_plan", "Rang her daughter. " * 1000)
    await company.do(close, company.at.ben, call, "safe_with_plan", "Nothing")
    assert len((await kept(company, call)).outcome) == 400
    assert (await kept(company, call)).closed_by == company.at.asha.id


async def test_notes_are_read_in_order_and_the_look_is_recorded(company: Company):
    call = await call_of(company, company.at.rose, "I have fallen")
    await pass_time(company.database, seconds=1)
    await call_of(company, company.at.rose, "")
    await call_of(company, company.at.rose, "Please come")
    notes = await company.do(notes_of, company.at.asha, call)
    assert [note for _, note in notes] == ["I have fallen", "Please come"]
    links = select(AuditLink).where(AuditLink.did == "look_at_call")
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.whom) == (company.at.asha.id, company.at.rose.id)
    assert "fallen" not in str(link.details)


async def test_each_step_is_recorded(company: Company):
    call = await call_of(company, company.at.rose)
    await company.do(answer, company.at.asha, call)
    await company.do(close, company.at.asha, call, "safe_with_plan", "Rang her daughter")
    links = select(AuditLink).where(AuditLink.who == company.at.asha.id).order_by(AuditLink.number)
    told = await company.read(lambda session: list(session.scalars(links)))
    assert [link.did for link in told] == ["answer_call", "close_call"]
    assert all("daughter" not in str(link.details) for link in told)


async def test_the_help_card_tells_its_owner_who_has_seen_it(company: Company):
    rose = company.at.rose
    assert await own_call(company, rose) is None
    call = await call_of(company, rose)
    found, told = await own_call(company, rose)
    assert (found.id, told.state) == (call, "nobody_told")
    await company.do(answer, company.at.asha, call)
    told = (await own_call(company, rose))[1]
    assert (told.state, told.values) == ("coming", {"name": "Asha"})
    assert await own_call(company, company.at.harold) is None
    await company.do(close, company.at.asha, call, "safe_with_plan", "Rang her daughter")
    assert await own_call(company, rose) is None


async def closed(company: Company, tier: str = "emergency") -> str:
    call = await call_of(company, company.at.rose)
    await company.do(close, company.at.asha, call, "safe_with_plan", "Rang her daughter")
    await company.do(lambda session: setattr(session.get_one(Incident, call), "tier", tier))
    return call


async def looks(company: Company) -> list[str]:
    links = select(AuditLink.who).where(AuditLink.did == "look_at_call").order_by(AuditLink.number)
    return await company.read(lambda session: list(session.scalars(links)))


async def test_that_a_call_is_over_is_told_to_who_answers_and_the_look_is_recorded(company: Company):
    call = await closed(company)
    for who in ANSWERING:
        told = await company.do(over, getattr(company.at, who), call)
        assert told and told.closed_by == company.at.asha.id
    assert await looks(company) == [getattr(company.at, who).id for who in ANSWERING]


async def test_nobody_else_learns_that_a_call_is_over(company: Company):
    call = await closed(company)
    await company.do(lambda session: setattr(session.get_one(Incident, call), "past", [company.at.ben.id]))
    for who in (*OTHERS, "ben"):
        with pytest.raises(NotFound):
            await company.do(over, getattr(company.at, who), call)
    assert await looks(company) == []


async def test_what_is_open_or_practice_or_a_worry_that_nobody_was_told_of_is_not_said_to_be_over(company: Company):
    still_open = await call_of(company, company.at.harold)
    drill = (await company.do(begin_drill, company.at.ben, EVERY_LINE)).id
    untold = await closed(company, tier="concern")
    await company.do(lambda session: setattr(session.get_one(Incident, untold), "cycle", 0))
    for call in (still_open, drill, untold):
        assert await company.do(over, company.at.asha, call) is None
    assert await looks(company) == []


async def test_from_its_room_only_who_has_the_call_is_led_to_it_and_only_while_it_is_open(company: Company):
    call = await call_of(company, company.at.rose)
    await company.do(answer, company.at.asha, call)
    room = (await kept(company, call)).help_room_id
    assert await company.read(call_in, company.at.asha, room) == call
    for who in (company.at.rose, company.at.ben):
        assert await company.read(call_in, who, room) == ""
    assert await company.read(call_in, company.at.asha, company.at.monday) == ""
    await company.do(close, company.at.asha, call, "safe_with_plan", "Rang her daughter")
    assert await company.read(call_in, company.at.asha, room) == ""
