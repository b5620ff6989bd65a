"""Who is here: told by each process for its own people, and void when the process falls silent."""

from app.foundation.announcements import StateChanged
from app.foundation.database import Session
from app.rooms import presence
from app.rooms.models import Presence
from tests.support.company import Company
from tests.support.databases import pass_time


async def here(company: Company, room: str = "") -> list[str]:
    """Names, in the order of their ids."""
    room = room or company.at.monday
    _, ids = (await company.read(presence.here_in, [room]))[room]
    names = {company.at.rose.id: "Rose", company.at.harold.id: "Harold", company.at.dot.id: "Dot"}
    assert ids == sorted(ids)
    return sorted(names[who] for who in ids)


async def version(company: Company) -> int:
    return (await company.read(presence.here_in, [company.at.monday]))[company.at.monday][0]


async def come(company: Company, process: str, *people, went: tuple = ()) -> None:
    room = company.at.monday
    came = {(room, one.id) for one in people}
    await company.do(presence.note, process, came, {(room, one.id) for one in went})


async def test_who_opens_a_room_is_here_until_they_leave(company: Company):
    await come(company, "one", company.at.rose, company.at.harold)
    assert await here(company) == ["Harold", "Rose"]
    await come(company, "one", went=(company.at.rose,))
    assert await here(company) == ["Harold"]


async def test_each_change_takes_a_version_and_is_announced(company: Company):
    before = await version(company)
    await come(company, "one", company.at.rose)
    await come(company, "one", company.at.dot, went=(company.at.rose,))
    assert await version(company) == before + 2
    assert company.heard == [StateChanged(company.at.monday, before + 1), StateChanged(company.at.monday, before + 2)]


async def test_somebody_here_through_two_processes_is_here_once_and_until_both_are_gone(company: Company):
    await come(company, "one", company.at.rose)
    await come(company, "two", company.at.rose)
    assert await here(company) == ["Rose"]
    await come(company, "one", went=(company.at.rose,))
    assert await here(company) == ["Rose"]
    await come(company, "two", went=(company.at.rose,))
    assert await here(company) == []


async def test_who_is_here_in_one_room_is_not_in_another(company: Company):
    await come(company, "one", company.at.rose)
    assert await here(company, company.at.pair) == []


async def test_a_process_silent_for_thirty_seconds_has_nobody_here(company: Company):
    await come(company, "one", company.at.rose)
    await pass_time(company.database, seconds=presence.VOID_AFTER_SECONDS - 5)
    assert await here(company) == ["Rose"]
    await pass_time(company.database, seconds=6)
    assert await here(company) == []


async def test_a_process_that_says_it_lives_keeps_its_people(company: Company):
    await come(company, "one", company.at.rose)
    for _ in range(4):
        await pass_time(company.database, seconds=20)
        await company.do(presence.refresh, "one", {(company.at.monday, company.at.rose.id)})
    assert await here(company) == ["Rose"]


async def test_a_refresh_that_changes_nothing_takes_no_version(company: Company):
    await come(company, "one", company.at.rose)
    before = await version(company)
    company.heard.clear()
    await company.do(presence.refresh, "one", {(company.at.monday, company.at.rose.id)})
    assert (await version(company), company.heard) == (before, [])


async def test_a_refresh_mends_what_was_missed(company: Company):
    await come(company, "one", company.at.rose)
    await company.do(presence.refresh, "one", {(company.at.monday, company.at.dot.id)})
    assert await here(company) == ["Dot"]


async def test_the_rows_of_a_dead_process_are_cleaned_away_and_its_rooms_told(company: Company):
    await come(company, "dead", company.at.rose)
    await come(company, "alive", company.at.dot)
    before = await version(company)
    company.heard.clear()
    await pass_time(company.database, seconds=presence.VOID_AFTER_SECONDS + 1)
    await company.do(presence.refresh, "alive", {(company.at.monday, company.at.dot.id)})

    def rows(session: Session) -> list[str]:
        return [row.process_id for row in session.query(Presence)]

    assert await company.read(rows) == ["alive"]
    assert await here(company) == ["Dot"]
    assert company.heard == [StateChanged(company.at.monday, before + 1)]


async def test_a_process_that_stops_takes_its_people_along(company: Company):
    await come(company, "one", company.at.rose)
    await come(company, "two", company.at.dot)
    await company.do(presence.forget, "one")
    assert await here(company) == ["Dot"]


async def test_a_room_that_is_gone_harms_nobody(company: Company):
    await company.do(presence.note, "one", {("no-such-room", company.at.rose.id)}, set())
    assert company.heard == []
    await company.do(presence.forget, "one")


async def test_coming_twice_is_being_here_once(company: Company):
    await come(company, "one", company.at.rose)
    await come(company, "one", company.at.rose)
    assert await here(company) == ["Rose"]
