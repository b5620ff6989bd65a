"""Write to Joan: asked once, answered once, and nobody but the two of them reads it."""

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.people import asking
from app.people.actors import Actor
from app.people.asking import MOST_OPEN, Question
from app.people.reaching import waiting_notices
from app.problems import Invalid, NotFound, TooFast, TooLong
from tests.support.company import Company, new_ref


async def asks(company: Company, who: Actor, text: str, ref: str = "") -> None:
    await company.do(asking.ask, who, ref or new_ref(), text)


async def the_question(company: Company) -> Question:
    return await company.read(lambda session: session.scalars(select(Question)).one())


async def test_joan_reads_what_rose_asked_and_rose_reads_what_joan_answered(company: Company):
    await asks(company, company.at.rose, "My letters are small.")
    [(question, name)] = await company.do(asking.open_questions, company.at.joan)
    assert (name, question.text) == ("Rose", "My letters are small.")
    await company.do(asking.answer, company.at.joan, question.id, "I made them larger.")
    [mine] = await company.do(asking.my_questions, company.at.rose)
    assert (mine.answer, mine.answered_by) == ("I made them larger.", company.at.joan.id)
    assert await company.do(asking.open_questions, company.at.joan) == []


async def test_rose_is_told_that_there_is_an_answer_until_she_has_read_it(company: Company):
    await asks(company, company.at.rose, "My letters are small.")
    await company.do(asking.answer, company.at.joan, (await the_question(company)).id, "I made them larger.")
    [notice] = await company.read(waiting_notices, company.at.rose)
    assert (notice.what, notice.path) == ("answer", "/ask")
    await company.do(asking.my_questions, company.at.rose)
    assert await company.read(waiting_notices, company.at.rose) == []


async def test_the_same_form_sent_twice_is_one_question(company: Company):
    ref = new_ref()
    await asks(company, company.at.rose, "Once", ref)
    await asks(company, company.at.rose, "Once", ref)
    await the_question(company)


@pytest.mark.parametrize("who", ["harold", "fay", "sam", "asha", "nora", "vera", "sybil"])
async def test_nobody_but_the_helper_sees_or_answers_it(company: Company, who: str):
    await asks(company, company.at.rose, "My letters are small.")
    other = getattr(company.at, who)
    with pytest.raises(NotFound):
        await company.do(asking.open_questions, other)
    with pytest.raises(NotFound):
        await company.do(asking.answer, other, (await the_question(company)).id, "Hello")
    assert await company.do(asking.my_questions, other) == []


async def test_a_helper_does_not_answer_their_own_question(company: Company):
    await asks(company, company.at.joan, "Am I well?")
    assert await company.do(asking.open_questions, company.at.joan) == []
    with pytest.raises(NotFound):
        await company.do(asking.answer, company.at.joan, (await the_question(company)).id, "You are.")


async def test_the_first_answer_stands(company: Company):
    await asks(company, company.at.rose, "My letters are small.")
    question = await the_question(company)
    await company.do(asking.answer, company.at.joan, question.id, "First")
    with pytest.raises(Invalid):
        await company.do(asking.answer, company.at.joan, question.id, "Second")
    assert (await the_question(company)).answer == "First"


@pytest.mark.parametrize(("text", "problem"), [("  ", Invalid), ("x" * 2001, TooLong)])
async def test_what_cannot_be_kept_is_said_and_nothing_is_stored(company: Company, text: str, problem: type[Exception]):
    with pytest.raises(problem):
        await asks(company, company.at.rose, text)
    assert await company.do(asking.my_questions, company.at.rose) == []


async def test_somebody_who_asks_and_asks_is_told_to_ring(company: Company):
    for number in range(MOST_OPEN):
        await asks(company, company.at.rose, f"Question {number}")
    with pytest.raises(TooFast, match="please ring"):
        await asks(company, company.at.rose, "One more")
    await asks(company, company.at.harold, "He still can")


async def test_each_look_and_each_answer_is_a_link_without_words(company: Company):
    await asks(company, company.at.rose, "My letters are small.")
    await company.do(asking.open_questions, company.at.joan)
    await company.do(asking.answer, company.at.joan, (await the_question(company)).id, "Larger now")
    links = await company.read(lambda session: list(session.scalars(select(AuditLink).order_by(AuditLink.number))))
    assert [link.did for link in links[-2:]] == ["look_at_questions", "answer_question"]
    assert not [link for link in links if "letters are" in str(link.details) or "Larger" in str(link.details)]
