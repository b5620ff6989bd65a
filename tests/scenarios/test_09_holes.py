"""9. A hole in the rota."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from app.crisis.on_call import Override, Shift
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.tasks import Task
from app.people.ways import Way
from tests.scenarios.elm import LONG, Elm
from tests.scenarios.setting import move_to, on_the_rota
from tests.support.waiting import until

LONDON = ZoneInfo("Europe/London")
OFFICE = ["Elm House ring", "Elm House text"]


async def to_the_clock(elm: Elm, hour: int, minute: int, second: int = 0) -> datetime:
    """The next time that the clock on the house's wall shows this."""
    local = (await elm.now()).astimezone(LONDON)
    then = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
    then = then if then > local else then + timedelta(days=1)
    await elm.database.transaction(move_to, then)
    return then


async def test_an_empty_level_hands_on_at_once(elm: Elm):
    def night_is_empty(session: Session) -> None:
        session.execute(delete(Shift).where(Shift.level == 1))
        on_the_rota(session, 1, elm.people["Asha"]._id, "06:00", "02:00")

    await elm.database.transaction(night_is_empty)
    await to_the_clock(elm, 2, 30)
    call = await elm.tap()
    assert await elm.calm() == ["Ben push", "Ben text"]
    assert await elm.timeline(call, "sent") == ["opened", "nobody_on_call", "paged", "tapped"]


async def test_where_nobody_can_be_reached_the_office_is_and_the_card_says_what_is_true(elm: Elm):
    def nobody_is_reached(session: Session) -> None:
        session.execute(delete(Shift))
        session.execute(delete(Way))

    await elm.database.transaction(nobody_is_reached)
    call = await elm.tap()
    assert await elm.calm() == OFFICE
    assert "catch_all" in await elm.timeline(call)
    assert await elm.card() not in ("telling", "coming", "here")
    message = (await elm.people["Dot"].get("/api/help")).json()["message"]
    assert "999" in message and "116 123" in message
    page = await elm.people["Vera"].get("/staff")
    assert page.status_code == 200 and "Dot" in page.text


async def test_a_hole_is_told_a_week_and_a_day_before_once_each(elm: Elm):
    from_at = (await elm.now()).replace(microsecond=0) + timedelta(days=10)

    def nobody_in_ten_days(session: Session) -> None:
        asha, until_at = elm.people["Asha"]._id, from_at + timedelta(hours=4)
        session.add(Override(id=new_id(), level=1, instead_of=asha, from_at=from_at, until_at=until_at, made_by=asha))

    await elm.database.transaction(nobody_in_ten_days)
    vera = select(Task.kind, Task.due_at).where(Task.given_to == elm.people["Vera"]._id, Task.kind.like("rota_hole%"))

    async def told() -> list[tuple[str, datetime]]:
        return await elm.database.read(lambda session: sorted((kind, at) for kind, at in session.execute(vera)))

    expected = [("rota_hole", from_at - timedelta(days=7)), ("rota_hole_soon", from_at - timedelta(hours=24))]
    await elm.database.transaction(move_to, from_at - timedelta(days=8))
    await until(lambda: _is(told, expected), within=LONG, what="Vera is to be told in time")
    await elm.database.transaction(move_to, from_at - timedelta(days=6))
    await to_the_clock(elm, 0, 30)
    await elm.calm()
    assert await told() == expected


async def _is(told, expected) -> bool:
    return await told() == expected
