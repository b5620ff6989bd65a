"""Rose joins: one question a screen, left and found again, with Joan; then the practice room, and help as a drill."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle
from tests.support.client import new_ref
from tests.support.house import House
from tests.support.person import Person

Visit = Callable[..., Awaitable[Visitor]]
TOLD = 5


async def newcomer(circle: Circle, name: str = "Luis") -> Person:
    return await circle.house.welcome(name, "member", room=circle.slug, new=True)


async def read_on(visitor: Visitor, screens: int) -> None:
    """Go on, screen after screen."""
    for _ in range(screens):
        heading = await visitor.page.locator(".question h2").inner_text()
        await visitor.page.get_by_role("button", name="I have read this. Go on").tap()
        await expect(visitor.page.locator(".question h2")).not_to_have_text(heading, timeout=PATIENCE)


async def test_luis_joins_with_joan_on_the_phone_leaves_half_way_and_finds_it_again(
    visit: Visit, circle_anywhere: Circle
):
    circle = circle_anywhere
    luis = await visit(circle, await newcomer(circle))
    joan = await circle.house.welcome("Joan", "helper")
    await luis.go(luis.room)
    await expect(luis.page.get_by_role("heading", name="Before your first room")).to_be_visible(timeout=PATIENCE)
    begun = await joan.ask("POST", f"/staff/people/{await luis.person.id()}/joining", data={"how": "phone"})
    assert begun.status_code == 303
    await luis.page.reload()
    await expect(luis.page.locator("main")).to_contain_text("Joan is on the phone with you.")
    await luis.page.get_by_role("link", name="Begin").tap()
    await read_on(luis, 2)
    await luis.page.get_by_role("link", name="Stop for now").tap()
    await expect(luis.page.get_by_role("link", name="Go in to")).to_have_count(0)
    await luis.page.get_by_role("link", name="Begin").tap()
    await luis.page.get_by_role("link", name="Go on").tap()
    await expect(luis.page.get_by_role("heading", name="Who is told, and when")).to_be_visible(timeout=PATIENCE)
    await read_on(luis, TOLD - 2)
    await luis.page.get_by_role("button", name="No, please do not ring").tap()
    await luis.page.get_by_role("button", name="Yes, you may count mine").tap()
    await read_on(luis, 1)
    await luis.page.get_by_role("button", name="Yes, I want to join").tap()
    await expect(luis.page.get_by_role("heading", name="You have joined")).to_be_visible(timeout=PATIENCE)
    await luis.enter()
    await luis.say("Good morning, I am Luis.")
    await luis.sees("Good morning, I am Luis.")


async def test_without_scripts_every_question_can_be_answered_alone(visit: Visit, monday_circle: Circle):
    luis = await visit(monday_circle, await newcomer(monday_circle), java_script_enabled=False)
    await luis.go("/welcome")
    await luis.page.get_by_role("link", name="Begin").tap()
    await luis.page.get_by_role("button", name="I do this on my own").tap()
    await read_on(luis, TOLD)
    await luis.page.get_by_role("link", name="The question before").tap()
    await read_on(luis, 1)
    await luis.page.get_by_role("button", name="Yes, you may ring me").tap()
    await luis.page.get_by_role("button", name="No, leave mine out").tap()
    await read_on(luis, 1)
    await luis.page.get_by_role("button", name="Not now").tap()
    await expect(luis.page.get_by_role("link", name="Begin")).to_be_visible(timeout=PATIENCE)
    await luis.go(luis.room)
    await luis.page.get_by_role("link", name="Go on").tap()
    await luis.page.get_by_role("button", name="Yes, I want to join").tap()
    await expect(luis.page.get_by_role("heading", name="You have joined")).to_be_visible(timeout=PATIENCE)
    await luis.go("/agreement")
    await expect(luis.page.locator("main")).to_contain_text("You did it on your own.")


async def test_in_spanish_from_the_first_question_to_the_last(visit: Visit, monday_circle: Circle):
    luis = await visit(monday_circle, await newcomer(monday_circle))
    await luis.go("/welcome/beside")
    await luis.page.get_by_role("button", name="Español").tap()
    await luis.page.locator("button[value=alone]").tap()
    for heading in ("Qué es esta casa", "Qué hace aquí un programa de computadora", "A quién se avisa y cuándo"):
        await expect(luis.page.get_by_role("heading", name=heading)).to_be_visible(timeout=PATIENCE)
        await luis.page.locator("button[name=said][value=yes]").tap()
    await expect(luis.page.get_by_role("heading", name="Quién ve qué")).to_be_visible(timeout=PATIENCE)


async def test_help_is_not_waited_for_by_any_question(visit: Visit, monday_circle: Circle):
    luis = await visit(monday_circle, await newcomer(monday_circle))
    for path in ("/welcome", "/welcome/beside", "/"):
        await luis.go(path)
        await luis.page.get_by_role("button", name="I need help now").tap()
        await expect(luis.page.get_by_role("dialog").get_by_role("link", name="911")).to_be_visible(timeout=PATIENCE)
    await luis.go("/numbers")
    await expect(luis.page.get_by_role("link", name="988")).to_be_visible()


async def test_the_page_is_read_aloud_a_sentence_at_a_time(visit: Visit, monday_circle: Circle):
    luis = await visit(monday_circle, await newcomer(monday_circle))
    await luis.tablet.context.add_init_script("""
        window.said = [];
        const speech = { speaking: false, cancel() {}, speak: (one) => window.said.push([one.lang, one.text.trim()]) };
        Object.defineProperty(window, "speechSynthesis", { value: speech });
    """)
    await luis.go("/welcome/beside")
    await luis.page.get_by_role("button", name="Read this to me").tap()
    said = await luis.page.evaluate("() => window.said")
    assert said[:3] == [
        ["en", "Is somebody with you?"],
        ["en", "It helps to do this with somebody you trust."],
        ["en", "We keep their name."],
    ]
    assert ["en", "I do this on my own"] in said


async def test_rose_practices_and_the_drill_tells_nobody(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/practice")
    await rose.page.get_by_role("button", name="Go in to practice").tap()
    await expect(rose.page.locator("#line")).to_have_text("Connected.", timeout=PATIENCE)
    await rose.say("One, two, three")
    await rose.sees("One, two, three")
    await rose.message("One, two, three").get_by_role("button", name="Take back").tap()
    await expect(rose.page.locator("#entries")).to_contain_text("You took these words back.", timeout=PATIENCE)
    await rose.page.get_by_role("link", name="Go on practicing").tap()
    await expect(rose.page.locator(".steps li", has_text="Done.")).to_have_count(2)
    await rose.page.get_by_role("link", name="Practice this").tap()
    await rose.page.get_by_role("button", name="Practice: I need help now").tap()
    await expect(rose.page.locator("main")).to_contain_text("Nobody has been told.", timeout=PATIENCE)
    await expect(rose.page.locator("main a[href^='tel:']")).to_have_count(0)
    assert (await monday_circle.rose.get("/api/help")).json()["open"] is False
    await expect(rose.page.locator(".top-help").get_by_role("button", name="I need help now")).to_be_visible()


async def test_what_was_agreed_to_is_taken_back_on_one_page_and_writing_stops(visit: Visit, monday_circle: Circle):
    harold = await visit(monday_circle, monday_circle.harold)
    await harold.go("/settings")
    await harold.page.get_by_role("link", name="What I agreed to").tap()
    await harold.page.get_by_role("button", name="Yes, you may ring me").tap()
    await expect(harold.page.get_by_role("status")).to_contain_text("Your answer is kept.")
    await harold.page.get_by_role("button", name="I take back what I agreed to").tap()
    await expect(harold.page.get_by_role("heading", name="You took it back")).to_be_visible(timeout=PATIENCE)
    await harold.go(harold.room)
    await expect(harold.page.locator("#may-not")).to_contain_text("You can read here")
    answer = await monday_circle.harold.post(
        f"{monday_circle.path}/entries", {"ref": new_ref(), "text": "By another door"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert await monday_circle.harold.history(monday_circle.id) == []


async def test_the_sheet_is_opened_by_who_looks_after_the_call_and_its_owner_sees_it(
    visit: Visit, monday_circle: Circle
):
    circle = monday_circle
    mei, fay = await visit(circle, circle.mei), await visit(circle, circle.fay)
    await mei.go("/if-i-need-help")
    await mei.page.get_by_label("How does somebody get in?").fill("The key is under the blue pot.")
    await mei.page.get_by_role("button", name="Keep this").tap()
    await expect(mei.page.get_by_role("status")).to_contain_text("It is kept, and sealed.")
    call = (await circle.mei.post("/api/help", {"ref": "c"})).json()["incident"]
    await fay.go(f"/staff/calls/{call}")
    await expect(fay.page.get_by_role("button", name="Open what Mei wrote")).to_have_count(0)
    await fay.page.get_by_role("button", name="I have this").tap()
    await fay.page.get_by_role("button", name="Open what Mei wrote").tap()
    await expect(fay.page.locator("main")).to_contain_text("blue pot", timeout=PATIENCE)
    await mei.go("/if-i-need-help")
    await expect(mei.page.locator("main")).to_contain_text("Fay")


async def test_joan_fills_it_in_without_seeing_what_is_there(elm_house: House, monday_circle: Circle):
    rose, joan = monday_circle.rose, await elm_house.welcome("Joan", "helper")
    await rose.ask("POST", "/if-i-need-help", data={"where": "In the attic", "phone": "555 0101"})
    page = f"/staff/people/{await rose.id()}/help-sheet"
    assert "In the attic" not in (await joan.get(page)).text
    assert (await joan.ask("POST", page, data={"phone": "555 0102"})).status_code == 303
    mine = (await rose.get("/if-i-need-help")).text
    assert "In the attic" in mine
    assert "555 0102" in mine
    assert "attic" not in (await joan.get(f"/staff/people/{await rose.id()}")).text
