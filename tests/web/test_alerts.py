"""What staff hear who have a page open: who called, and whether it is again."""

from app.crisis.answering import answer, pass_on
from app.crisis.lines import EVERY_LINE
from app.crisis.raising import raise_help
from app.web.live.alerts import calls_for, open_matters
from tests.support.company import Company, new_ref


async def heard(company: Company) -> list[str]:
    calls, _, _ = await company.read(open_matters)
    return [alert["message"] for alert in calls_for(company.at.ben, calls).values()]


async def tap(company: Company, times: int = 1) -> str:
    return [await company.do(raise_help, company.at.rose, new_ref()) for _ in range(times)][-1].incident_id


async def asha_has_it(company: Company, call: str) -> None:
    await company.do(answer, company.at.asha, call)
    assert await heard(company) == []


async def test_a_second_tap_is_again(company: Company):
    await tap(company)
    assert await heard(company) == ["Rose asked for help."]
    await tap(company)
    assert await heard(company) == ["Rose asked for help again."]


async def test_a_call_that_is_passed_on_is_again_only_for_taps_since_somebody_had_it(company: Company):
    call = await tap(company, 3)
    await asha_has_it(company, call)
    await company.do(pass_on, company.at.asha, call, EVERY_LINE)
    assert await heard(company) == ["Rose asked for help."]
    await asha_has_it(company, call)
    await tap(company)
    await company.do(pass_on, company.at.asha, call, EVERY_LINE)
    assert await heard(company) == ["Rose asked for help again."]
    await asha_has_it(company, call)
    await company.do(pass_on, company.at.asha, call, EVERY_LINE)
    assert await heard(company) == ["Rose asked for help."]


async def test_each_call_counts_for_itself(company: Company):
    call = await tap(company, 2)
    await company.do(answer, company.at.asha, call)
    await company.do(raise_help, company.at.dot, new_ref())
    assert await heard(company) == ["Dot asked for help."]


async def test_a_note_after_a_tap_is_not_a_second_tap(company: Company):
    await tap(company)
    await company.do(raise_help, company.at.rose, new_ref(), note="My door is open")
    assert await heard(company) == ["Rose asked for help."]
