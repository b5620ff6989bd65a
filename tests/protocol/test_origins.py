import pytest
import websockets

from tests.protocol.shapes import require_problem
from tests.support.circle import Circle
from tests.support.client import Live, new_ref
from tests.support.house import House

EVIL = "https://evil.example"
FORGED = ["x", "a" * 43, "", "../../etc/passwd", "%00", "a" * 4000, "🂡".encode().decode("latin-1")]


@pytest.fixture
async def cookie(house: House) -> str:
    answer = await house.use_card(await house.reusable_card())
    return answer.headers["set-cookie"].split(";")[0]


async def test_a_cookie_from_our_own_page_opens_the_socket(house: House, cookie: str):
    live = await Live.connect(house.url, cookie=cookie, origin=house.url)
    house.lives.append(live)
    assert (await live.expect("welcome"))["you"]["name"] == "Rose"


@pytest.mark.parametrize("origin", [None, EVIL, "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"])
async def test_a_cookie_from_anywhere_else_is_refused_at_the_door(house: House, cookie: str, origin: str | None):
    with pytest.raises(websockets.InvalidStatus) as refused:
        await Live.connect(house.url, cookie=cookie, origin=origin)
    assert refused.value.response.status_code == 403


async def test_a_bearer_needs_no_origin(circle: Circle):
    await (await circle.rose.connect()).expect("welcome")


@pytest.mark.parametrize("token", [None, *FORGED[:2]])
async def test_without_valid_credentials_the_socket_is_closed_with_4401(house: House, token: str | None):
    live = await Live.connect(house.url, token=token)
    assert await live.closed() == 4401
    assert live.heard("welcome") == []
    await live.close()


async def test_a_forged_cookie_is_closed_with_4401(house: House, cookie: str):
    name = cookie.split("=")[0]
    live = await Live.connect(house.url, cookie=f"{name}={'a' * 43}", origin=house.url)
    assert await live.closed() == 4401
    await live.close()


@pytest.mark.parametrize("value", FORGED)
async def test_a_forged_cookie_or_token_is_nobodys(house: House, cookie: str, value: str):
    name = cookie.split("=")[0]
    with_cookie = await house.ask("GET", "/api/me", headers={"Cookie": f"{name}={value}".encode()})
    with_token = await house.ask("GET", "/api/me", headers={"Authorization": f"Bearer {value}".strip().encode()})
    assert [with_cookie.status_code, with_token.status_code] == [401, 401]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": EVIL},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.127.0.0.1"},
    ],
)
async def test_a_post_from_another_site_is_refused_and_changes_nothing(house: House, cookie: str, headers: dict):
    [room] = (await house.ask("GET", "/api/rooms", headers={"Cookie": cookie})).json()
    path = f"/api/rooms/{room['id']}/entries"
    text = new_ref()
    answer = await house.ask("POST", path, json={"ref": new_ref(), "text": text}, headers={**headers, "Cookie": cookie})
    require_problem(answer, 403, "not_allowed")
    history = await house.ask("GET", path, headers={"Cookie": cookie})
    assert text not in history.text


async def test_a_form_of_another_site_cannot_pose_as_json(house: House, cookie: str):
    [room] = (await house.ask("GET", "/api/rooms", headers={"Cookie": cookie})).json()
    body = '{"ref": "b6c0f6a2-7e0e-4d61-9a53-0c8f4a4d7e11", "text": "posing"}'
    headers = {"Cookie": cookie, "Content-Type": "text/plain", "Origin": house.url}
    answer = await house.ask("POST", f"/api/rooms/{room['id']}/entries", content=body, headers=headers)
    assert answer.is_client_error


async def test_a_post_from_our_own_page_is_heard(house: House, cookie: str):
    [room] = (await house.ask("GET", "/api/rooms", headers={"Cookie": cookie})).json()
    headers = {"Cookie": cookie, "Origin": house.url, "Sec-Fetch-Site": "same-origin"}
    body = {"ref": new_ref(), "text": "From our page"}
    answer = await house.ask("POST", f"/api/rooms/{room['id']}/entries", json=body, headers=headers)
    assert answer.status_code == 201


async def test_a_card_cannot_be_used_by_another_sites_page(house: House):
    card = await house.reusable_card()
    answer = await house.use_card(card, headers={"Origin": EVIL, "Sec-Fetch-Site": "cross-site"})
    require_problem(answer, 403, "not_allowed")
    assert "set-cookie" not in answer.headers
