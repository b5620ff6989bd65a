"""My settings: mine alone, and only what the page offers."""

import pytest

from app.people.preferences import CONTRASTS, LANGUAGES, LETTERS, choose
from app.people.signing_in import actor_for, begin
from app.problems import Invalid
from tests.support.company import KEY, Company


async def test_a_page_begins_with_letters_of_22_and_ordinary_contrast(company: Company):
    rose = await company.person(company.at.rose)
    assert (rose.letters, rose.contrast, rose.language) == (22, "normal", "en")


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("contrast", CONTRASTS)
async def test_what_is_offered_can_be_chosen_and_is_kept(company: Company, letters: int, contrast: str):
    await company.do(choose, company.at.rose, letters=letters, contrast=contrast)
    rose = await company.person(company.at.rose)
    assert (rose.letters, rose.contrast) == (letters, contrast)


async def test_choosing_one_thing_leaves_the_others(company: Company):
    await company.do(choose, company.at.rose, letters=36)
    await company.do(choose, company.at.rose, contrast="high")
    rose = await company.person(company.at.rose)
    assert (rose.letters, rose.contrast, rose.language) == (36, "high", LANGUAGES[0])


@pytest.mark.parametrize(
    "chosen",
    [{"letters": 17}, {"letters": 10_000}, {"contrast": "<b>"}, {"contrast": ""}, {"language": "../en"}],
)
async def test_what_is_not_offered_is_refused_and_nothing_changes(company: Company, chosen: dict):
    with pytest.raises(Invalid):
        await company.do(choose, company.at.rose, **{"letters": 36, **chosen})
    assert (await company.person(company.at.rose)).letters == 22


async def test_they_are_known_wherever_one_signs_in(company: Company):
    await company.do(choose, company.at.rose, letters=28, contrast="high")
    signed = await company.do(begin, await company.person(company.at.rose), KEY)
    actor = await company.read(actor_for, signed.token, KEY)
    assert (actor.letters, actor.contrast) == (28, "high")


async def test_nobody_elses_change(company: Company):
    await company.do(choose, company.at.rose, letters=36)
    assert (await company.person(company.at.harold)).letters == 22
