import re

import pytest

from app.foundation.database import Session
from app.people.actors import SYSTEM
from app.people.cards import end_all_sign_ins
from app.people.models import Person
from app.web.pages.letters import own_path
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.inside import inside

ELSEWHERE = ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\nb"]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_bigger_letters_never_lead_to_another_house(path: str):
    assert own_path(path) == "/"


def test_bigger_letters_lead_back():
    assert own_path("/rooms/abc?before=7") == "/rooms/abc?before=7"


@pytest.mark.parametrize("path", ["/", "/settings", "/rooms/abc", "/staff", "/rooms/abc/desk"])
async def test_without_a_card_every_door_leads_to_the_card_page(house: House, path: str):
    answer = await house.ask("GET", path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/card")


async def test_what_is_not_there_is_said_in_large_letters_and_kindly(circle: Circle):
    answer = await circle.rose.get("/rooms/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "We cannot find that room." in answer.text


async def test_sybil_cannot_tell_a_room_that_is_from_one_that_is_not(house: House, circle: Circle):
    sybil = await house.welcome("Sybil")
    answers = [await sybil.get(f"/rooms/{room}") for room in (circle.id, "a" * len(circle.id))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text.replace("a" * len(circle.id), circle.id)


async def test_static_files_are_kept_for_ever_by_their_content(house: House):
    page = (await house.ask("GET", "/card")).text
    address = re.search(r'src="(/static/[0-9a-f]{12}/js/page.js)"', page)
    assert address
    kept = await house.ask("GET", address.group(1))
    assert "immutable" in kept.headers["cache-control"]
    old = await house.ask("GET", re.sub("/static/[0-9a-f]+", "/static/before", address.group(1)))
    assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")


async def test_pages_are_not_kept_by_browsers(circle: Circle):
    assert (await circle.rose.get("/")).headers["cache-control"] == "no-store"


async def test_a_form_from_another_site_changes_nothing(circle: Circle):
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    form = {"text": "I never wrote this.", "nonce": "x"}
    answer = await circle.rose.ask("POST", f"/rooms/{circle.id}", data=form, headers=foreign)
    assert answer.status_code == 403
    assert await circle.rose.history(circle.id) == []


async def test_words_that_are_refused_come_back_in_the_field(circle: Circle):
    long = "word " * 900
    answer = await circle.rose.ask("POST", f"/rooms/{circle.id}", data={"text": long, "nonce": "x"})
    assert answer.status_code == 422
    assert long.strip() in answer.text
    assert "Please send it in two parts." in answer.text


async def test_letters_and_colours_are_kept(circle: Circle):
    chosen = {"name": "Rose", "letters": "36", "contrast": "high"}
    assert (await circle.rose.ask("POST", "/settings", data=chosen)).status_code == 303
    page = (await circle.rose.get("/")).text
    assert 'data-letters="36" data-contrast="high"' in page
    await circle.rose.ask("POST", "/settings/letters", data={"letters": "smaller", "back": "/settings"})
    assert 'data-letters="28"' in (await circle.rose.get("/")).text


def end_all(session: Session, person_id: str) -> None:
    end_all_sign_ins(session, SYSTEM, session.get_one(Person, person_id))


async def test_a_tablet_that_staff_signed_out_is_told_so_at_the_door(circle: Circle):
    assert "signed this tablet out" not in (await circle.dot.get("/card")).text
    await inside(circle.house.settings, end_all, await circle.dot.id())
    assert "signed this tablet out" in (await circle.dot.get("/card")).text
    assert "signed this tablet out" not in (await circle.house.ask("GET", "/card")).text
