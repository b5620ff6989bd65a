"""The card as one person needs it: asking first, quiet, softly after words, on a tablet for many; and the siren."""

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from app.crisis.on_call import OnCallPlan
from app.foundation.database import Session
from tests.browser.night_watch import says, tap_for_help
from tests.browser.test_shared_tablet import STORED
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.chromium import Tablet
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.inside import inside

Visit = Callable[..., Awaitable[Visitor]]
OpenTablet = Callable[..., Awaitable[Tablet]]
WORRY = "I wish I would not wake up tomorrow."


async def agree_with_rose(house: House, circle: Circle) -> None:
    joan = await house.welcome("Joan", "helper")
    path = f"/staff/people/{await circle.rose.id()}/ask-first"
    answer = await joan.ask("POST", path, data={"on": "yes", "said_yes": "yes"})
    assert answer.status_code == 303, answer.text


async def test_ask_me_first_tells_nobody_before_she_says_yes(visit: Visit, elm_house: House, monday_circle: Circle):
    circle = monday_circle
    await agree_with_rose(elm_house, circle)
    rose = await visit(circle, circle.rose)
    await rose.go("/")
    card = await tap_for_help(rose)
    await expect(card.get_by_role("heading", name="Tell our staff now?")).to_be_visible()
    await expect(card.locator(".truth")).to_be_hidden()
    await expect(card.get_by_role("link", name="911")).to_be_visible()
    await card.get_by_role("button", name="No, not now").tap()
    await expect(card).to_be_hidden()
    assert not (await circle.rose.get("/api/help")).json()["open"]
    card = await tap_for_help(rose)
    await card.get_by_role("button", name="Yes, tell them now").tap()
    await expect(card.locator(".truth")).to_be_visible()
    await expect(card.locator(".asked-after")).to_be_visible(timeout=PATIENCE)
    assert (await circle.rose.get("/api/help")).json()["open"]


async def test_without_script_it_asks_first_on_a_page(visit: Visit, elm_house: House, monday_circle: Circle):
    circle = monday_circle
    await agree_with_rose(elm_house, circle)
    rose = await visit(circle, circle.rose, java_script_enabled=False)
    await rose.go("/")
    await rose.page.get_by_role("button", name="I need help now").tap()
    await expect(rose.page.get_by_role("heading", name="Tell our staff now?")).to_be_visible()
    assert not (await circle.rose.get("/api/help")).json()["open"]
    await rose.page.get_by_role("button", name="Yes, tell them now").tap()
    await expect(rose.page.locator("main .heading")).to_have_text("You asked for help, Rose.")


async def test_a_mistake_is_said_on_the_card_and_somebody_only_looks_in(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.enter()
    card = await tap_for_help(rose)
    await card.get_by_role("button", name="I tapped by mistake").tap()
    await says(card, "We will look in on you.")
    await expect(card.get_by_role("button", name="I tapped by mistake")).to_be_hidden()
    await expect(card.locator(".asked-after")).to_be_hidden()
    await card.get_by_role("button", name="Back").tap()
    await expect(rose.page.get_by_label("Write to the room")).to_be_visible()


async def test_the_second_tap_of_a_hand_that_shakes_does_not_leave_the_card(visit: Visit, monday_circle: Circle):
    """On a telephone *Leave quickly* comes to lie where the red button was."""
    rose = await visit(monday_circle, monday_circle.rose, viewport={"width": 390, "height": 844})
    await rose.page.clock.install()
    await rose.go("/numbers")
    box = await rose.page.get_by_role("button", name="I need help now").bounding_box()
    assert box
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await rose.page.touchscreen.tap(*place)
    card = rose.page.get_by_role("dialog")
    await expect(card).to_be_visible()
    for later in (100, 1400):
        await rose.page.clock.fast_forward(later)
        await rose.page.touchscreen.tap(*place)
    await says(card, "988")
    await rose.page.clock.fast_forward(3000)
    await rose.page.touchscreen.tap(*place)
    await rose.page.wait_for_url("**/calendar")


async def test_an_answer_that_does_not_reach_the_house_says_so_until_one_does(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.go("/numbers")
    card = await tap_for_help(rose)
    lost = card.locator(".not-reached:visible")
    await expect(card.locator(".asked-after")).to_be_visible(timeout=PATIENCE)
    await rose.leave_the_network()
    await card.get_by_role("button", name="Yes", exact=True).tap()
    await expect(lost).to_have_text("This has not reached us. Tap it once more.")
    await rose.find_the_network()
    await card.get_by_role("button", name="Write to me").tap()
    await expect(card.locator(".heard")).to_have_text("Thank you. Our staff can see it.", timeout=PATIENCE)
    await expect(lost).to_have_count(0)
    now = (await monday_circle.rose.get("/api/help")).json()
    assert (now["home"], now["wants"]) == ("", "write")


async def test_a_quiet_card_does_not_look_like_help_and_leaves_at_a_tap(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    await circle.rose.ask("POST", "/settings/help-card", data={"quiet": "yes"})
    rose = await visit(circle, circle.rose)
    await rose.go("/numbers")
    card = await tap_for_help(rose)
    await expect(card.locator(".heading")).to_have_text("Hello, Rose.", timeout=PATIENCE)
    await expect(card.locator(".told-now")).to_contain_text("Your note is kept", timeout=PATIENCE)
    await expect(rose.page).not_to_have_title("Numbers to ring")
    shown = (await card.inner_text()).lower()
    assert not [word for word in ("help", "crisis", "suicide", "ambulance", "danger", "alone") if word in shown]
    await expect(card.locator("[role=alert]")).to_have_count(0)
    await card.get_by_role("button", name="Leave quickly").tap()
    await rose.page.wait_for_url("**/calendar")
    await expect(rose.page.get_by_text("Your note")).to_have_count(0)


async def test_words_that_tell_of_danger_ask_the_writer_softly_and_nobody_else(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose, harold = await visit(circle, circle.rose), await visit(circle, circle.harold)
    await harold.enter()
    await rose.enter()
    await rose.say(WORRY)
    asked = rose.page.locator("#help-asks")
    await expect(asked.get_by_role("heading", name="Would you like someone with you?")).to_be_visible(timeout=PATIENCE)
    await harold.sees(WORRY)
    await expect(harold.page.locator("#help-asks")).to_be_hidden()
    await asked.get_by_role("button", name="No, I am all right").tap()
    await expect(rose.page.locator("#help-asks")).to_be_hidden()
    await rose.enter()
    await rose.say(f"Truly: {WORRY}")
    await rose.page.locator("#help-asks").get_by_role("button", name="Yes, please").tap(timeout=PATIENCE)
    await expect(rose.page.locator("main .heading")).to_have_text("You asked for help, Rose.", timeout=PATIENCE)
    await expect(rose.page.get_by_role("button", name="I tapped by mistake")).to_be_hidden()


def asleep(session: Session) -> None:
    session.get_one(OnCallPlan, 1).hours = "meetings"


async def test_at_night_a_worry_asks_whether_she_would_like_somebody_tonight(visit: Visit, houses: Houses):
    house = await houses.open("embedded")
    circle = await house.circle()
    await inside(house.settings, asleep)
    rose = await visit(circle, circle.rose)
    await rose.enter()
    await rose.say(WORRY)
    asked = rose.page.locator("#help-asks")
    await expect(asked.get_by_role("heading", name="Would you like somebody tonight?")).to_be_visible(timeout=PATIENCE)
    assert not (await circle.rose.get("/api/help")).json()["open"]
    await asked.get_by_role("button", name="Yes, please").tap()
    await expect(rose.page.locator("main .told-now")).to_be_visible(timeout=PATIENCE)
    assert (await circle.rose.get("/api/help")).json()["open"]


async def test_the_siren_sounds_until_somebody_has_it_and_says_so_where_it_may_not(visit: Visit, houses: Houses):
    house = await houses.open("embedded")
    circle = await house.circle()
    fay, ben = await visit(circle, circle.fay), await visit(circle, await house.welcome("Ben", "responder"))
    for one in (fay, ben):
        await one.go("/staff")
    await circle.rose.post("/api/help", {"ref": "s"})
    for one in (fay, ben):
        await expect(one.page.locator("#alerts .calls")).to_contain_text("asked for help.", timeout=PATIENCE)
        await expect(one.page.locator("#siren")).to_be_visible()
    await fay.page.get_by_role("heading", name="For staff").tap()
    await expect(fay.page.locator("#siren")).to_have_attribute("data-sound", "on", timeout=PATIENCE)
    await fay.page.get_by_role("link", name="Look at this call from").tap()
    await fay.page.get_by_role("button", name="I have this").tap()
    for one in (fay, ben):
        await expect(one.page.locator("#alerts .calls")).to_have_count(0, timeout=PATIENCE)
        await expect(one.page.locator("#siren")).to_be_hidden()


async def test_quiet_for_a_minute_is_about_who_called_before(visit: Visit, houses: Houses):
    house = await houses.open("embedded")
    circle = await house.circle()
    fay = await visit(circle, circle.fay)
    await fay.go("/staff")
    siren = fay.page.locator("#siren")
    await circle.rose.post("/api/help", {"ref": "first"})
    await expect(siren).to_be_visible(timeout=PATIENCE)
    await fay.page.get_by_role("heading", name="For staff").tap()
    await expect(siren).to_have_attribute("data-sound", "on", timeout=PATIENCE)
    await siren.get_by_role("button", name="Quiet for a minute").tap()
    await expect(siren).to_be_hidden()
    await circle.rose.post("/api/help", {"ref": "again"})
    await expect(fay.page.locator("#alerts .calls")).to_contain_text("again.", timeout=PATIENCE)
    await expect(siren).to_be_hidden()
    await circle.dot.post("/api/help", {"ref": "another"})
    await expect(siren).to_be_visible(timeout=PATIENCE)


async def test_a_tablet_for_many_that_is_signed_out_gives_the_numbers_and_keeps_nothing(
    tablet: OpenTablet, elm_house: House
):
    page = (await tablet()).page
    await page.goto(f"{elm_house.url}/card?finished=yes")
    await page.get_by_role("link", name="I need help now").tap()
    await expect(page.get_by_text("This tablet is not signed in, so we cannot tell our staff.")).to_be_visible()
    for number in ("911", "988"):
        await expect(page.get_by_role("link", name=number)).to_be_visible()
    kept = await page.evaluate(STORED)
    assert (kept["local"], kept["passing"], kept["databases"], kept["cookies"]) == ({}, {}, [], "")
    assert set(kept["pages"]) <= {"/offline"}
