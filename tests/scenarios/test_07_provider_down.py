"""7. Provider down: next method now."""

from sqlalchemy import select

from app.crisis.models import IncidentEvent, Page
from app.people.ways import ways_in_use
from tests.scenarios.elm import Elm
from tests.scenarios.providers import TOKEN

FIRST = ["Asha push", "Asha text"]


async def test_a_provider_that_is_down_brings_the_next_way_at_once(elm: Elm):
    elm.providers.refuses["text"] = 503
    call = await elm.tap()
    assert await elm.calm() == ["Asha push", "Asha ring", "Asha text"], "not only after a minute"
    assert await elm.at(25) == ["Asha text"]
    assert await elm.at(50) == ["Asha text"]
    elm.providers.refuses.clear()
    assert await elm.at(95) == ["Asha text"]
    assert "failed" in await elm.timeline(call)
    reasons = select(IncidentEvent.details).where(IncidentEvent.incident_id == call, IncidentEvent.what == "failed")
    told = await elm.database.read(lambda session: list(session.scalars(reasons)))
    assert {one["trouble"] for one in told} == {"503"}
    await elm.act("Asha", call, "answer")


async def test_nobody_is_asked_again_for_a_wrong_number_and_staff_see_it(elm: Elm):
    elm.providers.refuses["text"] = 400
    call = await elm.tap()
    assert await elm.calm() == ["Asha push", "Asha ring", "Asha text"]
    assert await elm.at(100) == []
    asha = elm.people["Asha"]._id
    ways = await elm.database.read(ways_in_use, asha)
    assert {way.kind: bool(way.trouble) for way in ways} == {"push": False, "text": True, "ring": False}
    await elm.act("Asha", call, "answer")


async def test_the_second_provider_is_used_before_the_next_way(elm: Elm):
    second = {
        "HEARTHSIDE_SECOND_PHONE_URL": f"{elm.providers.url}/2", "HEARTHSIDE_SECOND_PHONE_TOKEN": TOKEN[1],
    }  # fmt: skip
    await elm.have_workers(0)
    elm.house.settings |= second
    try:
        await elm.have_workers(1)
    finally:
        elm.house.settings = {name: value for name, value in elm.house.settings.items() if name not in second}
    elm.providers.refuses["1/text"] = 503
    call = await elm.tap()
    assert await elm.at(8) == ["Asha push", "Asha text", "Asha text by the second"]
    assert await elm.at(30) == []
    await elm.act("Asha", call, "answer")
    pages = select(Page.state).where(Page.incident_id == call, Page.kind == "text", Page.attempt == 1)
    assert await elm.database.read(lambda session: session.scalars(pages).one()) == "sent"
    await elm.have_workers(0)
