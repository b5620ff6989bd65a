"""2. Message, incident and first pages are one transaction."""

import uuid

import pytest
from sqlalchemy import func, select

from app.crisis.models import Incident, IncidentEvent, Page
from app.crisis.worrying import Flag
from app.foundation.database import Session
from app.rooms.models import Entry
from tests.scenarios import faults
from tests.scenarios.elm import Elm

DANGER = "I am going to kill myself tonight"
PLACES = [("entries", False), ("flags", False), ("incidents", False), ("pages", False), ("incident_events", True)]


def counted(session: Session) -> list[int]:
    tables = (Entry, Flag, Incident, Page, IncidentEvent)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.mark.parametrize(("place", "commit"), PLACES)
async def test_all_of_it_or_nothing(elm: Elm, place: str, commit: bool):
    before = await elm.database.read(counted)
    ref = str(uuid.uuid4())
    await faults.break_at(elm.database, place, commit=commit)
    try:
        refused = await elm.say("Dot", DANGER, ref=ref)
    finally:
        await faults.mend(elm.database, place)
    assert refused.status_code >= 500, refused.text
    assert await elm.database.read(counted) == before
    assert (await elm.say("Dot", DANGER, ref=ref)).status_code == 201
    assert (await elm.say("Dot", DANGER, ref=ref)).status_code == 201, "the same again is the same"
    after = [now - then for now, then in zip(await elm.database.read(counted), before, strict=True)]
    assert after[:3] == [1, 1, 1]
    await elm.comes("Asha push", "Asha text")


async def test_the_room_has_the_words_and_the_call_at_once(elm: Elm):
    harold = await elm.people["Harold"].enter(elm.at_home.monday)
    fay = await elm.people["Fay"].connect()
    assert (await elm.say("Dot", DANGER)).status_code == 201
    await harold.expect("entry", where=lambda frame: frame["text"] == DANGER)
    alert = await fay.expect("alert", kind="help")
    call = await elm.begins(alert["incident"])
    assert await elm.at(5) == ["Asha push", "Asha text"]
    assert await elm.timeline(call, "sent") == ["opened", "paged", "words"]
