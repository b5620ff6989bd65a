"""8. Late and disordered delivery reports, and answers by text."""

from app.crisis.models import Page
from tests.scenarios.elm import Elm

FIRST = ["Asha push", "Asha text"]


def text_to(elm: Elm, who: str) -> str:
    """The page of the newest text to somebody."""
    return [one.page for one in elm.providers.sent if (one.who, one.way) == (who, "text")][-1]


async def test_reports_are_no_answer_and_older_ones_count_for_nothing(elm: Elm):
    call = await elm.tap()
    assert await elm.calm() == FIRST
    page = text_to(elm, "Asha")
    await elm.at(20)
    for status, order in (("delivered", 20), ("sent", 15), ("delivered", 20)):
        assert await elm.reports(page, status, order) == 204
    kept = await elm.database.read(lambda session: session.get_one(Page, page))
    assert (kept.state, kept.reported) == ("sent", "delivered")
    assert (await elm.incident(call)).owner_id == ""
    assert await elm.at(66) == ["Asha ring"]
    assert await elm.at(126) == ["Asha ring", "Asha text"]
    assert await elm.at(181) == ["Ben push", "Ben text"]
    await elm.at(200)
    assert await elm.reports(text_to(elm, "Ben"), "undelivered", 40) == 204
    assert await elm.at(205) == ["Ben ring"], "not only at 4:00"
    told = await elm.timeline(call)
    assert await elm.reports("unheard-of", "undelivered", 50) == 404
    assert await elm.reports(page, "undelivered", 60, **{"x-hearthside-signature": "0" * 64}) == 403
    assert await elm.timeline(call) == told
    assert "phone_report_of_nothing_known" in elm.house.log and "phone_door_refused" in elm.house.log


async def test_a_code_sent_back_by_text_takes_the_call_and_an_old_one_changes_nothing(elm: Elm):
    call = await elm.tap()
    assert await elm.calm() == FIRST
    code = (await elm.incident(call)).code
    assert "nothing was changed" in await elm.text_in("Asha", "Who is it?")
    assert await elm.card() == "telling"
    assert f"you have {code}" in await elm.text_in("Asha", code)
    assert await elm.card() == "coming"
    await elm.act("Asha", call, "phone")
    assert await elm.at(70) == []
    elm.said.append("Her sister is with her")
    how = {"ended_as": "safe_with_plan", "outcome": "Her sister is with her", "follow_up_hours": "72"}
    await elm.act("Asha", call, "close", **how)
    await elm.at(24 * 3600)
    again = await elm.tap()
    assert await elm.calm() == FIRST
    assert f"{code} is over" in await elm.text_in("Ben", code)
    assert (await elm.incident(again)).owner_id == ""
