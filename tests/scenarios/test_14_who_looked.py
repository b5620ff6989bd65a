"""14. What leaves the building, and who looked."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select, text, update

from app.foundation.audit import AuditLink
from app.people.tasks import Task
from tests.scenarios.elm import Elm

DANGER = "I am going to kill myself tonight"
BEFORE = "Sam, the kettle is on again"
REASON = "Asha rang and asked me to help her"


async def pair_in_danger(elm: Elm) -> str:
    """Rose writes to her mentor."""
    assert (await elm.say("Rose", BEFORE, elm.at_home.pair)).status_code == 201
    assert (await elm.say("Rose", DANGER, elm.at_home.pair)).status_code == 201
    await elm.comes("Asha push", "Asha text")
    link = elm.providers.sent[-1].text.rsplit("/", 1)[-1]
    return await elm.begins(link)


async def looks(elm: Elm, call: str) -> list[tuple[str, str]]:
    links = select(AuditLink).where(AuditLink.did.in_(("ask_to_look", "read_window"))).order_by(AuditLink.number)
    found = await elm.database.read(lambda session: list(session.scalars(links)))
    names = {person._id: name for name, person in elm.people.items()}
    return [(names[one.who], one.did) for one in found if one.details["incident"] == call]


async def test_a_link_needs_a_sign_in_and_looking_at_it_answers_nothing(elm: Elm):
    call = await pair_in_danger(elm)
    stranger = await elm.house.ask("GET", f"/staff/calls/{call}", follow_redirects=False)
    assert stranger.status_code in (303, 401, 404) and "Rose" not in stranger.text
    assert (await elm.people["Asha"].get(f"/staff/calls/{call}")).status_code == 200
    assert (await elm.incident(call)).owner_id == ""


async def test_the_owner_reads_and_another_gives_a_reason_first(elm: Elm):
    call = await pair_in_danger(elm)
    await elm.act("Asha", call, "answer")
    await elm.act("Asha", call, "phone")
    asha, ben = elm.people["Asha"], elm.people["Ben"]
    assert DANGER in (await asha.get(f"/staff/calls/{call}/window")).text
    assert DANGER not in (await ben.get(f"/staff/calls/{call}/window")).text
    await elm.act("Ben", call, "window", reason=REASON)
    elm.said.append(REASON)
    assert DANGER in (await ben.get(f"/staff/calls/{call}/window")).text
    assert await looks(elm, call) == [("Asha", "read_window"), ("Ben", "ask_to_look"), ("Ben", "read_window")]
    told = select(Task).where(Task.kind == "looked_in", Task.given_to == elm.people["Vera"]._id)
    assert len(await elm.database.read(lambda session: list(session.scalars(told)))) == 1
    packed = await elm.people["Nora"].ask("POST", f"/staff/people/{elm.people['Rose']._id}/held/copy")
    copy = json.loads(zipfile.ZipFile(io.BytesIO(packed.content)).read("copy.json"))
    [seen] = [one for one in copy["who_looked_at_words_around_my_calls"] if one["reason"] == REASON]
    assert seen["who"] in ("Ben", ben._id)
    await elm.at(31 * 60)
    elm.providers.new()
    assert DANGER not in (await ben.get(f"/staff/calls/{call}/window")).text


@pytest.mark.parametrize("change", [update(AuditLink).values(who="nobody"), text("DELETE FROM audit")])
async def test_the_database_refuses_to_change_what_staff_did(elm: Elm, change):
    before = await elm.database.read(lambda session: len(session.scalars(select(AuditLink.number)).all()))
    with pytest.raises(Exception, match="audit|append|only"):
        await elm.database.transaction(lambda session: session.execute(change).close())
    assert await elm.database.read(lambda session: len(session.scalars(select(AuditLink.number)).all())) == before
