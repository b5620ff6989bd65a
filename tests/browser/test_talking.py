from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor, together
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


async def test_two_people_with_two_tablets_talk_and_each_message_appears_once_in_order(
    visit: Visit, circle_anywhere: Circle
):
    rose, harold = await together(visit, circle_anywhere)
    talk = ["Good morning, Harold.", "Good morning. Did you sleep?", "Like a log.", "I am glad."]
    for place, words in enumerate(talk):
        speaker, hearer = (rose, harold) if place % 2 == 0 else (harold, rose)
        await speaker.say(words)
        await hearer.sees(words)
    for visitor in (rose, harold):
        await visitor.sees(talk[-1])
        assert await visitor.words_in_order() == talk
        assert visitor.tablet.complaints == []


async def test_words_written_without_a_network_arrive_once_when_it_is_back(visit: Visit, circle_anywhere: Circle):
    rose, harold = await together(visit, circle_anywhere)
    await harold.leave_the_network()
    await harold.say("I walked to the harbor.")
    await harold.say("There was a seal.")
    await expect(harold.unsent("I walked to the harbor.")).to_contain_text("Kept on this tablet", timeout=PATIENCE)
    await harold.find_the_network()
    for visitor in (rose, harold):
        await visitor.sees("I walked to the harbor.")
        await visitor.sees("There was a seal.")
        assert await visitor.words_in_order() == ["I walked to the harbor.", "There was a seal."]
    await expect(harold.page.locator("#unsent .message")).to_have_count(0)


async def test_unsent_words_survive_a_reload(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.enter()
    await rose.page.route("**/entries", lambda route: route.abort())
    await rose.page.route_web_socket("**/api/live", lambda socket: None)
    await rose.page.reload()
    await rose.is_ready()
    await rose.say("Is anybody there?")
    await expect(rose.unsent("Is anybody there?")).to_contain_text("Kept on this tablet", timeout=PATIENCE)
    await rose.page.reload()
    await expect(rose.unsent("Is anybody there?")).to_be_visible()
    assert await monday_circle.harold.history(monday_circle.id) == []
    await rose.page.unroute("**/entries")
    await rose.unsent("Is anybody there?").get_by_role("button", name="Try again now").tap()
    await rose.sees("Is anybody there?")
    texts = [entry["text"] for entry in await monday_circle.harold.history(monday_circle.id)]
    assert texts == ["Is anybody there?"]


async def test_a_line_that_swallows_words_is_not_believed(visit: Visit, monday_circle: Circle):
    """The socket says that it is open; nothing comes back. The words go by a plain request."""
    rose = await visit(monday_circle, monday_circle.rose)

    def swallow(socket):
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if '"say"' in str(message) else server.send(message))

    await rose.page.route_web_socket("**/api/live", swallow)
    await rose.enter()
    await rose.say("Hello from behind a bad line.")
    await rose.sees("Hello from behind a bad line.")
    await expect(rose.page.locator("#unsent .message")).to_have_count(0)


async def test_somebody_with_scripts_off_reads_writes_and_answers(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose = await visit(circle, circle.rose, java_script_enabled=False)
    harold = await visit(circle, circle.harold)
    await harold.enter()
    await rose.go(rose.room)
    await rose.say("No scripts here, and it works.")
    await harold.sees("No scripts here, and it works.")
    await rose.sees("No scripts here, and it works.")
    await harold.say("Lovely, Rose.")
    await harold.sees("Lovely, Rose.")
    await rose.go(rose.room)
    await rose.message("Lovely, Rose.").get_by_text("Answer Harold").tap()
    await rose.message("Lovely, Rose.").get_by_role("button", name="Thank you").tap()
    await expect(harold.message("Lovely, Rose.")).to_contain_text("Rose thanks you", timeout=PATIENCE)
    await rose.message("No scripts here").get_by_role("button", name="Take back").tap()
    await expect(harold.page.locator(".message.gone")).to_have_count(1, timeout=PATIENCE)


async def test_the_same_form_sent_twice_is_one_message(monday_circle: Circle):
    form = {"text": "Only once, please.", "nonce": "7c3e"}
    for _ in range(2):
        await monday_circle.rose.ask("POST", f"/rooms/{monday_circle.id}", data=form)
    await monday_circle.rose.ask("POST", f"/rooms/{monday_circle.id}", data=form | {"text": "And this."})
    texts = [entry["text"] for entry in await monday_circle.harold.history(monday_circle.id)]
    assert texts == ["Only once, please.", "And this."]


async def test_a_second_tap_within_a_second_does_nothing_more(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.enter()
    await rose.page.get_by_role("button", name="A few words").dblclick()
    await expect(rose.page.get_by_role("button", name="I am thinking of you.")).to_be_visible()


async def test_markup_in_words_and_names_is_only_words(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    trick = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202eevil"
    await circle.harold.ask("POST", "/settings", data={"name": "<b>Harold</b>"})
    rose = await visit(circle, circle.rose)
    await rose.enter()
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": trick, "nonce": "a"})
    await rose.sees("onerror=alert(1)")
    await expect(rose.page.locator("#entries .name")).to_have_text("<b>Harold</b>")
    await rose.page.reload()
    await rose.sees("onerror=alert(1)")
    assert await rose.page.locator("#entries img, #entries script").count() == 0
    assert rose.tablet.complaints == []
