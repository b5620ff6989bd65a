"""Two people answer in the same moment, five hundred times: one has the call, both are heard, and nobody is rung."""

import asyncio

from sqlalchemy import select, update

from app.crisis.answering import answer
from app.crisis.models import Incident, IncidentEvent, Page
from app.foundation.database import Session
from tests.crisis.paging_story import Story
from tests.crisis.test_escalation import story

assert story
RUNS = 500


def nobody_has_it(session: Session, call: str) -> None:
    nothing = {"owner_id": "", "owned_at": None, "lease_until": None, "arrived_at": None}
    session.execute(update(Incident).where(Incident.id == call).values(**nothing))


async def test_of_two_answers_in_the_same_moment_one_wins_five_hundred_times(story: Story):
    call, at = await story.tap(story.company.at.dot), story.company.at
    await story.pass_on(185)
    for _ in range(RUNS):
        await story.company.do(nobody_has_it, call)
        found = await asyncio.gather(*(story.company.do(answer, one, call) for one in (at.asha, at.ben)))
        assert len({one.owner_id for one in found}) == 1
    lines = select(IncidentEvent.what, IncidentEvent.who, IncidentEvent.details).where(
        IncidentEvent.incident_id == call
    )
    told = await story.company.read(lambda session: list(session.execute(lines)))
    assert [what for what, *_ in told].count("answered") == RUNS
    late = [(who, details["after"]) for what, who, details in told if what == "answered_late"]
    assert len(late) == RUNS and all({who, after} == {at.asha.id, at.ben.id} for who, after in late)
    waiting = select(Page.id).where(Page.incident_id == call, Page.says == "page", Page.state == "waiting")
    assert await story.company.read(lambda session: list(session.scalars(waiting))) == []
