"""Answering by text: the code from a checked number takes the call, and nothing else does."""

import pytest
from sqlalchemy import update

from app.crisis.ending import close
from app.crisis.models import Incident
from app.crisis.on_call import OnCallPlan
from app.crisis.replies import ANOTHER, HOW, NO_SUCH, OVER, SIGN_IN, STILL_YOURS, YOURS, code_in, reply
from app.crisis.senders import same_number
from app.foundation.clock import now
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.ways import Way, it_is_over
from tests.crisis.paging_story import Story, on_the_rota
from tests.support.company import Company
from tests.support.databases import pass_time

ASHA, BEN, OFFICE = "+447700900001", "07700 900002", "+447700900999"


async def has_number(company: Company, who: Actor, number: str, *, checked: bool = True) -> None:
    def write(session) -> None:
        session.add(
            Way(id=new_id(), person_id=who.id, kind="text", address=number, made_by=who.id, made_at=now(),
                verified_at=now() if checked else None)
        )  # fmt: skip

    await company.do(write)


@pytest.fixture
async def story(company: Company) -> Story:
    """Asha is called first and Ben second, both by text. Dot has called for help."""
    await has_number(company, company.at.asha, ASHA)
    await has_number(company, company.at.ben, BEN)
    await on_the_rota(company, 1, company.at.asha)
    await on_the_rota(company, 2, company.at.ben)
    story = Story(company)
    story.call = await story.tap(company.at.dot)
    story.code = (await story.incident(story.call)).code
    await story.pass_on(5)
    return story


async def sends(story: Story, number: str, text: str) -> str:
    said = await story.company.do(reply, number, text)
    assert not [name for name in ("Dot", "Asha", "Ben") if name in str(said.values)]
    return said.sentence


@pytest.mark.parametrize("words", ["{}", "ack {}", "yes {}", "Yes, {}.", " {}\n", "ACK  {}", "“{}”", "Sí {}", "ok {}"])
async def test_the_code_takes_the_call(story: Story, words: str):
    assert await sends(story, ASHA, words.format(story.code)) == YOURS
    incident = await story.incident(story.call)
    assert (incident.owner_id, incident.arrived_at) == (story.company.at.asha.id, None)
    await story.pass_on(150)
    assert [who for _, who, _ in story.pages()] == ["Asha"]


@pytest.mark.parametrize(
    "words", ["", "no {}", "{} no", "not {}", "yes", "OK", "who is it? {}", "{}{}", "yes yes {}", "{}1", "stop", "١٢٣٤"]
)
async def test_anything_else_is_told_how_and_is_no_answer(story: Story, words: str):
    assert await sends(story, ASHA, words.format(story.code, story.code)) == HOW
    assert (await story.incident(story.call)).owner_id == ""


async def test_a_number_is_known_however_it_is_written(story: Story):
    assert await sends(story, "+44 7700-900002", story.code) == YOURS
    assert (await story.incident(story.call)).owner_id == story.company.at.ben.id


@pytest.mark.parametrize(
    ("kept", "written", "same"),
    [
        ("+44 7700 900123", "0044 7700 900123", True),
        ("07700 900123", "+447700900123", True),
        ("555 0144", "5550144", True),
        ("+447700900123", "+17700900123", False),
        ("900123", "+447700900123", False),
        ("", "", False),
        ("+447700900123", "7700900123", False),
    ],
)
def test_two_ways_to_write_a_number(kept: str, written: str, same: bool):
    assert same_number(kept, written) is same


async def test_the_second_to_answer_is_told_that_somebody_has_it_and_it_is_noted(story: Story):
    await sends(story, ASHA, story.code)
    assert await sends(story, BEN, story.code) == ANOTHER
    assert (await story.incident(story.call)).owner_id == story.company.at.asha.id
    assert "answered_late" in await story.told(story.call)


async def test_who_has_it_is_heard_of_by_the_code_and_keeps_it(story: Story):
    await sends(story, ASHA, story.code)
    await story.pass_on(8 * 60)
    assert await sends(story, ASHA, story.code) == STILL_YOURS
    await story.pass_on(17 * 60)
    assert "went_quiet" not in await story.told(story.call)
    await story.pass_on(19 * 60)
    assert "went_quiet" in await story.told(story.call)


async def test_the_code_of_a_call_that_is_over_changes_nothing_and_that_is_said(story: Story):
    await story.company.do(close, story.company.at.asha, story.call, "safe_with_plan", "Her daughter came")
    before = await story.told(story.call)
    await pass_time(story.company.database, days=1)
    assert await sends(story, BEN, story.code) == OVER
    assert await story.told(story.call) == before
    other = "1000" if story.code != "1000" else "1001"
    assert await sends(story, BEN, other) == NO_SUCH


async def test_a_code_rests_for_a_month_before_it_comes_again(company: Company, monkeypatch: pytest.MonkeyPatch):
    drawn = iter([0, 0, 1, 0])
    monkeypatch.setattr("app.crisis.codes.secrets.randbelow", lambda most: next(drawn))
    codes, story = [], Story(company)
    for days in (1, 30, 0):
        call = await story.tap(company.at.dot)
        codes.append((await story.incident(call)).code)
        await company.do(close, company.at.asha, call, "by_mistake", "It was nothing")
        await pass_time(company.database, days=days)
    assert codes == ["1000", "1001", "1000"]


async def test_a_stranger_a_member_and_an_unchecked_number_get_no_word(story: Story):
    await has_number(story.company, story.company.at.rose, "+447700900010")
    await has_number(story.company, story.company.at.fay, "+447700900011", checked=False)
    for number in ("+447700900010", "+447700900011", "+447700900012", ""):
        assert await sends(story, number, story.code) == ""
    assert (await story.incident(story.call)).owner_id == ""


async def test_a_number_that_is_not_used_any_more_answers_nothing(story: Story):
    def end(session) -> None:
        for way in session.query(Way).filter_by(person_id=story.company.at.asha.id):
            it_is_over(session, way)

    await story.company.do(end)
    assert await sends(story, ASHA, story.code) == ""


async def test_nobody_takes_their_own_call(story: Story):
    call = await story.tap(story.company.at.ben)
    assert await sends(story, BEN, (await story.incident(call)).code) == NO_SUCH


async def test_of_two_who_share_a_telephone_the_one_who_was_paged_has_it(story: Story):
    await has_number(story.company, story.company.at.vera, ASHA)
    await has_number(story.company, story.company.at.fay, ASHA)
    await sends(story, ASHA, story.code)
    assert (await story.incident(story.call)).owner_id == story.company.at.asha.id


async def test_the_staffed_place_is_told_that_a_person_has_to_sign_in(story: Story):
    await story.company.do(lambda session: session.execute(update(OnCallPlan).values(catch_all_phone=OFFICE)).close())
    assert await sends(story, OFFICE, story.code) == SIGN_IN
    assert await sends(story, OFFICE, "hello") == ""
    assert (await story.incident(story.call)).owner_id == ""
    assert "catch_all_heard" in await story.told(story.call)


async def test_practice_is_answered_by_nobody(story: Story):
    await story.company.do(lambda session: session.execute(update(Incident).values(drill=True)).close())
    assert await sends(story, ASHA, story.code) == NO_SUCH


def test_only_four_digits_are_a_code():
    words = ("4821", "yes 4821", "48 21", "48211", "4821?")
    assert [code_in(one) for one in words] == ["4821", "4821", "", "", "4821"]
