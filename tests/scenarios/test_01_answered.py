"""1. Help button, answered."""

from tests.scenarios.elm import Elm

FIRST = ["Asha push", "Asha text"]
BEN_TOO = ["Ben push", "Ben text"]


async def test_help_button_answered(elm: Elm):
    call = await elm.tap()
    assert await elm.card() == "telling"
    assert await elm.at(10) == FIRST
    await elm.at(40)
    await elm.act("Asha", call, "answer")
    assert await elm.card() == "coming"
    assert await elm.at(61) == []
    await elm.at(130)
    await elm.writes_in_help_room("Asha", call)
    assert await elm.card() == "here"
    assert await elm.at(130 + 479) == []
    assert await elm.timeline(call, "sent") == ["opened", "paged", "tapped", "answered", "arrived"]


async def test_who_answers_and_does_not_come(elm: Elm):
    call = await elm.tap()
    assert await elm.at(40) == FIRST
    await elm.act("Asha", call, "answer")
    owned_at = (await elm.incident(call)).owned_at
    assert owned_at is not None
    answered = (owned_at - elm.t0).total_seconds()
    assert await elm.at(answered + 170) == []
    assert await elm.at(answered + 185) == BEN_TOO
    assert await elm.card() == "coming_too", "nobody is here yet"
    assert await elm.timeline(call, "sent") == ["opened", "paged", "tapped", "answered", "not_arrived", "paged"]
