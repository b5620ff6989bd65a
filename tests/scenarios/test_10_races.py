"""10. Acknowledgement races. 13. Again and again."""

import asyncio

from sqlalchemy import select, update

from app.crisis.models import Incident
from app.foundation.database import Session
from tests.scenarios import faults
from tests.scenarios.elm import Elm

FIRST = ["Asha push", "Asha text"]
RUNS = 60
"""Through the doors of a real server; tests/crisis/test_races.py runs five hundred of the verbs beneath."""
DANGER = "I am going to kill myself tonight"
OUTCOME = {"ended_as": "safe_with_plan", "outcome": "Her sister is with her", "follow_up_hours": "24"}


def nobody_has_it(session: Session, call: str) -> None:
    nothing = {"owner_id": "", "owned_at": None, "lease_until": None, "arrived_at": None, "next_action_at": None}
    session.execute(update(Incident).where(Incident.id == call).values(**nothing))


async def test_of_two_answers_at_once_one_wins(elm: Elm):
    call = await elm.tap()
    assert await elm.calm() == FIRST
    assert await elm.at(181) == ["Asha ring", "Ben push", "Ben text"]
    winners = set()
    for _ in range(RUNS):
        await elm.database.transaction(nobody_has_it, call)
        await asyncio.gather(elm.act("Ben", call, "answer"), elm.act("Asha", call, "answer"))
        winners.add((await elm.incident(call)).owner_id)
    assert winners <= {elm.people["Asha"]._id, elm.people["Ben"]._id}
    told = await elm.timeline(call, "sent")
    assert told.count("answered") == told.count("answered_late") == RUNS
    assert [one for one in await elm.calm() if not one.endswith("push taken")] == []


async def test_an_answer_just_before_the_second_level_leaves_ben_alone(elm: Elm):
    call = await elm.tap()
    await elm.at(170)
    await faults.freeze(elm.database, elm.workers[-1])
    await elm.act("Asha", call, "answer")
    elm.workers[-1].thaw()
    elm.providers.new()
    await elm.act("Asha", call, "phone")
    assert await elm.at(185) == []


async def test_an_answer_just_after_the_second_level_costs_ben_no_more_than_a_first_page(elm: Elm):
    call = await elm.tap()
    await elm.at(170)
    assert await elm.at(181) == ["Ben push", "Ben text"]
    await elm.act("Asha", call, "answer")
    assert await elm.calm() == ["Ben push taken"]
    await elm.act("Asha", call, "phone")
    assert await elm.at(330) == []


async def test_again_and_again(elm: Elm):
    calls = {await elm.tap() for _ in range(5)}
    for number in range(3):
        assert (await elm.say("Dot", f"{DANGER}, I mean it {number}")).status_code == 201
    [call] = calls
    assert await elm.at(10) == FIRST
    told = await elm.timeline(call)
    assert told.count("tapped") + told.count("words") == 8
    await elm.act("Asha", call, "answer")
    await elm.act("Asha", call, "phone")
    assert (await elm.say("Dot", DANGER)).status_code == 201
    assert await elm.calm() == ["Asha push new_words"]
    assert (await elm.say("Dot", DANGER)).status_code == 201
    assert await elm.calm() == [], "once a minute at the most"
    elm.said.append(OUTCOME["outcome"])
    await elm.act("Asha", call, "close", **OUTCOME)
    again = await elm.tap()
    assert again != call
    assert await elm.at(8) == FIRST
    other = await elm.tap("Harold")
    assert await elm.calm() == FIRST
    codes = select(Incident.code).where(Incident.id.in_([again, other]))
    assert len(set(await elm.database.read(lambda session: list(session.scalars(codes))))) == 2
