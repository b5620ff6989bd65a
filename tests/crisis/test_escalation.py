"""Who is paged, when, until somebody has it: the scenarios of on-call, by the database's clock."""

import pytest
from sqlalchemy import select

from app.crisis import page_reports, sending_pages
from app.crisis.answering import (
    add_note,
    answer,
    answer_by_code,
    on_the_phone,
    pass_on,
    take_over,
    wrote_in_help_room,
)
from app.crisis.duty_ways import usable_ways
from app.crisis.ending import close
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Page
from app.people.models import Site
from app.problems import NotFound
from tests.crisis.paging_story import Story, has_ways, on_the_rota, own_call
from tests.support.company import Company

PHONE = ("push", "text", "ring")


@pytest.fixture
async def story(company: Company) -> Story:
    """Asha is called first, then Ben, then everybody: Vera, who leads, and Nora besides them."""
    at = company.at
    await on_the_rota(company, 1, at.asha)
    await on_the_rota(company, 2, at.ben)
    for one in (at.asha, at.ben, at.vera):
        await has_ways(company, one, *PHONE)
    return Story(company)


async def state(story: Story) -> str:
    call = await own_call(story.company, story.company.at.dot)
    assert call is not None
    return call[1].state


async def test_an_answered_call_pages_one_person_once(story: Story):
    call = await story.tap(story.company.at.dot)
    assert await state(story) == "telling"
    await story.pass_on(40)
    assert story.pages() == [(0, "Asha", "push"), (0, "Asha", "text")]
    code = (await story.incident(call)).code
    await story.company.do(answer_by_code, story.company.at.asha, code)
    assert await state(story) == "coming"
    await story.pass_on(130)
    room = (await story.incident(call)).help_room_id
    await story.company.do(wrote_in_help_room, room, story.company.at.asha.id)
    assert await state(story) == "here"
    await story.pass_on(600)
    assert len(story.sent) == 2


async def test_who_answers_and_does_not_come_is_joined_by_the_next(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(40)
    await story.company.do(answer, story.company.at.asha, call)
    await story.pass_on(225)
    assert (220, "Ben", "push") in story.pages()
    assert await state(story) == "coming_too"


async def test_nobody_answers_and_it_goes_on_for_twelve_hours(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(600)
    asha = [(0, "push"), (0, "text"), (60, "ring"), (120, "ring"), (120, "text")]
    assert [(at, way) for at, who, way in story.pages() if who == "Asha" and at < 360] == asha
    ben = [(180 + at, way) for at, way in asha]
    assert [(at, way) for at, who, way in story.pages() if who == "Ben" and at < 360] == ben
    assert [at for at, who, way in story.pages() if who == "Vera"][:2] == [360, 360]
    assert await state(story) == "no_answer"
    assert (600, "Asha", "push") in story.pages()
    await story.pass_on(12 * 3600, by=1200)
    assert [at for at, who, way in story.pages() if who == "Asha" and way == "push" and at > 42000]
    await story.pass_on(12 * 3600 + 200, by=50)
    before = len(story.sent)
    await story.company.do(answer, story.company.at.asha, call)
    await story.act()
    taken = story.sent[before:]
    assert {says for *_, says in taken} == {"taken"}
    assert {who for _, who, *_ in taken} <= {"Ben", "Vera"}
    assert {way for _, _, way, _ in taken} == {"push"}


async def test_after_a_dead_engine_two_levels_are_paged_in_one_pass_each_once(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.sleep(300)
    await story.act()
    assert sorted(story.pages()) == [
        (300, "Asha", "push"), (300, "Asha", "text"), (300, "Ben", "push"), (300, "Ben", "text"),
    ]  # fmt: skip
    assert "engine_away" in await story.told(call)


async def test_a_way_that_fails_brings_the_next_one_at_once_and_is_tried_again(story: Story):
    story.fails = lambda page: "once more" if page.kind == "text" and page.tries < 3 else ""
    await story.tap(story.company.at.dot)
    await story.pass_on(10)
    assert (0, "Asha", "ring") in story.pages()
    await story.pass_on(35)
    assert [at for at, who, way in story.pages() if way == "text"] == [30]


async def test_a_wrong_number_is_not_tried_again_and_is_seen(story: Story):
    story.fails = lambda page: "never" if page.kind == "text" else ""
    await story.tap(story.company.at.dot)
    await story.pass_on(170)
    assert "text" not in {way for _, _, way in story.pages()}
    ways = await story.company.read(usable_ways, story.company.at.asha.id)
    assert {way.kind: way.trouble for way in ways}["text"] == "trouble"


async def test_a_report_is_never_an_answer_and_an_undelivered_one_brings_the_next_way(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(5)
    text = await story.company.read(lambda session: _page(session, call, "text"))
    assert await story.company.do(page_reports.report, text.provider_ref, "delivered", 2)
    assert await story.company.do(page_reports.report, text.provider_ref, "sent", 1)
    assert (await story.company.read(lambda session: _page(session, call, "text"))).reported == "delivered"
    assert not await story.company.do(page_reports.report, "unheard-of", "delivered", 1)
    assert (await story.incident(call)).owner_id == ""
    await story.company.do(page_reports.report, text.provider_ref, "undelivered", 3)
    await story.pass_on(10)
    assert "ring" in {way for _, _, way in story.pages()}


async def test_a_hole_in_the_rota_is_passed_over_at_once(company: Company):
    at = company.at
    await on_the_rota(company, 2, at.ben)
    await has_ways(company, at.ben, *PHONE)
    story = Story(company)
    call = await story.tap(at.dot)
    await story.act()
    assert story.pages()[0] == (0, "Ben", "push")
    assert (await story.told(call)).count("nobody_on_call") == 1


async def test_where_nobody_can_be_reached_the_catch_all_is_told(company: Company):
    def name_it(session) -> None:
        session.get_one(Site, 1).catch_all = "office@elm.example"

    await company.do(name_it)
    story = Story(company)
    call = await story.tap(company.at.dot)
    await story.act()
    assert story.pages() == [(0, "catch-all", "email")]
    assert "catch_all" in await story.told(call)


async def test_of_two_answers_one_wins_and_the_other_is_told_who(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(5)
    first = await story.company.do(answer, story.company.at.ben, call)
    second = await story.company.do(answer, story.company.at.asha, call)
    assert first.owner_id == second.owner_id == story.company.at.ben.id
    assert "answered_late" in await story.told(call)


async def test_an_old_code_changes_nothing(story: Story):
    call = await story.tap(story.company.at.dot)
    code = (await story.incident(call)).code
    await story.company.do(close, story.company.at.asha, call, "safe_with_plan", "Her daughter came")
    with pytest.raises(NotFound):
        await story.company.do(answer_by_code, story.company.at.ben, code)


async def test_a_quiet_owner_is_reminded_and_then_paging_begins_again(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(40)
    await story.company.do(answer, story.company.at.asha, call)
    await story.pass_on(60)
    room = (await story.incident(call)).help_room_id
    await story.company.do(wrote_in_help_room, room, story.company.at.asha.id)
    await story.pass_on(655)
    assert [(at, who) for at, who, _, says in story.sent if says == "still_with"] == [(540, "Asha")]
    assert await state(story) == "here"
    await story.pass_on(670)
    assert (660, "Asha", "push") in story.pages()
    assert await state(story) in ("telling", "no_answer")


async def test_anything_heard_of_the_owner_begins_the_lease_anew(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.company.do(answer, story.company.at.asha, call)
    await story.pass_on(100)
    await story.company.do(on_the_phone, story.company.at.asha, call)
    await story.pass_on(1500, by=20)
    await story.company.do(add_note, story.company.at.asha, call, "Talking about her sister")
    await story.pass_on(1890, by=20)
    assert [says for *_, says in story.sent] == []


async def test_taps_again_and_again_are_one_incident_and_one_timetable(story: Story):
    calls = {await story.tap(story.company.at.dot) for _ in range(5)}
    assert len(calls) == 1
    await story.pass_on(10)
    assert story.pages() == [(0, "Asha", "push"), (0, "Asha", "text")]
    [call] = calls
    assert (await story.told(call)).count("tapped") == 5
    await story.company.do(answer, story.company.at.asha, call)
    for _ in range(3):
        await story.tap(story.company.at.dot)
    await story.act()
    assert [(who, says) for _, who, _, says in story.sent if says == "new_words"] == [("Asha", "new_words")]
    await story.company.do(close, story.company.at.asha, call, "safe_with_plan", "She is well")
    again = await story.tap(story.company.at.dot)
    assert again != call
    other = await story.tap(story.company.at.harold)
    assert (await story.incident(again)).code != (await story.incident(other)).code


async def test_whoever_calls_is_never_paged_about_themselves(story: Story):
    await story.tap(story.company.at.asha)
    await story.pass_on(20)
    assert {who for _, who, _ in story.pages()} == {"Ben"}


async def test_handing_over_keeps_it_with_somebody_and_passing_on_pages_the_others(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.company.do(answer, story.company.at.asha, call)
    await story.company.do(take_over, story.company.at.ben, call)
    assert (await story.incident(call)).owner_id == story.company.at.ben.id
    await story.company.do(pass_on, story.company.at.ben, call, EVERY_LINE)
    await story.act()
    assert (0, "Asha", "push") in story.pages()


async def test_a_page_whose_sender_died_goes_once_more_and_says_so(story: Story):
    await story.tap(story.company.at.dot)
    first = await story.company.do(sending_pages.claim)
    assert first is not None
    await story.sleep(sending_pages.LEASE_SECONDS + 1)
    found = [await story.company.do(sending_pages.claim) for _ in range(2)]
    again = next(page for page in found if page is not None and page.id == first.id)
    assert again.repeat
    assert not await story.company.read(sending_pages.may_go, first.id, first.token)
    assert not await story.company.do(sending_pages.went, first.id, first.token)
    assert await story.company.do(sending_pages.went, again.id, again.token)


def _page(session, incident_id: str, kind: str) -> Page:
    mine = (Page.incident_id == incident_id, Page.kind == kind, Page.attempt == 1)
    return session.scalars(select(Page).where(*mine)).one()
