"""What whoever got on-call for somebody is told of it, and where a worry leads that on-call was got for."""

import re

from app.crisis.telling import QUIET
from app.web.pages.desk_worries import ON_CALL_NOW
from app.web.pages.get_on_call import TOLD
from tests.support.circle import Circle

WORRY = "I wish I could go to sleep and not wake up"


def test_every_state_of_a_call_has_its_sentence():
    assert set(TOLD) == set(QUIET)
    assert set(ON_CALL_NOW) < set(TOLD)


async def test_after_on_call_was_got_for_a_worry_the_page_says_who_comes(circle: Circle):
    fay, harold = circle.fay, await circle.harold.id()
    desk, waits = f"/rooms/{circle.id}/desk", "1 waiting for you"
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": WORRY, "nonce": "worry"})
    assert waits in place(await fay.get("/staff"), circle)
    [worry] = re.findall(r"/worries/([a-z0-9]+)", (await fay.get(desk)).text)
    answer = await fay.ask("POST", f"/rooms/{circle.id}/worries/{worry}", data={"judgement": "on_call"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/get-on-call/{harold}")
    told = (await fay.get(f"/get-on-call/{harold}")).text
    assert "You asked for on-call for" in told and TOLD["nobody_told"] in told
    assert waits not in place(await fay.get("/staff"), circle)
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": f"Truly: {WORRY}", "nonce": "again"})
    worries = (await fay.get(desk)).text.split('id="worries"')[1].split("</section>")[0]
    assert ON_CALL_NOW["nobody_told"] in worries and "On-call has been told." not in worries


def place(page, circle: Circle) -> str:
    return page.text.split(f'id="place-{circle.id}"')[1].split("</section>")[0]
