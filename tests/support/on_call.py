"""A rota with a shift, a change to come and a plan, kept through the doors by who may."""

from tests.support.person import Person

PLAN = {
    "level_2_after": "3", "level_3_after": "6", "again_after": "10", "arrive_within": "3", "remind_after": "8",
    "lease": "10", "phone_lease": "30", "hours": "set", "starts-0": "09:00", "ends-0": "17:00",
    "catch_all_phone": "555 0144",
}  # fmt: skip


async def a_week(keeper: Person) -> None:
    """The keeper is on call on Saturday nights, and once more beside. The house is awake: others live there too."""
    me = await keeper.id()
    shift = {"person": me, "level": "1", "day": "5", "starts": "22:00", "ends": "06:00"}
    change = {"person": me, "level": "2", "from_at": "2090-01-07T09:00", "until_at": "2090-01-07T17:00"}
    awake = PLAN | {"hours": "always"}
    for path, form in (("shifts", shift), ("changes", change), ("plan", awake)):
        answer = await keeper.ask("POST", f"/staff/on-call/{path}", data=form)
        assert answer.status_code == 303, answer.text
