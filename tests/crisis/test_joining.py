"""What joins a worry or a lowered call that is open has a next step too, whoever was with them before."""

import pytest
from sqlalchemy import update

from app.crisis.answering import answer, on_the_phone
from app.crisis.judging import judge, worries_in
from app.crisis.lines import EVERY_LINE
from app.crisis.lowering import lower
from app.crisis.models import Incident
from app.crisis.on_call import OnCallPlan
from app.crisis.screening import Screened
from app.crisis.worrying import Flag, worry
from app.problems import NotFound
from tests.crisis.paging_story import Story, has_ways
from tests.crisis.test_escalation import story
from tests.support.company import new_ref

assert story
SAD = Screened("concern", "distress", (), "1", whole=True)
USED = Screened("concern", "exploitation", (), "1", whole=True)


async def wrote(story: Story, found: Screened = SAD, text: str = "") -> Flag:
    at = story.company.at
    return await story.company.do(worry, at.dot.id, at.monday, new_ref(), found, "said", 1, EVERY_LINE, text)


async def judged(story: Story, flag: Flag, judgement: str, who: str = "gil") -> Incident:
    await story.company.do(judge, getattr(story.company.at, who), flag.id, judgement, EVERY_LINE)
    return await story.incident(flag.incident_id)


async def test_a_worry_after_somebody_was_with_her_is_a_new_one(story: Story):
    await has_ways(story.company, story.company.at.fay, "push")
    first = await wrote(story)
    assert (await judged(story, first, "with_them")).next_action_at is None
    await story.pass_on(2000, by=100)
    assert story.sent == []
    second = await wrote(story)
    assert second.incident_id == first.incident_id
    assert (await story.incident(first.incident_id)).owner_id == ""
    await story.pass_on(2305)
    assert {(at, who, says) for at, who, _, says in story.sent} == {(2300, "Fay", "worry")}
    await story.pass_on(2605)
    assert story.pages() == [(2600, "Asha", "push"), (2600, "Asha", "text")]


async def test_so_it_is_after_on_call_had_been_paged_for_the_first(story: Story):
    first = await wrote(story)
    await story.pass_on(605)
    assert story.pages() == [(600, "Asha", "push"), (600, "Asha", "text")]
    await judged(story, first, "with_them")
    await story.pass_on(2000, by=100)
    await wrote(story)
    await story.pass_on(2595)
    assert story.pages(since=605) == []
    await story.pass_on(2605)
    assert story.pages(since=605) == [(2600, "Asha", "push"), (2600, "Asha", "text")]


async def test_a_worry_after_a_tap_by_mistake_is_told_like_any_other(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.company.do(lower, story.company.at.dot, "mistake")
    assert (await wrote(story)).incident_id == call
    assert (await story.incident(call)).tier == "concern"
    await story.pass_on(595)
    assert story.pages() == []
    await story.pass_on(605)
    assert story.pages() == [(600, "Asha", "push"), (600, "Asha", "text")]


async def test_two_worries_of_one_member_in_a_night_wake_on_call(story: Story):
    night = update(OnCallPlan).values(hours="set", set_hours=[])
    await story.company.do(lambda session: session.execute(night).close())
    await wrote(story)
    await story.pass_on(3600, by=600)
    assert story.sent == []
    await wrote(story)
    await story.act()
    assert (3600, "Asha", "push") in story.pages()


async def test_who_answered_a_worry_is_looked_after_and_nobody_is_paged_besides(story: Story):
    flag = await wrote(story)
    await story.company.do(answer, story.company.at.asha, flag.incident_id)
    await story.company.do(on_the_phone, story.company.at.asha, flag.incident_id)
    await wrote(story)
    await story.pass_on(700)
    assert (await story.incident(flag.incident_id)).owner_id == story.company.at.asha.id
    assert [(who, says) for _, who, _, says in story.sent] == [("Asha", "new_words")]


async def test_a_worry_goes_past_who_is_named_in_other_words_of_it(story: Story):
    first = await wrote(story)
    await wrote(story, USED, "Fay takes my money")
    at = story.company.at
    assert await story.company.do(worries_in, at.fay, at.monday) == []
    assert len(await story.company.do(worries_in, at.gil, at.monday)) == 2
    for judgement in ("with_them", "on_call", "not_a_worry"):
        with pytest.raises(NotFound):
            await judged(story, first, judgement, "fay")
    assert (await story.incident(first.incident_id)).owner_id == ""


async def test_not_a_worry_is_only_noted_where_somebody_else_has_it(story: Story):
    flag = await wrote(story)
    await judged(story, flag, "with_them", "gil")
    kept = await judged(story, flag, "not_a_worry", "fay")
    assert (kept.closed_at, kept.owner_id) == (None, story.company.at.gil.id)
    assert "not_a_worry" in await story.told(kept.id)
    assert (await judged(story, flag, "not_a_worry", "gil")).closed_at is not None


async def test_not_a_worry_leaves_a_talk_that_was_opened_to_who_has_it(story: Story):
    flag = await wrote(story)
    await story.company.do(answer, story.company.at.asha, flag.incident_id)
    kept = await judged(story, flag, "not_a_worry", "fay")
    assert (kept.closed_at, kept.owner_id) == (None, story.company.at.asha.id)


async def test_not_a_worry_ends_what_nobody_has(story: Story):
    kept = await judged(story, await wrote(story), "not_a_worry")
    assert (kept.ended_as, kept.next_action_at) == ("not_a_crisis", None)
