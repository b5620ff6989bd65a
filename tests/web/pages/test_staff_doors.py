"""What staff meet at the doors: a card opens rooms only, an old proof is asked for again, and refusals look alike."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.foundation.clock import later
from app.foundation.database import Session
from app.people.models import SignIn
from tests.architecture.stories_of_proving import PASSWORD, shown
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.inside import inside
from tests.support.person import Person

HOUSE_WIDE = ("/staff/people", "/staff/rooms", "/staff/site", "/staff/calls/abc", "/staff/people/abc")


async def by_card(house: House, name: str, *roles: str, room: str | None = None) -> Person:
    return await house.sign_in(await house.invite(name, *roles, room=room))


@pytest.mark.parametrize("path", HOUSE_WIDE)
async def test_an_administrators_card_opens_no_page_of_the_house(house: House, path: str):
    nora = await by_card(house, "Nora", "admin")
    answer = await nora.get(path)
    assert answer.status_code == 403
    assert "a card opens rooms only" in answer.text and "/my-sign-in" in answer.text


async def test_a_facilitators_card_keeps_the_room_and_hears_a_call(circle: Circle):
    fay = await by_card(circle.house, "Fay", "facilitator", room=circle.slug)
    desk = await fay.get(f"/rooms/{circle.id}/desk")
    assert desk.status_code == 200
    answer = await fay.post(f"{circle.path}/people/{await circle.dot.id()}/hold", {"on": True})
    assert answer.status_code == 204, answer.text
    live = await fay.enter(circle.id)
    await circle.rose.post("/api/help", {"ref": "1", "room": circle.id})
    await live.expect("alert", kind="help", room=circle.id)


def it_was_eleven_minutes_ago(session: Session, person_id: str) -> None:
    ago = later(-timedelta(minutes=11).total_seconds())
    session.execute(update(SignIn).where(SignIn.person_id == person_id).values(proved_at=ago))


async def test_an_old_proof_is_asked_for_again_and_leads_back_to_the_form(house: House):
    nora, mei = await house.welcome("Nora", "admin"), await house.invite("Mei")
    await inside(house.settings, it_was_eleven_minutes_ago, await nora.id())
    page = f"/staff/people/{mei.person}"
    assert (await nora.get(page)).status_code == 200
    back = {"Referer": house.url + page}
    answer = await nora.ask("POST", f"{page}/roles/give", data={"role": "helper"}, headers=back)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in/again?back={page}")
    elsewhere = {"Referer": "https://evil.example/staff/site"}
    answer = await nora.ask("POST", f"{page}/roles/give", data={"role": "helper"}, headers=elsewhere)
    assert answer.headers["location"] == "/sign-in/again?back=/staff"
    answer = await nora.post("/api/me/passkeys/options")
    assert (answer.status_code, answer.json()["code"]) == (403, "prove_again")


async def test_a_wrong_name_a_wrong_password_and_a_wrong_code_are_refused_alike(house: House):
    vera = await house.welcome("Vera of the doors", "supervisor")
    page = await vera.ask("POST", "/my-sign-in/password", data={"password": PASSWORD})
    kept = await vera.ask("POST", "/my-sign-in/code", data=shown(page.text, time.time()))
    assert kept.status_code == 200, kept.text
    right = {"name": "Vera of the doors", "password": PASSWORD, "code": "000000"}
    wrong = (right, right | {"name": "Sybil"}, right | {"password": "another password"})
    answers = [await house.ask("POST", "/api/sign-in/password", json=said) for said in wrong]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("link", ["", "x" * 32, "#", "/set-up#" + "y" * 32, "\x00"])
async def test_a_link_that_is_none_is_refused(house: House, link: str):
    answer = await house.ask("POST", "/set-up/look", data={"link": link})
    assert answer.status_code in (404, 422) and 'action="/set-up/look"' in answer.text


async def test_a_member_has_no_such_page(circle: Circle):
    assert (await circle.rose.get("/my-sign-in")).status_code == 404
