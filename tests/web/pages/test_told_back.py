"""A tap or a note is seen to have been taken: by her who wrote it, and by who has the call."""

import re

from tests.support.circle import Circle
from tests.web.pages.test_call_page import act, page, tap

WORDS = "My chest <b>hurts</b>, and I am cold"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


async def test_a_note_is_answered_under_its_button_and_stands_in_what_is_so_now(circle: Circle):
    call = await tap(circle, "a")
    assert "Sent:" not in plain((await circle.rose.get("/help")).text)
    said = (await circle.rose.ask("POST", "/help", data={"note": WORDS})).text.split("<main")[1]
    assert "Sent: My chest &lt;b&gt;hurts&lt;/b&gt;, and I am cold" in said.split("Send this to our staff")[1]
    await act(circle, f"{call}/answer")
    assert "My chest &lt;b&gt;hurts&lt;/b&gt;, and I am cold" in await page(circle, call, "now")
    told = await page(circle, call, "timeline")
    assert told.count("tapped I need help now") == 1 and "times" not in told
    assert f"{circle.rose.name} wrote to us" in told


async def test_on_a_quiet_card_the_words_are_not_repeated(circle: Circle):
    await circle.rose.ask("POST", "/settings/help-card", data={"quiet": "yes"})
    await tap(circle, "a")
    said = (await circle.rose.ask("POST", "/help", data={"note": WORDS})).text
    assert "Sent." in said and "Sent: " not in said.split("<main")[1].replace('data-sent="Sent: ', "")
    assert "My chest" not in said


async def test_what_was_tapped_stands_with_its_time_on_the_first_card_of_who_has_it(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    assert "✓" not in await page(circle, call, "now")
    await act(circle, f"{call}/phone")
    await act(circle, f"{call}/note", text="Her door is open")
    await act(circle, f"{call}/services")
    told = await page(circle, call, "now")
    assert re.search(
        r"✓ You said at \d+:\d\d\s[AP]M that you rang for an ambulance or the police\."
        r".*✓ Your note is kept, .*✓ You said at \d+:\d\d\s[AP]M that you are on the phone\.",
        told,
    )
    card = (await circle.fay.get(call)).text.split('id="now"')[1].split("</section>")[0]
    assert re.search(r'/phone"><button class="button" aria-pressed="true">', card)


async def test_what_was_done_before_it_was_passed_on_is_not_said_as_done_now(circle: Circle):
    call = await tap(circle, "a")
    await act(circle, f"{call}/answer")
    await act(circle, f"{call}/phone")
    await act(circle, f"{call}/pass-on", sure="yes")
    await act(circle, f"{call}/answer")
    told = (await circle.fay.get(call)).text.split('id="now"')[1].split("</section>")[0]
    assert "✓" not in told and 'aria-pressed="true"' not in told


async def test_who_filled_in_nothing_is_said_to_have_and_no_empty_page_is_offered(circle: Circle):
    call = await tap(circle, "a")
    await circle.rose.post("/api/help/told", {"what": "at_home", "answer": "yes"})
    await act(circle, f"{call}/answer")
    name, opens = circle.rose.name, f"Open what {circle.rose.name} wrote"
    told = await page(circle, call)
    assert f"{name} has filled in nothing in If I need help." in told and opens not in told
    assert f"{name} is at home." in told
    await circle.rose.ask("POST", "/if-i-need-help", data={"phone": "555 0133"})
    assert opens in (told := await page(circle, call)) and "filled in nothing" not in told
