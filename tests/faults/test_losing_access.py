from typing import NamedTuple

import pytest

from tests.cast import NORA, WALTER
from tests.support.circle import Circle
from tests.support.client import Live
from tests.support.house import House
from tests.support.person import Person
from tests.support.waiting import PROMISED

pytestmark = pytest.mark.faults


class WithoutBus(NamedTuple):
    circle: Circle
    nora: Person
    rose: Live
    dot: Live


@pytest.fixture
async def without_bus(grown_house: House) -> WithoutBus:
    """Rose and Dot are in the room at the second process; the bus is dead; staff act at the first."""
    circle = await grown_house.circle()
    rose, dot = [await person.enter(circle.id, door=1) for person in (circle.rose, circle.dot)]
    nora = await grown_house.welcome(NORA.name, *NORA.roles)
    grown_house.valkey.kill()
    return WithoutBus(circle, nora, rose, dot)


async def test_a_removed_member_hears_nothing_more_though_the_bus_is_dead(without_bus: WithoutBus):
    circle, _, rose, dot = without_bus
    await circle.act(circle.rose, "remove", reason="A rest is needed")
    await rose.expect("closed", room=circle.id, within=PROMISED)
    said = await (await circle.fay.connect(door=0)).say(circle.id, "After Rose had left")
    await dot.expect("entry", seq=said["seq"])
    await rose.pong()
    assert "After Rose had left" not in str(rose.frames)
    answer = await circle.rose.get(f"{circle.path}/entries", door=1)
    assert answer.status_code == 404


async def test_a_revoked_card_ends_its_sockets_though_the_bus_is_dead(without_bus: WithoutBus):
    circle, nora, _, dot = without_bus
    house = circle.house
    invitation = await house.invite(WALTER.name, room=circle.slug)
    walter = await house.sign_in(invitation, door=1)
    tablet = await walter.enter(circle.id)
    form = {"reissue": "yes", "end_sign_ins": "yes"}
    answer = await nora.ask("POST", f"/staff/people/{invitation.person}/card", data=form, door=0)
    assert answer.is_success, answer.text
    assert await tablet.closed(within=PROMISED) == 4409
    assert (await walter.get("/api/me")).status_code == 401
    assert (await house.use_card(invitation.card, door=1)).status_code == 404
    await dot.pong()


async def test_a_mute_binds_the_other_process_too_though_the_bus_is_dead(without_bus: WithoutBus):
    circle, _, rose, _ = without_bus
    await circle.act(circle.rose, "mute", until="2099-01-01T00:00:00.000Z", reason="Shouting")
    assert (await rose.say(circle.id, "But"))["code"] == "muted"


async def test_a_removal_of_words_reaches_the_other_process_though_the_bus_is_dead(without_bus: WithoutBus):
    circle, _, rose, dot = without_bus
    said = await rose.say(circle.id, "Words that hurt")
    await dot.expect("entry", seq=said["seq"])
    await circle.fay.post(f"{circle.path}/entries/{said['seq']}/remove", door=0)
    await dot.expect("entry", seq=said["seq"], state="removed", text=None, within=PROMISED)
