"""My plan: my own words, sealed, opened for nobody unless I agreed, and then only for who looks after my call."""

from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from app.crisis.answering import answer
from app.crisis.ending import close
from app.crisis.opening_sheets import open_plan
from app.crisis.raising import raise_help
from app.foundation.database import Session
from app.foundation.sealing import CannotOpen, Seals
from app.people.safety_plan import LONGEST, SafetyPlan, keep_plan, opened, openings_of, own_plan
from app.people.tasks import Task
from app.problems import Invalid, NotAllowed, NotFound
from tests.support.company import Company, new_ref

MINE = {"signs": "I lie awake.", "helps": "The harbor, rain or not.", "ask": "Ana, 555 0144", "else": "not a part"}


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "sealing-keys")


async def call_of_rose(company: Company, seals: Seals, *, shared: bool) -> str:
    await company.do(keep_plan, company.at.rose, MINE, shared, seals)
    call = (await company.do(raise_help, company.at.rose, new_ref())).incident_id
    await company.do(answer, company.at.asha, call)
    return call


async def test_it_is_kept_in_her_own_words_part_by_part(company: Company, seals: Seals):
    assert await company.read(own_plan, company.at.rose, seals) is None
    await company.do(keep_plan, company.at.rose, MINE, False, seals)
    plan = await company.read(own_plan, company.at.rose, seals)
    assert plan.words["helps"] == "The harbor, rain or not." and plan.words["safe"] == ""
    assert "else" not in plan.words and plan.shared is False
    await company.do(keep_plan, company.at.rose, {"helps": "Music"}, True, seals)
    plan = await company.read(own_plan, company.at.rose, seals)
    assert (plan.words["helps"], plan.words["signs"], plan.shared) == ("Music", "", True)


async def test_a_copy_of_the_database_tells_nobody_and_a_moved_row_opens_nothing(company: Company, seals: Seals):
    await company.do(keep_plan, company.at.rose, MINE, True, seals)
    kept = await company.read(lambda session: session.scalar(text("SELECT sealed FROM safety_plans")))
    assert "harbor" not in kept and "555 " not in kept

    def move(session: Session) -> None:
        session.execute(update(SafetyPlan).values(person_id=company.at.harold.id))

    await company.do(move)
    with pytest.raises(CannotOpen):
        await company.read(opened, company.at.harold.id, seals)


async def test_what_is_too_long_is_told_and_nothing_is_lost(company: Company, seals: Seals):
    await company.do(keep_plan, company.at.rose, MINE, False, seals)
    with pytest.raises(Invalid):
        await company.do(keep_plan, company.at.rose, {"helps": "x" * (LONGEST + 1)}, False, seals)
    assert (await company.read(own_plan, company.at.rose, seals)).words["signs"] == "I lie awake."


async def test_without_her_consent_it_stays_shut_even_for_the_owner_of_her_call(company: Company, seals: Seals):
    call = await call_of_rose(company, seals, shared=False)
    assert await company.do(open_plan, company.at.asha, call, seals) is None
    assert await company.read(openings_of, company.at.rose) == []


async def test_with_it_the_owner_opens_it_and_she_sees_who_did(company: Company, seals: Seals):
    call = await call_of_rose(company, seals, shared=True)
    plan = await company.do(open_plan, company.at.asha, call, seals)
    assert plan.words["ask"] == "Ana, 555 0144"
    assert [name for _, name in await company.read(openings_of, company.at.rose)] == ["Asha"]
    with pytest.raises(NotAllowed):
        await company.do(open_plan, company.at.ben, call, seals)
    await company.do(close, company.at.asha, call, "safe_with_plan", "Rang her daughter")
    with pytest.raises(NotAllowed):
        await company.do(open_plan, company.at.asha, call, seals)


@pytest.mark.parametrize("who", ["rose", "harold", "joan", "sam", "sybil"])
async def test_for_everybody_else_there_is_no_such_call(company: Company, seals: Seals, who: str):
    call = await call_of_rose(company, seals, shared=True)
    with pytest.raises(NotFound):
        await company.do(open_plan, getattr(company.at, who), call, seals)


async def waiting(company: Company) -> list[tuple[str, str]]:
    query = select(Task).where(Task.kind.in_(("offer_plan", "plan_again")), Task.done_at.is_(None))
    return [(task.kind, task.given_to) for task in await company.read(lambda session: list(session.scalars(query)))]


async def test_after_a_hard_time_it_is_offered_and_writing_it_ends_the_task(company: Company, seals: Seals):
    call = (await company.do(raise_help, company.at.rose, new_ref())).incident_id
    await company.do(answer, company.at.asha, call)
    await company.do(close, company.at.asha, call, "referred", "Her doctor saw her")
    assert await waiting(company) == [("offer_plan", company.at.asha.id)]
    await company.do(keep_plan, company.at.rose, MINE, False, seals)
    assert await waiting(company) == []


async def test_who_has_one_is_asked_to_look_at_it_and_a_mistake_asks_nothing(company: Company, seals: Seals):
    call = await call_of_rose(company, seals, shared=False)
    await company.do(close, company.at.asha, call, "by_mistake", "A slip of the finger")
    assert await waiting(company) == []
    call = await call_of_rose(company, seals, shared=False)
    await company.do(close, company.at.asha, call, "safe_with_plan", "They talked")
    assert await waiting(company) == [("plan_again", company.at.asha.id)]
