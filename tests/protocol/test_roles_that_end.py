"""A role that comes to its end is gone from open sockets too, though nobody did anything."""

from sqlalchemy import update

from app.foundation.clock import now
from app.foundation.database import Session
from app.people.models import Grant
from tests.support.circle import Circle
from tests.support.inside import inside
from tests.support.waiting import PROMISED, until


def it_ends_now(session: Session, person_id: str) -> None:
    """As midnight does: no process is told."""
    session.execute(update(Grant).where(Grant.person_id == person_id).values(ends_at=now()))


async def test_a_facilitator_whose_role_ends_moderates_no_more_on_a_socket_that_stays_open(circle: Circle):
    fay, rose = await circle.enter(circle.fay, circle.rose)
    assert "remove" in (await fay.open(circle.id))["can"]
    await inside(circle.house.settings, it_ends_now, await circle.fay.id())
    answer = await circle.fay.post(f"{circle.path}/people/{await circle.dot.id()}/hold", {"on": True})
    assert answer.status_code == 403

    async def is_known() -> bool:
        return "remove" not in (await fay.open(circle.id))["can"]

    await until(is_known, within=PROMISED, what="the socket knows that the role has ended")
    said = await fay.say(circle.id, "I am still one of you")
    await rose.expect("entry", seq=said["seq"])
