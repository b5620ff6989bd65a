"""Joan's pages: who is on the telephone, what she does with them, and what she never sees. On both stacks."""

import re
from collections.abc import AsyncIterator

import pytest

from tests.support.circle import Circle
from tests.support.house import House
from tests.support.person import Person

SECRET = "The geranium has a new leaf."


@pytest.fixture
async def joan(house: House) -> AsyncIterator[Person]:
    yield await house.welcome("Joan", "helper")


async def page_of(joan: Person, circle: Circle) -> str:
    answer = await joan.get(f"/staff/helper/{await circle.rose.id()}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def act(joan: Person, circle: Circle, deed: str, **form: str) -> str:
    answer = await joan.ask("POST", f"/staff/helper/{await circle.rose.id()}/{deed}", data=form)
    assert answer.status_code < 400, answer.text
    return answer.text


async def test_joan_sees_that_rose_is_here_and_not_a_word_of_hers(joan: Person, circle: Circle):
    [live] = await circle.enter(circle.rose)
    await live.say(circle.id, SECRET)
    rose = await circle.rose.id()
    await live.expect("presence", where=lambda frame: rose in frame["here"])
    text = await page_of(joan, circle)
    assert "a room is open, since" in text
    assert "geranium" not in text and circle.id not in re.sub(r'<select id="room".*?</select>', "", text, flags=re.S)


@pytest.mark.parametrize("path", ["/staff/helper", "/staff/helper/{rose}", "/staff/call-list"])
async def test_nobody_else_finds_the_helpers_pages(house: House, circle: Circle, path: str):
    path = path.format(rose=await circle.rose.id())
    for other in (circle.harold, circle.fay, await house.welcome("Asha", "responder"), await house.welcome("Sybil")):
        assert (await other.get(path)).status_code == 404, other.name


async def test_a_card_alone_opens_none_of_them(house: House, circle: Circle):
    joan = await house.sign_in(await house.invite("Joan", "helper"))
    for path in ("/staff/helper", f"/staff/helper/{await circle.rose.id()}", "/staff/call-list", "/staff/tasks"):
        answer = await joan.get(path)
        assert answer.status_code in (303, 403), path
        assert "geranium" not in answer.text


async def test_larger_letters_reach_an_open_room_at_once(joan: Person, circle: Circle):
    live = await circle.rose.enter(circle.id)
    await act(joan, circle, "letters", letters="36", contrast="high")
    await live.expect("look", letters=36, contrast="high")
    assert 'data-letters="36" data-contrast="high"' in (await circle.rose.get("/")).text


async def test_six_numbers_let_rose_in_on_a_new_tablet(house: House, joan: Person, circle: Circle):
    page = await act(joan, circle, "code")
    code = re.search(r'class="code spoken">(\d{3} \d{3})<', page).group(1)
    name = (await circle.rose.get("/api/me")).json()["name"]
    look = await house.ask("POST", "/code/look", data={"code": code})
    assert f"Yes, I am {name}" in look.text
    used = await house.ask("POST", "/code/use", data={"code": code})
    assert used.status_code == 303
    signed_in = {"Cookie": f"hearthside={used.cookies['hearthside']}"}
    assert (await house.ask("GET", "/api/me", headers=signed_in)).json()["id"] == await circle.rose.id()
    again = await house.ask("POST", "/code/use", data={"code": code})
    assert again.status_code == 404 and "ask for new ones" in again.text


async def test_the_tablet_that_rose_lost_is_out(joan: Person, circle: Circle):
    text = await page_of(joan, circle)
    tablet = re.search(r"/tablets/(\w+)/end", text).group(1)
    await act(joan, circle, f"tablets/{tablet}/end")
    assert (await circle.rose.get("/api/me")).status_code == 401


async def test_a_call_is_kept_for_the_next_time(joan: Person, circle: Circle):
    await act(joan, circle, "calls", about="letters", note="Made them larger with her.")
    assert "Made them larger with her." in await page_of(joan, circle)


async def test_words_said_on_the_telephone_stand_in_the_room_with_joans_name(joan: Person, circle: Circle):
    form = {"room": circle.id, "text": "I cannot come on Monday.", "nonce": "a", "said_yes": "yes"}
    await act(joan, circle, "say", **form)
    await act(joan, circle, "say", **form)
    [entry] = await circle.harold.history(circle.id)
    assert (entry["author"]["id"], entry["data"]["by_phone"]["name"]) == (await circle.rose.id(), "Joan")
    page = (await circle.harold.get(f"/rooms/{circle.id}")).text
    assert "by phone, written by Joan" in page
    assert "Monday." not in await page_of(joan, circle)


async def test_what_rose_asks_is_answered_and_stands_on_her_home(joan: Person, circle: Circle):
    await circle.rose.ask("POST", "/ask", data={"text": "My letters are so small.", "nonce": "a"})
    desk = (await joan.get("/staff/helper")).text
    assert "My letters are so small." in desk
    question = re.search(r"/staff/questions/(\w+)", desk.split("My letters are so small.")[0].split("<form")[-1]).group(
        1
    )
    answered = await joan.ask("POST", f"/staff/questions/{question}", data={"text": "They are larger now."})
    assert answered.status_code == 303
    assert "There is an answer for you" in (await circle.rose.get("/")).text
    assert "They are larger now." in (await circle.rose.get("/ask")).text
    assert "There is an answer for you" not in (await circle.rose.get("/")).text
    assert "They are larger now." not in (await circle.harold.get("/ask")).text


async def test_joan_hears_at_once_that_somebody_wrote_and_fay_does_not(joan: Person, circle: Circle):
    at_desk, fay = await joan.connect(), await circle.fay.connect()
    await circle.rose.ask("POST", "/ask", data={"text": "Where is the picture?", "nonce": "b"})
    alert = await at_desk.expect("alert", kind="question")
    assert "picture" not in alert["message"]
    await fay.pong()
    assert fay.heard("alert", kind="question") == []


async def test_too_long_a_question_comes_back_in_the_field(circle: Circle):
    words = "why " * 700
    answer = await circle.rose.ask("POST", "/ask", data={"text": words, "nonce": "c"})
    assert answer.status_code == 422 and words.strip() in answer.text


async def test_a_new_number_becomes_a_task_and_then_a_way(joan: Person, circle: Circle):
    answer = await circle.rose.ask(
        "POST", "/ways", data={"kind": "ring", "address": "555 0187", "day": list("0123456")}
    )
    assert answer.status_code == 303
    name = (await circle.rose.get("/api/me")).json()["name"]
    assert f"{name} named a new way to be reached" in (await joan.get("/staff/tasks")).text
    assert "555 0187" not in (await joan.get("/staff/call-list")).text
    way = re.search(r"/ways/(\w+)/tick", await page_of(joan, circle)).group(1)
    await act(joan, circle, f"ways/{way}/tick")
    assert "555 0187" in (await joan.get("/staff/call-list")).text


async def test_a_task_is_ended_with_what_came_of_it(joan: Person, circle: Circle):
    await circle.dot.ask("POST", "/ways", data={"kind": "paper", "address": "Door 12"})
    name = (await circle.dot.get("/api/me")).json()["name"]
    tasks = (await joan.get("/staff/tasks")).text
    task = re.search(r"/staff/tasks/(\w+)", tasks.split(f"{name} named a new way", 1)[1]).group(1)
    assert (await joan.ask("POST", f"/staff/tasks/{task}", data={"outcome": "It is hers"})).status_code == 303
    assert f"{name} named a new way" not in (await joan.get("/staff/tasks")).text
    assert (await joan.ask("POST", f"/staff/tasks/{task}", data={"outcome": "Again"})).status_code == 404


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:5432/", "https://evil.example/push", ""])
async def test_a_tablet_is_told_only_through_services_that_the_house_knows(circle: Circle, endpoint: str):
    form = {"endpoint": endpoint, "p256dh": "a", "auth": "b"}
    answer = await circle.rose.ask("POST", "/ways/push", data=form)
    assert answer.status_code == 422
    assert "cannot be told that way" in answer.text


async def test_wrong_numbers_for_a_mail_address_are_said_kindly(circle: Circle):
    await circle.rose.ask("POST", "/ways", data={"kind": "email", "address": "rose@example.org"})
    way = re.search(r"/ways/(\w+)/check", (await circle.rose.get("/ways")).text).group(1)
    answer = await circle.rose.ask("POST", f"/ways/{way}/check", data={"code": "123456"})
    assert answer.status_code == 422 and "Those are not the numbers" in answer.text
