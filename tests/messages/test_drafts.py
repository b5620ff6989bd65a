"""What somebody has begun to write on a shared tablet: kept in the house, sealed, for nobody else."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.messages.drafts import Draft, draft_in, forget_draft, keep_draft, rooms_with_drafts
from app.problems import NotFound
from tests.support.company import Company

WORDS = "I have begun to wri"


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "sealing-keys")


async def test_it_comes_back_to_its_writer_in_its_room_alone(company: Company, seals: Seals):
    at = company.at
    await company.do(keep_draft, at.rose, at.monday, WORDS, seals)
    assert await company.read(draft_in, at.rose, at.monday, seals) == WORDS
    assert await company.read(draft_in, at.rose, at.pair, seals) == ""
    assert await company.read(draft_in, at.dot, at.monday, seals) == ""
    assert await company.read(rooms_with_drafts, at.rose) == {at.monday}


async def test_the_newest_is_kept_and_nothing_forgets_it(company: Company, seals: Seals):
    at = company.at
    for text in (WORDS, WORDS + "te"):
        await company.do(keep_draft, at.rose, at.monday, text, seals)
    assert await company.read(draft_in, at.rose, at.monday, seals) == WORDS + "te"
    await company.do(keep_draft, at.rose, at.monday, "  ", seals)
    assert await company.read(rooms_with_drafts, at.rose) == set()


async def test_sent_words_are_no_draft(company: Company, seals: Seals):
    at = company.at
    await company.do(keep_draft, at.rose, at.monday, WORDS, seals)
    await company.do(forget_draft, at.rose, at.monday)
    assert await company.read(draft_in, at.rose, at.monday, seals) == ""


async def test_a_stranger_keeps_nothing_there(company: Company, seals: Seals):
    with pytest.raises(NotFound):
        await company.do(keep_draft, company.at.sybil, company.at.monday, WORDS, seals)


async def test_the_database_does_not_hold_the_words(company: Company, seals: Seals):
    at = company.at
    await company.do(keep_draft, at.rose, at.monday, WORDS, seals)
    sealed = await company.read(lambda session: session.scalar(select(Draft.sealed)))
    assert sealed
    assert "begun" not in sealed


async def test_a_draft_moved_to_another_person_opens_no_more(company: Company, seals: Seals):
    at = company.at
    await company.do(keep_draft, at.rose, at.monday, WORDS, seals)

    def move(session: Session) -> None:
        session.execute(update(Draft).values(person_id=at.dot.id))

    await company.do(move)
    assert await company.read(draft_in, at.dot, at.monday, seals) == ""
