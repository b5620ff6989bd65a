"""Beside the fifteen: whoever comes on duty is asked if they are there, and the office is rung by its test."""

import re

from sqlalchemy import delete

from app.crisis import beginning_turns
from app.crisis.lines import KINDS, Lines
from app.crisis.on_call import Shift
from app.foundation.database import Session
from tests.scenarios.elm import Elm
from tests.scenarios.setting import on_the_rota
from tests.scenarios.test_09_holes import LONDON, to_the_clock


def code_in(elm: Elm) -> str:
    """Of the last text that came."""
    texts = [one.text for one in elm.providers.sent if one.way == "text"]
    return re.findall(r"Send (\d{4}) back", texts[-1])[0]


async def test_a_turn_that_nobody_answers_is_a_lead_s_task_and_the_next_are_asked(elm: Elm):
    def turns(session: Session) -> None:
        session.execute(delete(Shift))
        on_the_rota(session, 1, elm.people["Asha"]._id, "12:00", "20:00")
        on_the_rota(session, 2, elm.people["Ben"]._id)
        session.flush()
        beginning_turns.plan(session, Lines(LONDON, KINDS))

    await elm.database.transaction(turns)
    await to_the_clock(elm, 11, 59)
    await to_the_clock(elm, 12, 0, 5)
    await elm.comes("Asha push turn", "Asha text turn")
    code = code_in(elm)
    await to_the_clock(elm, 12, 15, 30)
    await elm.comes("Ben push next", "Ben text next")
    tasks = (await elm.people["Vera"].get("/staff/tasks")).text
    assert "Asha has not answered for their turn on call. Ring them. Calls reach Ben next" in tasks
    board = (await elm.people["Vera"].get("/staff/on-call")).text
    assert "Asha has not answered for their turn (12:00" in board
    assert f"The test {code}" in await elm.text_in("Asha", f"OK {code}")
    assert "Asha has not answered" not in (await elm.people["Vera"].get("/staff/tasks")).text
    assert (await elm.people["Ben"].ask("POST", "/staff/on-call/test")).status_code == 303
    await to_the_clock(elm, 13, 0)
    assert await elm.calm() == []


async def test_the_office_is_texted_and_rung_by_its_test_and_answers(elm: Elm):
    assert (await elm.people["Vera"].ask("POST", "/staff/on-call/tests")).status_code == 303
    await elm.comes("Elm House ring test", "Elm House text test")
    assert "is answered" in await elm.text_in("Elm House", code_in(elm))
    page = (await elm.people["Vera"].get("/staff/on-call")).text
    for words in ("Ring: a test went out today", "Text message: a test went out today", "Last test answered: today."):
        assert words in page
