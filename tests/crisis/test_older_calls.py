"""Calls that were open before the house paged anybody are paged, tapped and answered like any other."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, text, update

from app.crisis import escalation
from app.crisis.answering import answer
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident
from app.foundation.clock import now
from app.foundation.database import Database, Session, open_database
from app.foundation.migrating import migrate
from app.foundation.tokens import new_id
from tests.crisis.paging_story import Story
from tests.crisis.test_escalation import story

assert story
ASHA_IS_PAGED = [(0, "Asha", "push"), (0, "Asha", "text")]


async def older_call(story: Story, seen_by: str = "") -> str:
    """As a database has it that knows who saw a call, and nothing of paging."""
    call = new_id()

    def write(session: Session) -> None:
        session.add(
            Incident(
                id=call, person_id=story.company.at.dot.id, raised_at=now(), told_somebody=True, plan={},
                owner_id=seen_by, owned_at=now() if seen_by else None,
            )
        )  # fmt: skip

    await story.company.do(write)
    return call


@pytest.mark.parametrize("seen", [False, True])
async def test_a_tap_that_joins_one_pages_from_the_first_level(story: Story, seen: bool):
    call = await older_call(story, story.company.at.ben.id if seen else "")
    assert await story.tap(story.company.at.dot) == call
    await story.act()
    assert story.pages() == ASHA_IS_PAGED
    kept = await story.incident(call)
    assert (kept.owner_id, kept.cycle, len(kept.code)) == ("", 1, 4)
    await story.tap(story.company.at.dot)
    assert (await story.incident(call)).cycle == 1


@pytest.mark.parametrize("seen", [False, True])
async def test_the_engine_pages_one_that_is_due(story: Story, seen: bool):
    call = await older_call(story, story.company.at.ben.id if seen else "")
    due = update(Incident).where(Incident.id == call).values(next_action_at=now())
    await story.company.do(lambda session: session.execute(due).close())
    await story.act()
    assert story.pages() == ASHA_IS_PAGED


async def test_who_answers_one_has_it_like_any_other(story: Story):
    call = await older_call(story)
    await story.company.do(answer, story.company.at.ben, call)
    await story.tap(story.company.at.dot)
    kept = await story.incident(call)
    assert (kept.owner_id, len(kept.code)) == (story.company.at.ben.id, 4)
    await story.pass_on(185)
    assert (180, "Asha", "push") in story.pages()


@pytest.fixture
async def migrated(unmigrated: str) -> AsyncIterator[Database]:
    """A house of the release before paging, with a call that Asha had seen and one that is over, brought to this."""
    await migrate(unmigrated, "0010")
    database = open_database(unmigrated)
    await database.transaction(_before_paging)
    await migrate(unmigrated)
    yield database
    await database.close()


def _before_paging(session: Session) -> None:
    session.execute(
        text(
            "INSERT INTO people (id, name, letters, contrast, language, no_limits, joined_at) "
            "VALUES ('dot', 'Dot', 22, 'normal', 'en', false, 0)"
        )
    )
    call = text(
        "INSERT INTO incidents "
        "(id, person_id, room_id, raised_at, told_somebody, seen_at, seen_by, closed_at, closed_by, outcome) "
        "VALUES (:id, 'dot', '', 0, true, 0, 'asha', :closed_at, '', '')"
    )
    session.execute(call, [{"id": "open", "closed_at": None}, {"id": "over", "closed_at": 1}])


async def test_a_call_that_an_unfinished_release_left_to_nobody_is_paged(unmigrated: str):
    """As the first draft of 0011 left it: open, an emergency, and never looked at."""
    await migrate(unmigrated, "0010")
    database = open_database(unmigrated)
    await database.transaction(_before_paging)
    await migrate(unmigrated, "0016")
    left = text("UPDATE incidents SET next_action_at = NULL, owner_id = 'asha', owned_at = 0")
    await database.transaction(lambda session: session.execute(left).close())
    await migrate(unmigrated)
    assert [await database.transaction(escalation.step, EVERY_LINE) for _ in range(2)] == ["open", None]
    kept = await database.read(lambda session: session.get_one(Incident, "open"))
    assert (kept.owner_id, kept.cycle) == ("", 1)
    await database.close()


async def test_when_the_house_learns_to_page_the_engine_finds_what_is_open(migrated: Database):
    assert [await migrated.transaction(escalation.step, EVERY_LINE) for _ in range(2)] == ["open", None]
    kept, over = await migrated.read(lambda session: session.scalars(select(Incident).order_by(Incident.id)).all())
    assert (kept.owner_id, kept.cycle, len(kept.code)) == ("", 1, 4)
    assert kept.plan and kept.next_action_at
    assert (over.owner_id, over.next_action_at) == ("asha", None)
