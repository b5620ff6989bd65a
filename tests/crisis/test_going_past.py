"""Nobody sees, hears or judges a worry about themselves; where staff are the subject, a lead hears of it."""

import pytest
from sqlalchemy import select

from app.crisis.answering import answer
from app.crisis.judging import judge, worries_in
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident
from app.crisis.raising import raise_help
from app.crisis.responding import open_calls
from app.crisis.screening import Screened
from app.crisis.worrying import Flag, worry
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.tasks import Task, open_tasks
from app.problems import NotFound
from app.web.live.alerts import calls_for, open_matters
from tests.crisis.paging_story import Story, has_ways, on_the_rota, own_call
from tests.support.company import Company, new_ref

USED = Screened("concern", "exploitation", (), "test", whole=True)
HURT = Screened("emergency", "abuse_neglect", (), "test", whole=True)
SAD = Screened("concern", "distress", (), "test", whole=True)


async def wrote(company: Company, who: Actor, text: str, found: Screened = USED, ref: str = "") -> Flag:
    room = company.at.monday
    return await company.do(worry, who.id, room, ref or new_ref(), found, "said", 1, EVERY_LINE, text)


async def incident_of(company: Company, flag: Flag) -> Incident:
    return await company.read(lambda session: session.get_one(Incident, flag.incident_id))


async def names_of_worries(company: Company, who: Actor) -> list[str]:
    return [one.name for one in await company.do(worries_in, who, company.at.monday)]


async def hears(company: Company, who: Actor) -> bool:
    calls, _, _ = await company.read(open_matters)
    return bool(calls_for(who, calls))


async def test_words_that_name_fay_go_past_her_and_gil_and_the_lead_see_them(company: Company):
    at = company.at
    flag = await wrote(company, at.dot, "Fay's asking me for money again")
    assert flag.past == [at.fay.id]
    assert await names_of_worries(company, at.fay) == []
    assert await names_of_worries(company, at.gil) == ["Dot"]
    with pytest.raises(NotFound):
        await company.do(judge, at.fay, flag.id, "not_a_worry", EVERY_LINE)
    assert [await hears(company, one) for one in (at.fay, at.gil, at.vera, at.asha)] == [False, True, True, False]
    [task] = [one for one in await company.read(open_tasks, at.vera) if one.kind == "worry_past"]
    assert (task.about_id, task.details) == (at.dot.id, {"incident": flag.incident_id})
    assert [call.name for call in await company.read(open_calls, at.vera)] == ["Dot"]
    assert await company.read(open_calls, at.fay) == []


async def test_a_helper_who_is_named_hears_nothing_and_the_lead_does(company: Company):
    flag = await wrote(company, company.at.dot, "JOAN took my card, the one with the numbers")
    assert flag.past == [company.at.joan.id]
    assert [one.kind for one in await company.read(open_tasks, company.at.joan)] == []
    assert "worry_past" in [one.kind for one in await company.read(open_tasks, company.at.vera)]


async def test_when_the_lead_is_named_another_one_hears_of_it(company: Company):
    flag = await wrote(company, company.at.dot, "Vera shouts at me")
    assert flag.past == [company.at.vera.id]
    kinds = select(Task.given_to).where(Task.kind == "worry_past")
    assert await company.read(lambda session: list(session.scalars(kinds))) == [company.at.nora.id]


async def test_words_of_staff_themselves_go_past_them(company: Company):
    flag = await wrote(company, company.at.fay, "Could you lend me two hundred")
    assert flag.past == [company.at.fay.id]
    assert await names_of_worries(company, company.at.fay) == []
    assert await names_of_worries(company, company.at.gil) == ["Fay"]
    assert "worry_past" in [one.kind for one in await company.read(open_tasks, company.at.vera)]


@pytest.mark.parametrize("text", ["I told Fay how sad I am", "Gilbert took my money", "Fayette is far"])
async def test_a_name_in_sorrow_and_a_name_that_is_another_go_past_nobody(company: Company, text: str):
    found = SAD if "sad" in text else USED
    assert (await wrote(company, company.at.dot, text, found)).past == []


async def test_who_is_named_is_not_paged_and_does_not_keep_the_call(company: Company):
    at = company.at
    for level, one in ((1, at.asha), (2, at.ben)):
        await on_the_rota(company, level, one)
        await has_ways(company, one, "push")
    call = (await company.do(raise_help, at.dot, new_ref(), at.monday)).incident_id
    await company.do(answer, at.asha, call)
    await wrote(company, at.dot, "Asha hit me", HURT)
    incident = await company.read(lambda session: session.get_one(Incident, call))
    assert (incident.owner_id, incident.past) == ("", [at.asha.id])
    with pytest.raises(NotFound):
        await company.do(answer, at.asha, call)
    assert (await company.do(answer, at.ben, call)).owner_id == at.ben.id


async def test_where_only_the_named_one_was_told_the_next_are_told_at_once(company: Company):
    at, story = company.at, Story(company)
    for level, one in ((1, at.asha), (2, at.ben)):
        await on_the_rota(company, level, one)
        await has_ways(company, one, "push", "ring")
    call = await story.tap(at.dot)
    await story.pass_on(20)
    assert story.pages() == [(0, "Asha", "push")]
    await wrote(company, at.dot, "Asha hit me", HURT)
    _, told = await own_call(company, at.dot)
    assert (told.state, told.values) == ("telling", {"name": "Ben"})
    await story.pass_on(90)
    assert story.pages(since=0) == [(20, "Ben", "push"), (80, "Ben", "ring")], "Asha's telephone stays still"
    assert (await story.incident(call)).past == [at.asha.id]


async def test_a_tap_with_a_note_that_names_who_is_on_call_never_reaches_them(company: Company):
    """The call and the worry of one tap are stored in one transaction, the call first."""
    at, story = company.at, Story(company)
    for level, one in ((1, at.asha), (2, at.ben)):
        await on_the_rota(company, level, one)
        await has_ways(company, one, "push", "ring")
    note, ref = "Asha hit me", new_ref()

    def tap(session: Session) -> None:
        raise_help(session, at.dot, ref, at.monday, note, lines=EVERY_LINE)
        worry(session, at.dot.id, at.monday, ref, HURT, "said", None, EVERY_LINE, note)

    await company.do(tap)
    await story.pass_on(170)
    assert story.pages() == [(0, "Ben", "push"), (60, "Ben", "ring"), (120, "Ben", "ring")]


async def test_where_the_named_one_was_asked_because_nobody_came_the_next_are_asked_at_once(company: Company):
    at, story = company.at, Story(company)
    for level, one in ((1, at.asha), (2, at.ben)):
        await on_the_rota(company, level, one)
        await has_ways(company, one, "push")
    await has_ways(company, at.vera, "push")
    call = await story.tap(at.dot)
    await story.company.do(answer, at.asha, call)
    await story.pass_on(200)
    assert story.pages() == [(180, "Ben", "push")]
    await wrote(company, at.dot, "Ben hit me", HURT)
    await story.pass_on(300)
    assert story.pages(since=180) == [(200, "Vera", "push")]
    await wrote(company, at.dot, "Ben hit me, do you hear", HURT)
    await story.pass_on(400)
    assert story.pages(since=200) == [], "Vera knows"
    assert (await story.incident(call)).owner_id == at.asha.id


async def test_where_others_were_told_too_nobody_is_told_twice(company: Company):
    at, story = company.at, Story(company)
    await on_the_rota(company, 1, at.asha, at.ben)
    for one in (at.asha, at.ben):
        await has_ways(company, one, "push", "ring")
    await story.tap(at.dot)
    await story.pass_on(20)
    await wrote(company, at.dot, "Asha hit me", HURT)
    await story.pass_on(90)
    assert story.pages(since=0) == [(60, "Ben", "ring")]


async def test_the_same_words_sent_again_are_one_worry_however_often_they_knock(company: Company):
    ref = new_ref()
    for _ in range(5):
        flag = await wrote(company, company.at.dot, "It is all too much", SAD, ref)
    assert (await incident_of(company, flag)).tier == "concern"
    assert len(await company.read(lambda session: list(session.scalars(select(Flag))))) == 1
    assert (await wrote(company, company.at.dot, "He hits me", HURT, ref)).tier == "emergency"
    assert (await incident_of(company, flag)).tier == "emergency"


async def test_three_worries_of_one_day_are_danger(company: Company):
    for _ in range(3):
        flag = await wrote(company, company.at.dot, "It is all too much", SAD)
    assert (await incident_of(company, flag)).tier == "emergency"


@pytest.mark.parametrize("who", ["fay", "gil"])
async def test_a_facilitator_neither_sees_nor_judges_what_they_wrote(company: Company, who: str):
    me = getattr(company.at, who)
    flag = await wrote(company, me, "It is all too much", SAD)
    assert await names_of_worries(company, me) == []
    with pytest.raises(NotFound):
        await company.do(judge, me, flag.id, "not_a_worry", EVERY_LINE)
