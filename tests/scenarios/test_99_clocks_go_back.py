"""12. The clocks go back. Last of all, since no clock of a house goes back to the year before."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from app.crisis.on_call import Shift, rota
from app.foundation.database import Session
from app.foundation.tokens import new_id
from tests.scenarios.elm import Elm
from tests.scenarios.setting import move_to
from tests.scenarios.test_09_holes import LONDON

BEN = ["Ben push", "Ben text"]


def last_sunday_of_october(year: int) -> datetime:
    last = datetime(year, 10, 31, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


async def test_in_the_night_when_clocks_go_back_one_person_has_nine_hours(elm: Elm):
    at = await elm.now()
    day = next(day for year in (at.year, at.year + 1) if (day := last_sunday_of_october(year)) > at)
    ben, asha = elm.people["Ben"]._id, elm.people["Asha"]._id

    def one_night(session: Session) -> None:
        session.execute(delete(Shift))
        session.add(Shift(id=new_id(), level=1, person_id=ben, weekday=5, starts="22:00", ends="06:00"))
        session.add(Shift(id=new_id(), level=2, person_id=asha, weekday=5, starts="21:00", ends="07:00"))

    await elm.database.transaction(move_to, day - timedelta(hours=2, minutes=55))
    await elm.begin()
    await elm.database.transaction(one_night)
    for minutes, who in ((30, "Dot"), (90, "Harold")):
        await elm.database.transaction(move_to, day + timedelta(minutes=minutes))
        assert f"{(await elm.now()).astimezone(LONDON):%H:%M}" == "01:30"
        call = await elm.tap(who)
        assert await elm.calm() == BEN
        await elm.at(66)
        await elm.at(126)
        elm.providers.new()
        assert await elm.at(182) == ["Asha push", "Asha text"]
        await elm.act("Asha", call, "answer")
        assert await elm.calm() == ["Ben push taken"]
        await elm.act("Asha", call, "phone")
        await elm.act("Asha", call, "close", ended_as="not_a_crisis", outcome="All is well", follow_up_hours="24")
    begin, end = day - timedelta(hours=3), day + timedelta(hours=6)
    assert end - begin == timedelta(hours=9)
    moments = (begin, end - timedelta(seconds=1), end)
    assert [await elm.database.read(_is_on, ben, moment) for moment in moments] == [True, True, False]


def _is_on(session: Session, person_id: str, at: datetime) -> bool:
    return person_id in rota(session, at).people(1, at, LONDON)
