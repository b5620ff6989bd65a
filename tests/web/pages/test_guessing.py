"""A PIN is guessed from one address that a whole house shares: slowed, and nobody is locked out."""

import re

import pytest

from tests.support.house import House

PIN = "8362"


@pytest.fixture
async def walters_card(house: House) -> str:
    invited, nora = await house.invite("Walter"), await house.welcome("Nora", "admin")
    paper = await nora.ask("POST", f"/staff/people/{invited.person}/shared-card", data={"pin": PIN})
    code = re.search(r'class="card-code">([^<]+)<', paper.text)
    assert code, paper.text
    return code.group(1)


async def test_a_pin_is_guessed_and_the_house_goes_on(house: House, walters_card: str):
    async def use(card: str, proof: str = "", tablet: str = "", door: int = 0) -> tuple[int, str]:
        cookies = {"Cookie": f"hearthside-tablet={tablet}"} if tablet else {}
        body = {"card": card, "proof": proof}
        answer = await house.ask("POST", "/api/sign-in/card", json=body, headers=cookies, door=door)
        return answer.status_code, answer.cookies.get("hearthside-tablet") or ""

    status, day_room = await use(walters_card, PIN)
    assert (status, bool(day_room)) == (200, True)
    assert (await use(walters_card))[0] == 403, "the card alone opens no door"
    guesses = [(await use(walters_card, f"{guess:04}", door=guess))[0] for guess in range(30)]
    assert guesses[:3] == [404, 404, 404]
    assert set(guesses[4:]) <= {404, 429}
    assert guesses.count(429) > 20, "whichever process is asked"
    assert (await use(walters_card, PIN, tablet=day_room))[0] == 200, "Walter, on the tablet that knows him"
    assert (await use((await house.invite("Ann")).card))[0] == 200, "Ann, from the same address"


async def test_what_a_guess_is_told_says_how_long_to_wait(house: House, walters_card: str):
    for _ in range(3):
        await house.ask("POST", "/api/sign-in/card", json={"card": walters_card, "proof": "0001"})
    told = await house.ask("POST", "/api/sign-in/card", json={"card": walters_card, "proof": "0001"})
    assert told.status_code == 429
    assert told.json()["retry_after_ms"] <= 5000
    assert "Please wait" in told.json()["detail"]


async def test_a_card_whose_form_came_twice_is_made_once(house: House):
    invited, nora = await house.invite("Rose"), await house.welcome("Nora", "admin")
    form, page = {"form": "one-and-the-same"}, f"/staff/people/{invited.person}/card"
    first, second = [await nora.ask("POST", page, data=form) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 409)
    assert "This card was made already" in second.text
    assert "has another card that opens the door as well" in first.text
