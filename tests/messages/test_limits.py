"""How fast and how much one may say."""

import pytest

from app.messages.pace import MOST
from app.messages.posting import LONGEST_TEXT, Words, words_of
from app.messages.refs import Said
from app.people.actors import Actor
from app.people.roles import Roles
from app.problems import Invalid, Muted, TooFast, TooLong
from tests.messages.test_posting import batch, mute_ken, words
from tests.support.company import Company, new_ref

ROSE = Actor("rose", "Rose", Roles(frozenset()))


async def test_ten_in_ten_seconds_and_not_an_eleventh(company: Company):
    answers = await batch(company, *(words(company, company.at.rose, str(n)) for n in range(MOST + 2)))
    assert [type(answer) for answer in answers] == [Said] * MOST + [TooFast] * 2
    assert answers[-1].retry_after_ms > 0
    assert isinstance(await company.answer(company.at.harold, "I may"), Said)


async def test_what_is_refused_for_another_reason_counts_for_nothing(company: Company):
    await mute_ken(company)
    for _ in range(MOST + 5):
        assert isinstance(await company.answer(company.at.ken, "Buy my boat"), Muted)


async def test_people_made_for_load_tests_know_no_haste(company: Company):
    rose = words(company, company.at.rose)
    many = [Words(rose.room_id, rose.person_id, new_ref(), str(n), no_limits=True) for n in range(MOST * 3)]
    assert {type(answer) for answer in await batch(company, *many)} == {Said}


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\x00\x07"])
def test_no_words_are_none(text: str):
    with pytest.raises(Invalid):
        words_of(ROSE, "monday", new_ref(), text)


@pytest.mark.parametrize(
    "text", ["x" * LONGEST_TEXT, "🏡" * LONGEST_TEXT, "e\u0301" * LONGEST_TEXT, " " * 9999 + "x" * LONGEST_TEXT]
)
def test_four_thousand_code_points_after_cleaning_are_not_too_long(text: str):
    assert len(words_of(ROSE, "monday", new_ref(), text).text) == LONGEST_TEXT


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), "🏡" * 10_000, "x" * 1_000_000])
def test_one_more_is(text: str):
    assert isinstance(words_of(ROSE, "monday", new_ref(), text).refused, TooLong)
