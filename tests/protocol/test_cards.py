from urllib.parse import urlsplit

import pytest

from tests.cast import FAY, ROSE
from tests.protocol.shapes import require_problem
from tests.support.house import House

UNKNOWN_CARDS = ["", "a" * 43, "maple-river-4271' OR 1=1 --", "🂡" * 20]


async def test_the_short_code_signs_in(house: House):
    invitation = await house.invite(ROSE.name, "member", room="monday-circle")
    answer = await house.use_card(invitation.card)
    assert answer.status_code == 200
    person = answer.json()["person"]
    assert (person["id"], person["name"], person["roles"]) == (invitation.person, "Rose", ["member"])
    me = await house.ask("GET", "/api/me", headers={"Authorization": f"Bearer {answer.json()['token']}"})
    assert me.json()["id"] == invitation.person


async def test_the_long_secret_after_the_hash_signs_in(house: House):
    invitation = await house.invite(ROSE.name)
    answer = await house.use_card(urlsplit(invitation.url).fragment)
    assert answer.json()["person"]["id"] == invitation.person


async def test_a_code_typed_with_capitals_and_spaces_signs_in(house: House):
    card = await house.reusable_card()
    answer = await house.use_card(" " + card.replace("-", " ").title() + " ")
    assert answer.status_code == 200


async def test_the_session_cookie_is_kept_from_scripts_and_other_sites(house: House):
    answer = await house.use_card(await house.reusable_card())
    [cookie] = answer.headers.get_list("set-cookie")
    assert "httponly" in cookie.lower() and "samesite=lax" in cookie.lower() and "path=/" in cookie.lower()
    me = await house.ask("GET", "/api/me", headers={"Cookie": cookie.split(";")[0]})
    assert me.json()["name"] == "Rose"


async def test_a_members_card_works_again_at_any_door(house: House):
    card = await house.reusable_card()
    answers = [await house.use_card(card, door=door) for door in (0, 1, 0)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.json()["token"] for answer in answers}) == 3


async def test_a_staff_card_works_once_at_all_doors_together(house: House):
    invitation = await house.invite(FAY.name, "facilitator", room="monday-circle")
    assert (await house.use_card(invitation.card)).status_code == 200
    require_problem(await house.use_card(invitation.card, door=1), 404, "not_found")
    require_problem(await house.use_card(urlsplit(invitation.url).fragment), 404, "not_found")


async def test_a_used_card_and_an_unknown_one_get_the_same_answer(house: House):
    used = (await house.invite(FAY.name, "facilitator")).card
    await house.use_card(used)
    answers = [await house.use_card(card) for card in (used, "maple-river-0000")]
    assert answers[0].json() == answers[1].json()
    assert "set-cookie" not in answers[0].headers


@pytest.mark.parametrize("card", UNKNOWN_CARDS)
async def test_no_made_up_card_opens_the_door(house: House, card: str):
    answer = await house.use_card(card)
    assert answer.status_code in (404, 422), answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert "set-cookie" not in answer.headers
