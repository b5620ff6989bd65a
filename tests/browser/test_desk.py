from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.support.circle import Circle

Visit = Callable[..., Awaitable[Visitor]]


async def hold(fay: Visitor, name: str) -> None:
    await fay.go(f"{fay.room}/desk")
    await fay.page.locator("details.person", has_text=name).locator("summary").tap()
    await fay.page.get_by_role("button", name=f"Hold the words of {name}").tap()
    await expect(fay.page.locator("details.person", has_text=name)).to_contain_text("words are held")


async def test_held_words_wait_and_are_let_through(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose, harold, fay = [await visit(circle, one) for one in (circle.rose, circle.harold, circle.fay)]
    await hold(fay, "Harold")
    await rose.enter()
    await harold.enter()
    await harold.say("Could you buy two gift cards for me?")
    waiting = harold.unsent("Could you buy two gift cards for me?")
    await expect(waiting).to_contain_text("A facilitator reads this first.", timeout=PATIENCE)
    await harold.page.reload()
    await expect(waiting).to_have_count(1)
    assert await rose.message("gift cards").count() == 0
    await fay.go(f"{fay.room}/desk")
    await fay.page.get_by_role("button", name="Let it through").tap()
    await rose.sees("Could you buy two gift cards for me?")
    await harold.sees("Could you buy two gift cards for me?")
    await expect(waiting).to_have_count(0)


async def test_words_sent_back_are_kept_to_be_changed(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    harold, fay = await visit(circle, circle.harold), await visit(circle, circle.fay)
    await hold(fay, "Harold")
    await harold.enter()
    await harold.say("That was a silly thing to say.")
    waiting = harold.unsent("That was a silly thing to say.")
    await expect(waiting.get_by_role("button", name="Take back")).to_be_visible(timeout=PATIENCE)
    await fay.go(f"{fay.room}/desk")
    await fay.page.get_by_role("button", name="Send it back").tap()
    await expect(waiting).to_contain_text("were not shown to the room", timeout=PATIENCE)
    await waiting.get_by_role("button", name="Change the words").tap()
    field = harold.page.get_by_label("Write to the room")
    await expect(field).to_have_value("That was a silly thing to say.")
    await expect(waiting).to_have_count(0)


async def test_somebody_who_reads_only_sees_why_and_keeps_the_words(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    harold, fay = await visit(circle, circle.harold), await visit(circle, circle.fay)
    await harold.enter()
    await fay.go(f"{fay.room}/desk")
    await fay.page.locator("details.person", has_text="Harold").locator("summary").tap()
    await fay.page.locator("details.person[open]").get_by_label("Why (they will see it)").fill("Let us hear Dot first.")
    await fay.page.get_by_role("button", name="Let Harold read only").tap()
    await expect(fay.page.locator("details.person", has_text="Harold")).to_contain_text("reads only until")
    await harold.say("But I was not done.")
    kept = harold.unsent("But I was not done.")
    await expect(kept).to_contain_text("Let us hear Dot first.", timeout=PATIENCE)
    assert "T" not in (await kept.locator(".state").inner_text()).split("until")[1].split("Let us")[0]
    await kept.get_by_role("button", name="Throw away").tap()
    await expect(kept).to_have_count(0)


async def test_words_taken_out_by_the_facilitator_leave_every_page(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    rose, fay = await visit(circle, circle.rose), await visit(circle, circle.fay)
    await rose.enter()
    await circle.harold.ask("POST", f"/rooms/{circle.id}", data={"text": "Something unkind.", "nonce": "u"})
    await rose.sees("Something unkind.")
    await fay.go(rose.room)
    await fay.message("Something unkind.").get_by_role("link", name="Desk").tap()
    await fay.page.get_by_role("button", name="Take out the words of Harold").tap()
    await expect(rose.page.get_by_text("These words were taken out of the room.")).to_be_visible(timeout=PATIENCE)
    await expect(fay.page.get_by_role("button", name="Put back the words of Harold")).to_be_visible(timeout=PATIENCE)
    assert "Something unkind." not in await fay.page.content()
    await rose.page.reload()
    assert "Something unkind." not in await rose.page.content()
    await fay.page.get_by_role("button", name="Put back the words of Harold").tap()
    await rose.sees("Something unkind.")


async def test_somebody_taken_out_of_the_room_is_told_and_gone(visit: Visit, monday_circle: Circle):
    circle = monday_circle
    harold, fay = await visit(circle, circle.harold), await visit(circle, circle.fay)
    await harold.enter()
    await fay.go(f"{fay.room}/desk")
    await fay.page.locator("details.person", has_text="Harold").locator("summary").tap()
    await fay.page.get_by_role("button", name="Take Harold out of the room").tap()
    await expect(fay.page.locator("details.person", has_text="Harold")).to_have_count(0)
    put_out = harold.page.get_by_role("alert").filter(has=harold.page.get_by_role("link", name="Home"))
    await expect(put_out).to_be_visible(timeout=PATIENCE)
    await expect(harold.page.get_by_role("button", name="Send")).to_be_hidden()
    await harold.go(harold.room)
    await expect(harold.page.locator("main")).to_contain_text("We cannot find that room.")


async def test_a_member_finds_no_desk_and_no_staff_pages(monday_circle: Circle):
    for path in (f"/rooms/{monday_circle.id}/desk", "/staff", "/staff/people", "/staff/rooms"):
        answer = await monday_circle.rose.get(path)
        assert answer.status_code == 404, path
