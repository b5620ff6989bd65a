"""15. From concern to resolved, with follow-up."""

from datetime import timedelta

from sqlalchemy import select

from app.crisis.models import Incident
from app.crisis.worrying import Flag
from app.people.tasks import Task
from tests.scenarios.elm import Elm
from tests.scenarios.setting import has_ways, move_to

WORRY = "I do not see the point of anything any more"
OUTCOME = "Her sister stays with her"
NOTE = "She sounds tired, her sister is on the way"
DAY = 24 * 3600


async def worried(elm: Elm) -> str:
    fay = await elm.people["Fay"].connect()
    assert (await elm.say("Dot", WORRY)).status_code == 201
    alert = await fay.expect("alert", kind="worry")
    return await elm.begins(alert["incident"])


async def test_a_worry_goes_to_the_facilitators_then_to_on_call(elm: Elm):
    gil = elm.people["Gil"]._id
    way = {"push": f"{elm.providers.url}/push/Gil"}
    await elm.database.transaction(has_ways, gil, way, elm.providers.keys)
    call = await worried(elm)
    desk = (await elm.people["Fay"].get(f"/rooms/{elm.at_home.monday}/desk")).text
    assert WORRY in desk
    assert await elm.at(290) == []
    assert await elm.at(302) == ["Gil push worry"]
    assert await elm.at(590) == []
    assert await elm.at(603) == ["Asha push concern", "Asha text concern"]
    told = await elm.timeline(call, "sent")
    assert told == ["opened", "words", "facilitators_told", "nobody_picked_it_up", "paged"]
    assert (await elm.people["Asha"].get(f"/staff/calls/{call}")).status_code == 200


async def test_one_tap_gets_on_call(elm: Elm):
    call = await worried(elm)
    await elm.at(120)
    flag = select(Flag.id).where(Flag.incident_id == call)
    path = f"/rooms/{elm.at_home.monday}/worries/{await elm.database.read(lambda session: session.scalar(flag))}"
    answer = await elm.people["Fay"].ask("POST", path, data={"judgement": "on_call"})
    assert answer.status_code == 303, answer.text
    assert await elm.calm() == ["Asha push", "Asha text"]
    assert (await elm.incident(call)).tier == "emergency"


async def test_a_call_ends_with_an_outcome_and_is_followed_up_by_a_person(elm: Elm):
    call = await elm.tap()
    assert await elm.calm() == ["Asha push", "Asha text"]
    await elm.act("Asha", call, "answer")
    await elm.writes_in_help_room("Asha", call)
    elm.said += [NOTE, OUTCOME]
    await elm.act("Asha", call, "note", text=NOTE)
    room = (await elm.incident(call)).help_room_id
    assert NOTE not in str(await elm.people["Dot"].history(room))
    for missing in ({"ended_as": "", "outcome": OUTCOME}, {"ended_as": "safe_with_plan", "outcome": " "}):
        refused = await elm.people["Asha"].ask("POST", f"/staff/calls/{call}/close", data=missing)
        assert refused.status_code == 422, refused.status_code
    how = {"ended_as": "safe_with_plan", "outcome": OUTCOME, "follow_up_hours": "24"}
    await elm.act("Asha", call, "close", **how)
    closed_at = (await elm.incident(call)).closed_at
    assert closed_at is not None
    for days, wanted in ((1, ["Asha push follow_up"]), (2, ["Asha push follow_up"]),
                         (3, ["Asha push follow_up", "Vera push follow_up"])):  # fmt: skip
        await elm.database.transaction(move_to, closed_at + timedelta(days=days, seconds=5))
        await elm.comes(*wanted)
    assert (await elm.incident(call)).followed_up_at is None, "only a person says so"
    await _looks_in(elm, call)
    await elm.at(6 * DAY)
    assert await elm.calm() == []


async def _looks_in(elm: Elm, call: str) -> None:
    mine = select(Task.id).where(
        Task.kind == "follow_up", Task.given_to == elm.people["Asha"]._id, Task.done_at.is_(None)
    )
    task = await elm.database.read(lambda session: session.scalars(mine).one())
    done = await elm.people["Asha"].ask("POST", f"/staff/tasks/{task}", data={"outcome": OUTCOME})
    assert done.status_code == 303, f"{done.status_code} {done.text[:500]}"
    kept: Incident = await elm.incident(call)
    assert kept.followed_up_by == elm.people["Asha"]._id
