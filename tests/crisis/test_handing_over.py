"""A turn ends while somebody has an open call: they are asked to hand it over, once, and it stays theirs."""

from datetime import timedelta

import pytest

from app.crisis import handing_over
from app.crisis.answering import answer, on_the_phone, take_over
from app.crisis.ending import close
from app.crisis.lines import EVERY_LINE
from app.crisis.on_call import Override, Shift
from app.foundation.clock import database_now
from app.foundation.tokens import new_id
from app.people.actors import Actor
from tests.crisis.paging_story import Story, has_ways
from tests.support.company import Company
from tests.support.databases import pass_time

TURN = timedelta(minutes=30)


async def has_a_turn(company: Company, who: Actor, begins: timedelta, ends: timedelta, level: int = 1) -> None:
    def write(session) -> None:
        at = database_now(session)
        session.add(
            Override(
                id=new_id(), level=level, person_id=who.id, from_at=at + begins, until_at=at + ends, made_by="test"
            )
        )

    await company.do(write)


@pytest.fixture
async def story(company: Company) -> Story:
    """Asha's turn lasts half an hour more, Ben's comes next. Asha has Dot's call, and is on the telephone."""
    for who in (company.at.asha, company.at.ben):
        await has_ways(company, who, "push")
    await has_a_turn(company, company.at.asha, -TURN, TURN)
    await has_a_turn(company, company.at.ben, TURN, 4 * TURN)
    story = Story(company)
    story.call = await story.tap(company.at.dot)
    await company.do(answer, company.at.asha, story.call)
    await company.do(on_the_phone, company.at.asha, story.call)
    return story


async def asked(story: Story, minutes: int) -> list[tuple[str, str]]:
    """Whom the engine asks after so many minutes."""
    await pass_time(story.company.database, minutes=minutes)
    before = len(story.sent)
    await story.company.do(handing_over.ask, EVERY_LINE)
    await story.company.do(handing_over.ask, EVERY_LINE)
    await story.act()
    return [(who, says) for _, who, _, says in story.sent[before:] if says == "hand_over"]


async def test_a_quarter_of_an_hour_before_the_end_whoever_has_it_is_asked_once(story: Story):
    assert await asked(story, 14) == []
    assert await asked(story, 2) == [("Asha", "hand_over")]
    assert await asked(story, 5) == []
    assert "hand_over_asked" in await story.told(story.call)


async def test_it_stays_theirs_when_the_turn_is_over_until_somebody_takes_it(story: Story):
    await asked(story, 16)
    company = story.company
    assert (await story.incident(story.call)).owner_id == company.at.asha.id
    await company.do(take_over, company.at.ben, story.call)
    assert (await story.incident(story.call)).owner_id == company.at.ben.id
    assert await asked(story, 1) == []


async def test_an_answer_within_the_last_minutes_is_asked_at_once(company: Company, story: Story):
    await company.do(close, company.at.asha, story.call, "by_mistake", "It was nothing")
    await pass_time(company.database, minutes=20)
    story.call = await story.tap(company.at.rose)
    await company.do(answer, company.at.asha, story.call)
    assert await asked(story, 0) == [("Asha", "hand_over")]


async def test_a_turn_that_goes_on_is_no_end(story: Story):
    await has_a_turn(story.company, story.company.at.asha, TURN, 2 * TURN, level=2)
    assert await asked(story, 20) == []


async def test_nobody_is_asked_for_a_call_that_is_over_or_a_turn_they_do_not_have(story: Story):
    company = story.company
    await company.do(take_over, company.at.vera, story.call)
    assert await asked(story, 20) == []
    await company.do(take_over, company.at.asha, story.call)
    await company.do(close, company.at.asha, story.call, "by_mistake", "It was nothing")
    assert await asked(story, 0) == []


async def test_the_weekly_rota_ends_turns_too(company: Company):
    await has_ways(company, company.at.asha, "push")

    def write(session) -> None:
        ends = (database_now(session) + timedelta(minutes=10)).strftime("%H:%M")
        days = [Shift(id=new_id(), level=1, person_id=company.at.asha.id, weekday=day, starts=ends, ends=ends)
                for day in range(7)]  # fmt: skip
        weekday = (database_now(session) + timedelta(minutes=10)).weekday()
        session.add_all(one for one in days if one.weekday == (weekday - 1) % 7)

    await company.do(write)
    story = Story(company)
    story.call = await story.tap(company.at.dot)
    await company.do(answer, company.at.asha, story.call)
    assert await asked(story, 0) == [("Asha", "hand_over")]
