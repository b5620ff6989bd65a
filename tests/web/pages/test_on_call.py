"""The page of who is on call, through real doors."""

import re

import pytest

from tests.support.circle import Circle
from tests.support.house import House
from tests.support.on_call import PLAN
from tests.support.person import Person

PAGE = "/staff/on-call"


async def ends(vera: Person, place: str) -> list[str]:
    return re.findall(rf"{PAGE}/{place}/\w+/end", (await vera.get(PAGE)).text)


async def test_a_shift_is_put_on_the_rota_seen_by_those_it_is_about_and_taken_off(house: House):
    vera, asha = await house.welcome("Vera", "supervisor"), await house.welcome("Asha", "responder")
    before = set(await ends(vera, "shifts"))
    form = {"person": await asha.id(), "level": "1", "day": "2", "starts": "22:00", "ends": "06:00"}
    answer = await vera.ask("POST", f"{PAGE}/shifts", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?kept=yes#week")
    [mine] = set(await ends(vera, "shifts")) - before
    seen = await asha.get(PAGE)
    assert seen.status_code == 200 and re.search(r"10:00\sPM until 6:00\sAM", seen.text)
    assert "No call reaches Asha." in seen.text and "<form" not in seen.text.split('id="now"')[1].split("</main>")[0]
    assert (await vera.ask("POST", mine)).status_code == 303
    assert set(await ends(vera, "shifts")) == before
    assert (await vera.ask("POST", mine)).status_code == 404


async def test_a_turn_is_changed_for_once_in_the_time_of_the_house(house: House):
    vera, ben = await house.welcome("Vera", "supervisor"), await house.welcome("Ben", "responder")
    before = set(await ends(vera, "changes"))
    turn = {"level": "2", "person": await ben.id(), "instead_of": await vera.id()}
    times = {"from_at": "2090-07-01T22:00", "until_at": "2090-07-02T06:00"}
    assert (await vera.ask("POST", f"{PAGE}/changes", data=turn | times)).status_code == 303
    told = (await vera.get(PAGE)).text
    assert re.search(r"Ben instead of Vera, from Saturday, July 1, 10:00\sPM until Sunday, July 2, 6:00\sAM", told)
    [mine] = set(await ends(vera, "changes")) - before
    assert (await vera.ask("POST", mine)).status_code == 303


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("shifts", {"level": "1", "day": "٢", "starts": "22:00", "ends": "06:00"}),
        ("shifts", {}),
        ("changes", {"level": "1", "from_at": "soon", "until_at": "later"}),
        ("changes", {"level": "1", "from_at": "0001-01-01T00:00", "until_at": "9999-12-31T23:59"}),
        ("changes", {}),
        ("plan", PLAN | {"level_2_after": "nan"}),
        ("plan", PLAN | {"level_3_after": "2"}),
        ("plan", PLAN | {"ends-0": ""}),
        ("plan", PLAN | {"hours": "set", "starts-0": "", "ends-0": ""}),
        ("plan", {}),
    ],
)
async def test_what_is_no_rota_is_said_and_changes_nothing(house: House, path: str, form: dict[str, str]):
    vera = await house.welcome("Vera", "supervisor")
    before = (await vera.get(PAGE)).text
    assert (await vera.ask("POST", f"{PAGE}/{path}", data=form)).status_code == 422
    assert (await vera.get(PAGE)).text == before


async def test_the_plan_is_kept_and_shown(house: House):
    vera = await house.welcome("Vera", "supervisor")
    form = PLAN | {"level_2_after": "2,5"}
    assert (await vera.ask("POST", f"{PAGE}/plan", data=form)).status_code == 303
    told = (await vera.get(PAGE)).text
    assert 'name="level_2_after" value="2.5"' in told and "After 2.5 minutes" in told
    assert "On-call is awake at set hours." in told and 'name="starts-0" type="time" value="09:00"' in told
    assert "555 0144" in told
    always = PLAN | {"hours": "always"}
    assert (await vera.ask("POST", f"{PAGE}/plan", data=always)).status_code == 303


async def test_no_test_is_sent_to_whom_nothing_would_carry_it(house: House):
    vera, asha = await house.welcome("Vera", "supervisor"), await house.welcome("Asha", "responder")
    path = f"{PAGE}/tests/{await asha.id()}"
    answer = await vera.ask("POST", path)
    assert answer.status_code == 422 and "There is nothing to send it by yet." in answer.text
    board = (await vera.get(PAGE)).text
    assert path not in board and "A test: there is nothing to send it by yet." in board


async def test_whom_no_call_reaches_finds_from_here_where_to_write_a_way(house: House):
    asha = await house.welcome("Asha", "responder")
    now = (await asha.get(PAGE)).text.split('id="now"')[1].split("</section>")[0]
    assert now.count('href="/ways"') == 1, "beside her own name only"
    assert 'href="/ways"' in (await asha.get("/staff")).text


async def test_others_do_not_find_it_and_responders_change_nothing(house: House, circle: Circle):
    asha, joan = await house.welcome("Asha", "responder"), await house.welcome("Joan", "helper")
    for person in (circle.rose, circle.fay, joan):
        assert (await person.get(PAGE)).status_code == 404
        for path in ("shifts", "shifts/any/end", "changes/any/end", "plan"):
            assert (await person.ask("POST", f"{PAGE}/{path}", data=PLAN)).status_code == 404, path
    for path in ("shifts", "shifts/any/end", "changes/any/end", "plan"):
        assert (await asha.ask("POST", f"{PAGE}/{path}", data=PLAN)).status_code == 403, path
    assert PAGE in (await asha.get("/staff")).text and PAGE not in (await joan.get("/staff")).text
