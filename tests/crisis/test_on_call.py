"""Who is on call at a moment, by the clocks of real places: nights, overrides, the plan."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from app.crisis import board
from app.crisis.lines import EVERY_LINE, Lines
from app.crisis.on_call import OnCallPlan, Override, Shift, covers, is_awake, on_call
from app.crisis.planning import DELAYS, edit_plan
from app.crisis.rota import add_shift, end_override, end_shift, override
from app.foundation.audit import AuditLink
from app.foundation.clock import database_now
from app.people.actors import Actor
from app.people.models import Person, Site
from app.problems import Invalid, NotAllowed, NotFound
from app.wording import say
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company

LONDON, KATHMANDU, CHATHAM = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Chatham")
MINUTE = timedelta(minutes=1)
PLAN = {
    "level_2_after": 120, "level_3_after": 300, "again_after": 900,
    "arrive_within": 180, "remind_after": 480, "lease": 600, "phone_lease": 1800,
}  # fmt: skip


def minutes_of(shift: Shift, begin: datetime, hours: int, zone: ZoneInfo) -> int:
    return sum(covers(shift, begin + MINUTE * one, zone) for one in range(hours * 60))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(datetime(2026, 10, 24, tzinfo=UTC), 9), (datetime(2026, 3, 28, tzinfo=UTC), 7),
     (datetime(2026, 10, 17, tzinfo=UTC), 8)],
)  # fmt: skip
def test_a_night_is_as_long_as_the_clocks_make_it(day: datetime, hours: int):
    night = Shift(level=1, weekday=5, starts="22:00", ends="06:00")
    assert minutes_of(night, day, 48, LONDON) == hours * 60


def test_the_night_when_clocks_go_back_begins_and_ends_by_the_wall():
    night = Shift(level=1, weekday=5, starts="22:00", ends="06:00")
    first, end = datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)
    assert [covers(night, at, LONDON) for at in (first - MINUTE, first, end - MINUTE, end)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("meeting", ["01:00", "01:30", "02:00"])
@pytest.mark.parametrize("day", [datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC)])
def test_two_that_hand_over_in_the_hour_that_is_missing_or_comes_twice_leave_no_gap(day: datetime, meeting: str):
    before = Shift(level=1, weekday=5, starts="22:00", ends=meeting)
    after = Shift(level=1, weekday=6, starts=meeting, ends="06:00")
    begin = datetime(day.year, day.month, day.day, 22, tzinfo=LONDON).astimezone(UTC)
    end = datetime(day.year, day.month, day.day + 1, 6, tzinfo=LONDON).astimezone(UTC)
    for one in range((end - begin) // MINUTE):
        at = begin + MINUTE * one
        assert covers(before, at, LONDON) + covers(after, at, LONDON) == 1, at


@pytest.mark.parametrize("zone", [KATHMANDU, CHATHAM])
def test_places_with_odd_quarters_have_their_own_monday(zone: ZoneInfo):
    monday = Shift(level=1, weekday=0, starts="00:00", ends="00:00")
    midnight = datetime(2026, 6, 1, tzinfo=zone).astimezone(UTC)
    assert [covers(monday, midnight + MINUTE * one, zone) for one in (-1, 0, 1439, 1440)] == [
        False, True, True, False,
    ]  # fmt: skip


async def who(company: Company, at: datetime, level: int = 1) -> set[str]:
    ids = await company.read(on_call, level, at, LONDON)
    people = {actor.id: actor.name for actor in (company.at.asha, company.at.ben, company.at.vera, company.at.nora)}
    return {people[one] for one in ids}


async def test_the_rota_is_kept_by_who_keeps_it_and_each_change_is_on_record(company: Company):
    at, always = company.at, {"weekday": 5, "starts": "22:00", "ends": "06:00"}
    night = datetime(2026, 10, 24, 23, tzinfo=UTC)
    shift = await company.do(add_shift, at.vera, 1, at.asha.id, **always)
    same = await company.do(add_shift, at.nora, 1, at.asha.id, **always)
    assert same.id == shift.id and await who(company, night) == {"Asha"}
    await company.do(end_shift, at.vera, shift.id)
    assert await who(company, night) == set()
    with pytest.raises(NotFound):
        await company.do(end_shift, at.vera, shift.id)
    acts = select(AuditLink.did).where(AuditLink.whom == at.asha.id).order_by(AuditLink.number)
    assert (await company.read(lambda session: list(session.scalars(acts))))[-2:] == ["add_shift", "end_shift"]


@pytest.mark.parametrize("name", ["asha", "rose", "fay", "joan", "sybil"])
async def test_others_change_nothing(company: Company, name: str):
    actor: Actor = getattr(company.at, name)
    begin = datetime(2090, 1, 1, tzinfo=UTC)
    for verb, args in (
        (add_shift, (1, company.at.asha.id, 0, "09:00", "10:00")),
        (end_shift, ("any",)),
        (override, (1, begin, begin + MINUTE)),
        (end_override, ("any",)),
    ):
        with pytest.raises(NotAllowed):
            await company.do(verb, actor, *args)
    with pytest.raises(NotAllowed):
        await company.do(edit_plan, actor, hours="always", set_hours=[], catch_all_phone="555 0100", delays=PLAN)


@pytest.mark.parametrize(
    "odd",
    [{"level": 3}, {"level": 0}, {"weekday": 7}, {"weekday": -1}, {"starts": "9:00"}, {"ends": "24:00"},
     {"ends": ""}, {"starts": "٠٩:٠٠"}, {"person_id": "nobody"}, {"person_id": ""}],
)  # fmt: skip
async def test_what_is_no_shift_is_not_kept(company: Company, odd: dict):
    said = {"level": 1, "person_id": company.at.asha.id, "weekday": 0, "starts": "09:00", "ends": "17:00"} | odd
    with pytest.raises(Invalid):
        await company.do(add_shift, company.at.vera, **said)
    assert await company.read(lambda session: session.scalar(select(func.count()).select_from(Shift))) == 0


async def test_who_may_not_answer_is_not_put_on_the_rota(company: Company):
    at, begin = company.at, datetime(2090, 1, 1, tzinfo=UTC)
    with pytest.raises(Invalid):
        await company.do(add_shift, at.vera, 1, at.fay.id, 0, "09:00", "17:00")
    with pytest.raises(Invalid):
        await company.do(override, at.vera, 1, begin, begin + MINUTE, person_id=at.rose.id)


async def test_overrides_add_replace_and_remove_for_their_time_only(company: Company):
    at = company.at
    await on_the_rota(company, 1, at.asha)
    begin = await company.read(database_now) + timedelta(days=1)
    end, middle = begin + timedelta(hours=2), begin + timedelta(hours=1)
    for said, expected in (
        ({"person_id": at.ben.id}, {"Asha", "Ben"}),
        ({"person_id": at.ben.id, "instead_of": at.asha.id}, {"Ben"}),
        ({"instead_of": at.asha.id}, set()),
    ):
        change = await company.do(override, at.vera, 1, begin, end, **said)
        assert await who(company, middle) == expected
        assert [await who(company, one) for one in (begin - MINUTE, end)] == [{"Asha"}, {"Asha"}]
        assert await who(company, middle, level=2) == set()
        await company.do(end_override, at.vera, change.id)
        assert await who(company, middle) == {"Asha"}


async def test_what_is_no_override_is_not_kept(company: Company):
    at, now = company.at, await company.read(database_now)
    later, ago = now + timedelta(hours=1), now - timedelta(hours=1)
    asha, ben = at.asha.id, at.ben.id
    for level, begin, end, said in (
        (1, later, later, {"person_id": ben}),
        (1, ago - MINUTE, ago, {"person_id": ben}),
        (1, ago, later, {}),
        (1, ago, later, {"person_id": asha, "instead_of": asha}),
        (3, ago, later, {"person_id": ben}),
        (1, ago, later, {"person_id": "nobody"}),
    ):
        with pytest.raises(Invalid):
            await company.do(override, at.vera, level, begin, end, **said)
    with pytest.raises(NotFound):
        await company.do(override, at.vera, 1, ago, later, instead_of="nobody")
    assert await company.read(lambda session: session.scalar(select(func.count()).select_from(Override))) == 0


async def test_who_is_away_or_no_longer_of_the_staff_is_not_on_call(company: Company):
    await on_the_rota(company, 1, company.at.asha, company.at.ben)
    now = await company.read(database_now)
    away = update(Person).where(Person.id == company.at.asha.id).values(standing="paused")
    await company.do(lambda session: session.execute(away).close())
    assert await who(company, now) == {"Ben"}


async def keep(company: Company, **other: object) -> OnCallPlan:
    said = {"hours": "always", "set_hours": [], "catch_all_phone": "555 0100", "delays": PLAN} | other
    return await company.do(edit_plan, company.at.vera, **said)


async def test_a_plan_is_kept_as_it_was_said(company: Company):
    await keep(company, hours="set", set_hours=[(0, "09:00", "17:00"), (5, "22:00", "02:00")])
    plan = await company.read(lambda session: session.get_one(OnCallPlan, 1))
    assert {name: getattr(plan, name) for name in DELAYS} == PLAN
    assert (plan.hours, plan.catch_all_phone) == ("set", "555 0100")
    awake = {
        datetime(2026, 11, 23, 9, tzinfo=LONDON): True,
        datetime(2026, 11, 23, 17, tzinfo=LONDON): False,
        datetime(2026, 11, 29, 1, 59, tzinfo=LONDON): True,
        datetime(2026, 11, 29, 2, tzinfo=LONDON): False,
    }
    assert {at: await company.read(is_awake, at, LONDON) for at in awake} == awake


@pytest.mark.parametrize(
    "odd",
    [
        {"delays": PLAN | {"level_3_after": 120}}, {"delays": PLAN | {"again_after": 200}},
        {"delays": PLAN | {"level_2_after": 0}}, {"delays": PLAN | {"lease": 480}},
        {"delays": PLAN | {"phone_lease": 599}}, {"delays": PLAN | {"again_after": 7201}},
        {"hours": "sometimes"}, {"hours": "set"}, {"hours": "set", "set_hours": [(0, "09:00", "")]},
        {"hours": "set", "set_hours": [(7, "09:00", "10:00")]}, {"catch_all_phone": "call the desk"},
        {"catch_all_phone": ""},
    ],
)  # fmt: skip
async def test_a_plan_that_would_leave_somebody_alone_is_not_kept(company: Company, odd: dict):
    with pytest.raises(Invalid):
        await keep(company, **odd)
    plan = await company.read(lambda session: session.get_one(OnCallPlan, 1))
    assert (plan.level_2_after, plan.hours, plan.catch_all_phone) == (180, "always", "")


@pytest.mark.parametrize(
    ("short", "where", "told"),
    [
        ({"level_2_after": 119}, "level_2_after", "at least 2 minutes"),
        ({"level_3_after": 239}, "level_3_after", "at least 2 minutes"),
        ({"again_after": 419}, "again_after", "at least 2 minutes"),
        ({"again_after": 449}, "again_after", "at least two and a half minutes"),
    ],
)
async def test_nobody_is_passed_over_before_all_their_ways_were_tried(
    company: Company, short: dict, where: str, told: str
):  # fmt: skip
    with pytest.raises(Invalid) as refused:
        await keep(company, delays=PLAN | short)
    assert refused.value.fields[0][0] == where
    assert told in say(refused.value.sentence, **refused.value.values)
    await keep(company, delays=PLAN | {"level_2_after": 120, "level_3_after": 240, "again_after": 390})


async def test_the_catch_all_may_be_a_mail_address_alone(company: Company):
    name_it = update(Site).values(catch_all="office@elm.example")
    await company.do(lambda session: session.execute(name_it).close())
    assert (await keep(company, catch_all_phone="")).catch_all_phone == ""


async def test_the_board_says_whom_a_call_would_reach_and_how(company: Company):
    at = company.at
    await on_the_rota(company, 1, at.asha, at.ben)
    await has_ways(company, at.asha, "ring", "text", "paper")
    told = await company.read(board.look_at_rota, at.ben, EVERY_LINE)
    assert [(one.name, one.kinds) for one in told.now[1]] == [("Asha", ["ring", "text"]), ("Ben", [])]
    assert told.now[2] == [] and {one.name for one in told.now[3]} == {"Asha", "Ben", "Vera", "Nora"}
    nothing = Lines(LONDON, frozenset({"push"}))
    told = await company.read(board.look_at_rota, at.ben, nothing)
    assert [one.kinds for one in told.now[1]] == [[], []]
    for stranger in (at.rose, at.fay, at.joan, at.sybil):
        with pytest.raises(NotFound):
            await company.read(board.look_at_rota, stranger, EVERY_LINE)
