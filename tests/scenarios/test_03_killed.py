"""3. kill -9 between commit and page. 4. kill -9 during a send."""

from datetime import timedelta

from sqlalchemy import select

from app.crisis.models import Incident
from app.crisis.sending_pages import LEASE_SECONDS
from tests.scenarios import faults
from tests.scenarios.elm import LONG, Elm
from tests.scenarios.setting import move_to
from tests.support.waiting import until

DANGER = "I am going to kill myself tonight"


async def test_killed_between_the_commit_and_the_page(elm: Elm):
    await elm.have_workers(0)
    said = await elm.say("Dot", DANGER)
    await elm.kill_server()
    assert said.status_code == 201
    still_open = select(Incident.id).where(Incident.closed_at.is_(None))
    call = await elm.begins(await elm.database.read(lambda session: session.scalars(still_open).one()))
    await elm.database.transaction(move_to, elm.t0 + timedelta(minutes=5))
    assert elm.providers.new() == []
    await elm.have_workers(1)
    await elm.comes("Asha push", "Asha text", "Ben push", "Ben text")
    told = await elm.timeline(call, "sent")
    assert told == ["opened", "paged", "words", "engine_away", "paged"]


async def test_killed_while_it_sends(elm: Elm):
    first, second = await elm.have_workers(2)
    await faults.freeze(elm.database, second)
    elm.providers.hangs.add("text")
    call = await elm.tap()
    await elm.comes("Asha push", "Asha text")
    first.kill()
    elm.providers.let_go()
    second.thaw()
    await elm.database.transaction(move_to, elm.t0 + timedelta(seconds=LEASE_SECONDS - 5))
    assert elm.providers.new() == [], "its lease still runs"
    await elm.database.transaction(move_to, elm.t0 + timedelta(seconds=LEASE_SECONDS + 5))
    await until(lambda: _texts(elm), within=LONG, what="it is sent again")
    assert await elm.calm() in (["Asha text REPEAT"], ["Asha push REPEAT", "Asha text REPEAT"])
    assert await elm.timeline(call) == ["opened", "paged", "tapped", "sent", "sent"]


async def _texts(elm: Elm) -> bool:
    return max(elm.providers.times_sent().values()) == 2
