"""A test by a way that is in trouble: that it was answered by another way does not hide it."""

import pytest
from sqlalchemy import select, update

from app.crisis import duty_tests
from app.crisis.lines import lines_of
from app.crisis.models import DutyTest
from app.crisis.on_call import OnCallPlan
from app.foundation import due
from app.people.ways import Way
from app.reminding_out import MOST_TRIES
from app.worker import AGAIN_SECONDS, do_one
from tests.support.company import Company
from tests.support.databases import pass_time
from tests.worker.test_every_way_out import Outside, called, outside

assert called and outside
OFFICE = "+447700900999"


async def asks(called: Company, outside: Outside, person_id: str) -> DutyTest:
    await called.do(duty_tests.ask_now, called.at.vera, person_id)
    row = await called.do(due.claim, [duty_tests.ASK])
    await called.do(duty_tests.begin, row.id, row.whom, lines_of(outside.settings))
    return await called.read(lambda session: session.scalars(select(DutyTest).filter_by(person_id=person_id)).one())


async def goes_out(called: Company, outside: Outside) -> None:
    while await do_one(called.database, outside.settings, [duty_tests.SEND]):
        pass
    await pass_time(called.database, seconds=AGAIN_SECONDS + 1)


@pytest.mark.parametrize(("says", "went"), [(200, ""), (503, "503")])
async def test_the_telephone_of_the_catch_all_is_tried_by_each_way_though_it_has_answered(
    called: Company, outside: Outside, says: int, went: str
):  # fmt: skip
    await called.do(lambda session: session.execute(update(OnCallPlan).values(catch_all_phone=OFFICE)).close())
    outside.phones.says = 503
    test = await asks(called, outside, duty_tests.CATCH_ALL)
    await goes_out(called, outside)
    await called.do(duty_tests.answer_by_code, [duty_tests.CATCH_ALL], test.code)
    outside.phones.says = says
    for _ in range(MOST_TRIES):
        await goes_out(called, outside)
    newest = await called.read(duty_tests.newest_of_catch_all)
    assert newest.answered_at and newest.went == {"text": went, "ring": went}


async def test_a_way_that_was_in_trouble_when_somebody_answered_by_another_is_on_the_board(
    called: Company, outside: Outside
):  # fmt: skip
    outside.phones.says = 503
    await asks(called, outside, called.at.asha.id)
    await goes_out(called, outside)
    before = len(outside.phones.handed)
    await called.do(duty_tests.answer, called.at.asha)
    await goes_out(called, outside)
    assert len(outside.phones.handed) == before, "who has answered is not rung any more"
    in_trouble = select(Way.kind).where(Way.trouble != "")
    assert sorted(await called.read(lambda session: session.scalars(in_trouble).all())) == ["ring", "text"]
