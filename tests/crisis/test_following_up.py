"""After danger somebody looks in again: asked at its time, every day, and after two days with whoever leads."""

import pytest
from sqlalchemy import select

from app.crisis import following_up
from app.crisis.ending import close, finish_task
from app.crisis.models import Page
from app.foundation import due
from app.people.actors import Actor
from app.people.models import Person
from app.people.tasks import open_tasks
from tests.crisis.paging_story import Story, has_ways
from tests.support.company import Company
from tests.support.databases import pass_time


@pytest.fixture
async def story(company: Company) -> Story:
    """Asha and Vera read mail. Dot's call was closed just now: Asha looks in tomorrow."""
    for who in (company.at.asha, company.at.vera):
        await has_ways(company, who, "email")
    story = Story(company)
    story.call = await story.tap(company.at.dot)
    await company.do(close, company.at.asha, story.call, "safe_with_plan", "Her daughter came", 24)
    return story


async def a_day_passes(story: Story, hours: int = 24) -> list[str]:
    """Who was asked to look in when these hours were over."""
    company = story.company
    asked = Page.says == "follow_up"
    before = set(await company.read(lambda session: session.scalars(select(Page.id).where(asked)).all()))
    await pass_time(company.database, hours=hours, minutes=1)
    while row := await company.do(due.claim, [following_up.REMIND]):
        await company.do(following_up.remind, row.whom)
        await company.do(due.done, row)
    query = select(Page.id, Person.name).join(Person, Person.id == Page.person_id).where(asked)
    found = await company.read(lambda session: session.execute(query).all())
    return sorted(name for one, name in found if one not in before)


async def tasks_of(story: Story, who: Actor) -> list[str]:
    found = await story.company.read(open_tasks, who)
    return [task.kind for task in found if task.kind.startswith("follow_up")]


async def test_whoever_had_it_is_asked_daily_and_the_lead_after_two_days(story: Story):
    at = story.company.at
    assert await a_day_passes(story, 23) == []
    assert await a_day_passes(story, 1) == ["Asha"]
    assert (await tasks_of(story, at.asha), await tasks_of(story, at.vera)) == (["follow_up"], [])
    assert await a_day_passes(story) == ["Asha"]
    assert await a_day_passes(story) == ["Asha", "Vera"]
    assert await tasks_of(story, at.vera) == ["follow_up_late"]
    assert await a_day_passes(story) == ["Asha", "Vera"]


async def test_an_engine_that_was_away_asks_once_and_goes_on_daily(story: Story):
    assert await a_day_passes(story, 24 * 5) == ["Asha", "Vera"]
    assert await a_day_passes(story) == ["Asha", "Vera"]


async def test_only_a_person_says_that_it_was_done_and_then_nobody_is_asked(story: Story):
    at = story.company.at
    await a_day_passes(story, 24 * 3)
    assert (await story.incident(story.call)).followed_up_at is None
    [task] = [one for one in await story.company.read(open_tasks, at.asha) if one.kind == "follow_up"]
    await story.company.do(finish_task, at.asha, task.id, "She is well, and baking")
    incident = await story.incident(story.call)
    assert incident.followed_up_at and incident.followed_up_by == at.asha.id
    assert (await tasks_of(story, at.asha), await tasks_of(story, at.vera)) == ([], [])
    assert await a_day_passes(story) == []
    assert (await story.told(story.call))[-1] == "followed_up"


async def test_the_lead_may_say_it_as_well(story: Story):
    await a_day_passes(story, 24 * 3)
    vera = story.company.at.vera
    [task] = [one for one in await story.company.read(open_tasks, vera) if one.kind == "follow_up_late"]
    await story.company.do(finish_task, vera, task.id, "I rang her myself")
    assert (await story.incident(story.call)).followed_up_by == vera.id


async def test_where_whoever_had_it_has_left_the_lead_is_asked_at_once(story: Story):
    def leaves(session) -> None:
        session.get_one(Person, story.company.at.asha.id).standing = "moved_on"

    await story.company.do(leaves)
    assert await a_day_passes(story) == ["Vera"]


async def test_a_call_about_the_supervisor_is_not_theirs_to_follow(company: Company):
    for who in (company.at.asha, company.at.nora):
        await has_ways(company, who, "email")
    story = Story(company)
    call = await story.tap(company.at.vera)
    await company.do(close, company.at.asha, call, "safe_with_plan", "She slept", 24)
    assert await a_day_passes(story, 24 * 4) == ["Asha", "Nora"]
