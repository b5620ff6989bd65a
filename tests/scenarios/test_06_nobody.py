"""6. Nobody answers. 9. A hole in the rota. 11. The owner goes quiet."""

from tests.scenarios.elm import Elm

FIRST = ["Asha push", "Asha text"]
EVERYBODY = ["Asha push", "Asha text", "Ben push", "Ben text", "Vera push", "Vera text"]
SECOND = ["Asha ring", "Ben ring", "Vera ring"]
THIRD = ["Asha ring", "Asha text", "Ben ring", "Ben text", "Vera ring", "Vera text"]
ONE_PERSON = [(0, "push"), (0, "text"), (60, "ring"), (120, "ring"), (120, "text")]
SLACK = 10
HOUR = 3600


def about(found: list[tuple[int, str]], wanted: list[tuple[int, str]]) -> bool:
    """The same ways in the same order, and each at its time."""
    near = [0 <= at - due <= SLACK for (at, _), (due, _) in zip(found, wanted, strict=False)]
    return [way for _, way in found] == [way for _, way in wanted] and all(near)


async def test_nobody_answers(elm: Elm):
    fay = await elm.people["Fay"].connect()
    call = await elm.tap()
    await fay.expect("alert", kind="help", incident=call)
    assert await elm.calm() == FIRST
    assert await elm.at(55) == []
    assert await elm.at(66) == ["Asha ring"]
    assert await elm.at(126) == ["Asha ring", "Asha text"]
    assert await elm.at(178) == []
    assert await elm.card() == "telling"
    assert await elm.at(181) == ["Ben push", "Ben text"]
    assert await elm.card() == "no_answer"
    assert await elm.at(248) == ["Ben ring"]
    assert await elm.at(308) == ["Ben ring", "Ben text"]
    assert await elm.at(362) == EVERYBODY
    assert await elm.at(428) == SECOND
    assert await elm.at(488) == THIRD
    assert about((await elm.due(call, "Asha"))[:5], ONE_PERSON)
    assert about(await elm.due(call, "Ben"), [(at + 180, way) for at, way in ONE_PERSON] + _everybody())
    assert about(await elm.due(call, "Vera"), _everybody())
    assert await elm.at(602) == FIRST
    told = await elm.timeline(call, "sent")
    assert told == ["opened", "paged", "tapped", "paged", "paged", "again", "paged"]
    await _half_a_day(elm, call)


def _everybody() -> list[tuple[int, str]]:
    return [(at + 360, way) for at, way in ONE_PERSON]


async def _half_a_day(elm: Elm, call: str) -> None:
    """However long it takes: every round begins with the first level, and never is there a flood."""
    for hour in (1, 3, 6, 9, 12):
        assert set(FIRST) <= set(await elm.at(hour * HOUR)) <= {*EVERYBODY, *THIRD}
        incident = await elm.incident(call)
        assert incident.next_action_at is not None and incident.closed_at is None
    await elm.at(12 * HOUR + 5)
    await elm.act("Asha", call, "answer")
    assert await elm.calm() == ["Ben push taken", "Vera push taken"]
    assert await elm.at(12 * HOUR + 150) == []


async def test_the_owner_goes_quiet(elm: Elm):
    call = await elm.tap()
    assert await elm.at(40) == FIRST
    await elm.act("Asha", call, "answer")
    await elm.at(60)
    await elm.writes_in_help_room("Asha", call)
    assert await elm.at(535) == []
    assert await elm.at(545) == ["Asha push still_with"]
    assert await elm.card() == "here"
    assert await elm.at(665) == FIRST
    assert await elm.card() == "telling"
    told = await elm.timeline(call, "sent")
    assert told[3:] == ["answered", "arrived", "reminded", "went_quiet", "paged"]


async def test_the_owner_on_the_phone_is_not_asked(elm: Elm):
    call = await elm.tap()
    assert await elm.at(5) == FIRST
    await elm.act("Asha", call, "answer")
    await elm.writes_in_help_room("Asha", call)
    await elm.at(475)
    await elm.act("Asha", call, "phone")
    assert await elm.at(475 + 28 * 60 - 60) == []
    assert await elm.at(475 + 28 * 60 + 10) == ["Asha push still_with"]
    await elm.act("Asha", call, "note", text="Her sister is on the way")
    elm.said.append("Her sister is on the way")
    assert await elm.at(475 + 30 * 60 + 10) == []
    assert await elm.card() == "here"
