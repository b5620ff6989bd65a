from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor, together
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


async def test_four_phrases_answer_somebody_and_can_be_taken_back(visit: Visit, monday_circle: Circle):
    rose, harold = await together(visit, monday_circle)
    await harold.say("Four years in March.")
    await rose.sees("Four years in March.")
    said = rose.message("Four years in March.")
    await said.get_by_text("Answer Harold").tap()
    for phrase in ("I hear you", "Thank you", "Me too", "Well done"):
        await expect(said.get_by_role("button", name=phrase)).to_be_visible()
    await said.get_by_role("button", name="I hear you").tap()
    await expect(harold.message("Four years in March.")).to_contain_text("Rose hears you", timeout=PATIENCE)
    await expect(said).to_contain_text("You said: I hear you")
    await rose.page.reload()
    await said.get_by_text("Answer Harold").tap()
    await said.get_by_role("button", name="Take back: I hear you").tap()
    await expect(harold.message("Four years in March.")).not_to_contain_text("hears you", timeout=PATIENCE)


async def test_an_answer_in_words_shows_what_it_answers(visit: Visit, monday_circle: Circle):
    rose, harold = await together(visit, monday_circle)
    await harold.say("The evenings are the worst part.")
    await rose.sees("The evenings are the worst part.")
    said = rose.message("The evenings are the worst part.")
    await said.get_by_text("Answer Harold").tap()
    await said.get_by_role("link", name="Write an answer").tap()
    await expect(rose.page.locator("#answering")).to_contain_text("Harold")
    await rose.say("Come on Thursday.")
    answer = harold.message("Come on Thursday.")
    await expect(answer.locator(".quote")).to_contain_text("The evenings are the worst part.", timeout=PATIENCE)
    await harold.page.reload()
    await expect(answer.locator(".quote")).to_contain_text("The evenings are the worst part.")


async def test_what_was_taken_back_can_be_put_back(visit: Visit, monday_circle: Circle):
    rose, harold = await together(visit, monday_circle)
    await rose.say("I should not have said that.")
    await harold.sees("I should not have said that.")
    await rose.message("I should not have said that.").get_by_role("button", name="Take back").tap()
    await expect(harold.page.get_by_text("Rose took these words back.")).to_be_visible(timeout=PATIENCE)
    assert await harold.message("I should not have said that.").count() == 0
    await rose.page.get_by_role("button", name="Put it back").tap()
    await harold.sees("I should not have said that.")


async def test_new_words_do_not_move_what_one_is_reading(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    for number in range(30):
        form = {"text": f"Line {number} of a long evening.", "nonce": str(number)}
        speaker = circle.members[number % 4]
        await speaker.ask("POST", f"/rooms/{circle.id}", data=form)
    rose = await visit(circle, circle.rose)
    await rose.enter()
    reading = rose.message("Line 12 of a long evening.")
    await reading.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().top - 300)")
    before = await reading.evaluate("(one) => one.getBoundingClientRect().top")
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": "News.", "nonce": "n"})
    await rose.sees("News.")
    assert abs(await reading.evaluate("(one) => one.getBoundingClientRect().top") - before) < 2
    await rose.page.get_by_role("button", name="1 new").tap()
    await expect(rose.message("News.")).to_be_in_viewport()


async def test_reading_aloud_says_the_name_first(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose = await visit(circle, circle.rose)
    await rose.page.add_init_script("""
        window.heard = [];
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        const voice = { speaking: false, cancel() {}, speak: (one) => window.heard.push(one.text) };
        Object.defineProperty(window, "speechSynthesis", { value: voice });
    """)
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": "It rained. I walked.", "nonce": "r"})
    await rose.enter()
    await rose.page.get_by_role("button", name="Read aloud").tap()
    assert await rose.page.evaluate("() => window.heard") == ["Harold said: It rained.", " I walked."]
    await expect(rose.page.locator("#line")).to_have_text("People near you may hear.")


async def test_a_draft_is_never_lost(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.enter()
    await rose.page.get_by_label("Write to the room").fill("I have begun to wri")
    await rose.go("/")
    await rose.enter()
    await expect(rose.page.get_by_label("Write to the room")).to_have_value("I have begun to wri")
