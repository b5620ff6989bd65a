"""From a tap to a person who answers, comes, and looks in again; looked at as Rose and Asha see it."""

import json
from collections.abc import AsyncIterator
from urllib.parse import urlparse

import pytest
from playwright.async_api import expect

from tests.browser.kept_here import numbers_are_kept
from tests.browser.night_watch import (
    NUMBER,
    NightWatch,
    Visit,
    answer_the_call,
    go_to_her,
    night_watch,
    resolve,
    says,
    tap_for_help,
    write,
)
from tests.browser.visitor import PATIENCE
from tests.support.houses import Houses
from tests.support.reader import Frame


@pytest.fixture
async def night(houses: Houses) -> AsyncIterator[NightWatch]:
    async with night_watch(houses) as night:
        yield night


async def test_rose_taps_asha_is_paged_answers_comes_they_talk_and_somebody_looks_in_again(
    visit: Visit, night: NightWatch
):
    await night.rose.ask("POST", "/settings", data={"name": "Rose", "letters": "36"})
    rose, asha = await visit(night.circle, night.rose), await visit(night.circle, night.asha)
    await asha.go("/staff")
    await rose.go("/")
    card = await tap_for_help(rose)
    await says(card, "We are telling Asha.")
    page = await night.paged()
    assert (page.how, page.to) == ("text", NUMBER)
    await expect(asha.page.locator("#alerts .calls")).to_contain_text("Rose asked for help.", timeout=PATIENCE)
    await card.get_by_role("button", name="Yes", exact=True).tap()
    await expect(card.locator(".heard")).to_have_text("Thank you. Our staff can see it.")
    await answer_the_call(asha)
    call = urlparse(asha.page.url).path
    assert page.text.endswith(call)
    await expect(asha.page.locator("#timeline")).to_contain_text("Rose said where they are: at home")
    await says(card, "Asha has answered and is coming to you here.")
    await go_to_her(asha, "Good evening, Rose. I am Asha.")
    await says(card, "Asha is here.")
    await expect(card.locator(".heading")).to_have_text("You are not alone, Rose.")
    await card.get_by_role("link", name="Go to Asha").tap()
    await rose.sees("Good evening, Rose. I am Asha.")
    await write(rose, "I cannot sleep, and my chest is tight with it.")
    await asha.sees("I cannot sleep, and my chest is tight with it.")
    await resolve(asha, call)
    await night.four_hours_pass()
    await asha.go("/staff/tasks")
    await expect(asha.page.locator("main")).to_contain_text("Rose")
    assert not (await night.rose.get("/api/help")).json()["open"]


async def test_in_the_room_for_help_what_is_said_of_the_call_stays_true_and_at_its_end_nobody_writes(
    visit: Visit, night: NightWatch
):
    rose, asha = await visit(night.circle, night.rose), await visit(night.circle, night.asha)
    await asha.go("/staff")
    await rose.go("/")
    card = await tap_for_help(rose)
    await answer_the_call(asha)
    call = urlparse(asha.page.url).path
    await card.get_by_role("link", name="Go to Asha").tap()
    told = rose.page.locator("#help-asks")
    await expect(told).to_contain_text("Asha has answered and is coming to you here.")
    await go_to_her(asha, "I am with you, Rose.")
    await expect(told).to_contain_text("Asha is here.", timeout=PATIENCE)
    await expect(rose.page.locator("#say")).to_be_visible()
    await asha.page.get_by_role("link", name="The call", exact=True).tap()
    await expect(asha.page.locator("#now")).to_contain_text("You have this.")
    await resolve(asha, call)
    await expect(asha.page.locator("main")).to_contain_text("Somebody looks in again in 4 hours.")
    await asha.go(call)
    await expect(asha.page.locator("main")).to_contain_text("This call is over. Asha closed it at ")
    await expect(asha.page.locator("main")).not_to_contain_text("She sleeps at her sister's")
    await rose.sees("Asha has ended this talk.")
    await expect(rose.page.locator("#say")).to_be_hidden()
    await expect(told).to_be_hidden(timeout=PATIENCE)
    await rose.page.reload()
    await expect(rose.page.locator("#say")).to_have_count(0)


async def test_a_group_of_eight_notices_nothing(visit: Visit, night: NightWatch):
    circle = night.circle
    rose, asha = await visit(circle, night.rose), await visit(circle, night.asha)
    harold = await visit(circle, circle.harold)
    heard: list[Frame] = []
    for person in circle.members[2:]:
        live = await person.connect(heard=heard.append)
        await live.open(circle.id)
    await asha.go("/staff")
    await harold.enter()
    await rose.enter()
    await expect(harold.page.locator("#here")).to_contain_text("Rose", timeout=PATIENCE)
    before = await harold.page.locator("main").inner_text()
    card = await tap_for_help(rose)
    await says(card, "We are telling Asha.")
    await answer_the_call(asha)
    await go_to_her(asha, "I am with you, Rose.")
    await says(card, "Asha is here.")
    assert not [frame for frame in heard if frame["type"] not in ("welcome", "opened", "presence", "seen", "pong")]
    assert "Asha" not in json.dumps(heard)
    assert await harold.page.locator("main").inner_text() == before
    await expect(harold.page.locator("#alerts")).to_have_count(0)
    await expect(harold.page.locator("#here")).not_to_contain_text("Asha")


async def test_cut_off_at_the_tap_she_is_told_so_and_the_late_tap_pages_with_its_time(visit: Visit, night: NightWatch):
    rose, asha = await visit(night.circle, night.rose), await visit(night.circle, night.asha)
    await asha.go("/staff")
    await rose.go("/")
    await numbers_are_kept(rose.page, "keeps=yes")
    await rose.leave_the_network()
    card = await tap_for_help(rose)
    await says(card, "We could not tell anyone. Please ring 911.")
    await expect(card.get_by_role("link", name="911")).to_be_visible()
    await expect(card.get_by_role("link", name="988")).to_be_visible()
    await rose.page.reload()
    await expect(rose.page.get_by_role("heading", name="You are not connected")).to_be_visible()
    assert not night.phones.handed
    await rose.find_the_network()
    assert (await night.paged()).to == NUMBER
    await expect(asha.page.locator("#alerts .calls")).to_contain_text("Rose asked for help.", timeout=PATIENCE)
    await expect(rose.page.locator("#help-asks")).to_contain_text("We are telling Asha.", timeout=PATIENCE)
    await rose.page.get_by_role("link", name="See how it stands").tap()
    await expect(rose.page.locator("main .told-now")).to_contain_text("We are telling Asha.")
    call = night.phones.handed[0].text.split()[-1]
    await night.asha.ask("POST", f"{urlparse(call).path}/answer")
    await night.asha.ask(
        "POST", f"{urlparse(call).path}/close", data={"ended_as": "by_mistake", "outcome": "She is well."}
    )
    await expect(rose.page.locator("main .told-now")).to_contain_text("This call is over.", timeout=PATIENCE)
    await expect(rose.page.locator("main .heading")).to_have_text("Take good care, Rose.")


async def test_a_tablet_that_cannot_ring_shows_large_digits_to_press_on_a_telephone(visit: Visit, night: NightWatch):
    await night.rose.ask("POST", "/if-i-need-help", data={"calls": "no", "phone": "555 0133"})
    await night.rose.ask("POST", "/settings", data={"name": "Rose", "letters": "36"})
    rose = await visit(night.circle, night.rose)
    await rose.go("/")
    await numbers_are_kept(rose.page, "calls=no")
    card = await tap_for_help(rose)
    await says(card, "We are telling Asha.")
    await expect(card.get_by_text("Pick up a telephone and ring:")).to_be_visible()
    await expect(card.locator("a[href^='tel:']")).to_have_count(0)
    for digits in ("911", "988"):
        box = await card.locator(".digits", has_text=digits).bounding_box()
        assert box and box["height"] > 60
    await rose.leave_the_network()
    await rose.go("/numbers")
    await expect(rose.page.locator("#numbers").get_by_text("Pick up a telephone and ring:")).to_be_visible()
    await expect(rose.page.locator("#numbers a[href^='tel:']")).to_have_count(0)
