"""How Rose may be reached: in her order, checked before they are used, changed by her and by who helps her."""

from typing import Any

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.foundation.due import Due
from app.people import checking_ways, tasks, ways
from app.people.actors import Actor
from app.people.checking_ways import CODE_SECONDS, MOST_TRIES, SEND_CODE, new_code, type_code
from app.people.ways import Way, add_way, choose_hours, end_way, put_first, ways_of
from app.problems import Invalid, NotAllowed, NotFound, TooFast
from tests.support.company import KEY, Company
from tests.support.databases import pass_time


async def add(company: Company, kind: str, address: str = "", *, by: Actor | None = None, **more: Any) -> Way:
    rose = await company.person(company.at.rose)
    return await company.do(add_way, by or company.at.rose, rose, kind, address, **more)


async def roses_ways(company: Company) -> list[Way]:
    return (await company.read(ways_of, company.at.rose, await company.person(company.at.rose)))[0]


async def test_ways_stand_in_the_order_in_which_they_were_added(company: Company):
    await add(company, "email", "rose@example.org")
    await add(company, "ring", "555 0123")
    await add(company, "tablet")
    assert [way.kind for way in await roses_ways(company)] == ["email", "ring", "tablet"]


async def test_rose_puts_one_before_the_others(company: Company):
    await add(company, "email", "rose@example.org")
    ring = await add(company, "ring", "555 0123")
    await company.do(put_first, company.at.rose, ring.id)
    assert [(way.kind, way.place) for way in await roses_ways(company)] == [("ring", 0), ("email", 1)]


async def test_the_same_way_twice_is_one_and_takes_the_newest_days(company: Company):
    await add(company, "ring", "555 0123", days="0")
    await add(company, "ring", "555 0123", days="31x3")
    [way] = await roses_ways(company)
    assert way.days == "13"


async def test_a_way_that_was_taken_away_is_gone(company: Company):
    ring = await add(company, "ring", "555 0123")
    await company.do(end_way, company.at.rose, ring.id)
    assert await roses_ways(company) == []
    with pytest.raises(NotFound):
        await company.do(put_first, company.at.rose, ring.id)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("ring", ""), ("ring", "call me"), ("ring", "1"), ("text", "+" * 20), ("ring", "5" * 40), ("email", "rose"),
        ("email", "rose@home"), ("email", "a@b.c, d@e.f"), ("email", "r@x.org\nBcc: all@x.org"), ("paper", " "),
        ("paper", "x" * 201), ("pigeon", "coo"),
    ],
)  # fmt: skip
async def test_what_cannot_be_an_address_is_said_and_not_kept(company: Company, kind: str, address: str):
    with pytest.raises(Invalid):
        await add(company, kind, address)
    assert await roses_ways(company) == []


async def test_there_is_an_end_to_the_ways(company: Company):
    for number in range(ways.MOST_WAYS):
        await add(company, "ring", f"555 01{number:02}")
    with pytest.raises(Invalid, match="enough"):
        await add(company, "ring", "555 9999")


@pytest.mark.parametrize("who", ["harold", "fay", "sam", "asha", "nora", "vera", "sybil"])
async def test_nobody_else_sees_or_changes_them(company: Company, who: str):
    other, rose = getattr(company.at, who), await company.person(company.at.rose)
    ring = await add(company, "ring", "555 0123")
    hours = {"quiet_from": "21:00", "quiet_until": "08:00", "tells": "kind"}
    for verb, args in (
        (ways_of, (rose,)),
        (add_way, (rose, "ring", "1")),
        (end_way, (ring.id,)),
        (put_first, (ring.id,)),
    ):
        with pytest.raises(NotFound):
            await company.do(verb, other, *args)
    with pytest.raises(NotFound):
        await company.do(choose_hours, other, rose, **hours)
    with pytest.raises((NotFound, NotAllowed)):
        await company.do(checking_ways.tick, other, ring.id)


async def test_joan_changes_them_with_her_and_each_change_is_recorded(company: Company):
    ring = await add(company, "ring", "555 0123", by=company.at.joan)
    await company.do(put_first, company.at.joan, ring.id)
    await company.do(end_way, company.at.joan, ring.id)
    links = await company.read(lambda session: list(session.scalars(select(AuditLink).order_by(AuditLink.number))))
    assert [link.did for link in links[-3:]] == ["add_way", "put_way_first", "end_way"]
    assert "555" not in str([link.details for link in links])


async def test_a_telephone_is_checked_by_somebody_who_rang_it(company: Company):
    ring = await add(company, "ring", "555 0123")
    assert ring.verified_at is None
    assert [task.kind for task in await company.read(tasks.open_tasks, company.at.joan)] == ["check_way"]
    with pytest.raises(NotAllowed):
        await company.do(checking_ways.tick, company.at.rose, ring.id)
    await company.do(checking_ways.tick, company.at.joan, ring.id)
    [way] = await roses_ways(company)
    assert way.verified_at is not None and way.verified_by == company.at.joan.id
    assert await company.read(tasks.open_tasks, company.at.joan) == []


async def test_two_ways_to_check_are_one_task_until_both_are_checked(company: Company):
    first, second = await add(company, "ring", "555 0123"), await add(company, "paper", "Door 12")
    await company.do(checking_ways.tick, company.at.joan, first.id)
    assert len(await company.read(tasks.open_tasks, company.at.joan)) == 1
    await company.do(checking_ways.tick, company.at.joan, second.id)
    assert await company.read(tasks.open_tasks, company.at.joan) == []


async def test_a_mail_address_is_checked_by_the_numbers_that_came_there(company: Company):
    email = await add(company, "email", "rose@example.org")
    with pytest.raises(Invalid):
        await company.do(checking_ways.tick, company.at.joan, email.id)
    await company.do(checking_ways.send_code, company.at.rose, email.id)
    [row] = await company.read(lambda session: list(session.scalars(select(Due).where(Due.what == SEND_CODE))))
    assert row.whom == email.id and not row.details
    _, code = await company.do(new_code, email.id, KEY)
    assert not await company.do(type_code, company.at.rose, email.id, f"{(int(code) + 1) % 10**6:06}", KEY)
    assert await company.do(type_code, company.at.rose, email.id, f" {code[:3]} {code[3:]} ", KEY)
    assert (await roses_ways(company))[0].verified_at is not None
    assert not await company.do(type_code, company.at.rose, email.id, code, KEY), "they count once"


async def test_the_numbers_last_half_an_hour_and_five_tries(company: Company):
    email = await add(company, "email", "rose@example.org")
    _, code = await company.do(new_code, email.id, KEY)
    await pass_time(company.database, seconds=CODE_SECONDS + 1)
    assert not await company.do(type_code, company.at.rose, email.id, code, KEY)
    _, code = await company.do(new_code, email.id, KEY)
    for _ in range(MOST_TRIES):
        assert not await company.do(type_code, company.at.rose, email.id, "nothing", KEY)
    assert not await company.do(type_code, company.at.rose, email.id, code, KEY)


async def test_without_numbers_nothing_is_checked(company: Company):
    email = await add(company, "email", "rose@example.org")
    assert not await company.do(type_code, company.at.rose, email.id, "", KEY)


@pytest.mark.parametrize(
    "chosen",
    [{"quiet_from": "9pm"}, {"quiet_until": "24:00"}, {"quiet_from": ""}, {"tells": "everything"}],
)
async def test_hours_that_no_clock_shows_are_refused(company: Company, chosen: dict[str, str]):
    rose = await company.person(company.at.rose)
    usual = {"quiet_from": "21:00", "quiet_until": "08:00", "tells": "kind"}
    with pytest.raises(Invalid):
        await company.do(choose_hours, company.at.rose, rose, **usual | chosen)


async def test_nobody_fills_a_strangers_mailbox_from_here(company: Company):
    for number in range(checking_ways.MOST_CODES_AN_HOUR):
        email = await add(company, "email", f"stranger{number}@example.org")
        await company.do(checking_ways.send_code, company.at.rose, email.id)
    with pytest.raises(TooFast):
        await company.do(checking_ways.send_code, company.at.rose, email.id)
    await pass_time(company.database, hours=1, seconds=1)
    await company.do(checking_ways.send_code, company.at.rose, email.id)
