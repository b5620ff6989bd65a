"""Rounds of pages that begin anew: nothing of an older one goes out beside them, and nobody is forgotten."""

from sqlalchemy import update

from app.crisis import sending_pages
from app.crisis.answering import answer, pass_on, wrote_in_help_room
from app.crisis.getting_on_call import get_on_call
from app.crisis.lines import EVERY_LINE
from app.crisis.lowering import lower
from app.crisis.models import Incident, Page
from app.crisis.on_call import OnCallPlan
from app.crisis.planning import EACH_LEVEL, LAST_LEVEL
from app.crisis.screening import Screened
from app.crisis.worrying import worry
from app.people.models import Person, Site
from tests.crisis.paging_story import Story, has_ways, on_the_rota, own_call
from tests.crisis.test_escalation import PHONE, state, story
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

assert story
MOST_OF_A_ROUND = 4 * 5
"""Three people once, and the first two of them again with everybody: a push, two texts, two calls each at most."""
WORRIED = Screened("concern", "distress", (), "1", whole=True)


async def worried(story: Story) -> str:
    """Dot wrote something in the Monday Circle that may be a worry."""
    at = story.company.at
    flag = await story.company.do(worry, at.dot.id, at.monday, new_ref(), WORRIED, "said", 1, EVERY_LINE)
    return flag.incident_id


async def test_who_tapped_by_mistake_and_then_in_earnest_is_heard(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.act()
    await story.company.do(lower, story.company.at.dot, "mistake")
    await story.pass_on(900, by=60)
    before = story.seconds
    assert story.pages(since=0) == []
    assert await story.tap(story.company.at.dot) == call
    assert await state(story) == "telling"
    await story.act()
    assert [page for page in story.pages() if page[0] == before] == [(before, "Asha", "push"), (before, "Asha", "text")]
    await story.pass_on(before + 185)
    assert "Ben" in {who for at, who, _ in story.pages() if at >= before + 180}
    assert await state(story) == "no_answer"


async def test_a_page_on_its_way_while_the_call_is_lowered_brings_no_other(story: Story):
    await story.tap(story.company.at.dot)
    first = await story.company.do(sending_pages.claim)
    await story.company.do(lower, story.company.at.dot, "mistake")
    await story.company.do(sending_pages.went, first.id, first.token)
    await story.pass_on(200)
    assert {says for *_, says in story.sent} == {"lowered"}


async def test_a_worry_is_told_to_the_facilitators_then_to_on_call_and_as_danger_from_the_start(story: Story):
    for one in (story.company.at.fay, story.company.at.gil):
        await has_ways(story.company, one, "push")
    call = await worried(story)
    await story.pass_on(295)
    assert story.sent == []
    await story.pass_on(305)
    assert {(at, who, says) for at, who, _, says in story.sent} == {(300, "Fay", "worry"), (300, "Gil", "worry")}
    await story.pass_on(610)
    assert story.pages() == [(600, "Asha", "push"), (600, "Asha", "text")]
    await story.company.do(_danger, story.company.at.fay, story.company.at.dot.id)
    await story.act()
    assert story.pages(since=605) == [(610, "Asha", "push"), (610, "Asha", "text")]
    assert (await story.incident(call)).tier == "emergency"


def _danger(session, fay, person_id: str) -> None:
    get_on_call(session, fay, session.get_one(Person, person_id), "", EVERY_LINE)


async def test_of_two_worries_in_a_night_the_second_wakes_on_call(story: Story):
    night = update(OnCallPlan).values(hours="set", set_hours=[])
    await story.company.do(lambda session: session.execute(night).close())
    await worried(story)
    await story.pass_on(60)
    assert story.sent == []
    at = story.company.at
    await story.company.do(worry, at.harold.id, at.monday, new_ref(), WORRIED, "said", 2, EVERY_LINE)
    await story.act()
    assert ("Asha", "push") in {(who, way) for _, who, way in story.pages()}


async def test_with_the_shortest_waits_the_last_are_rung_twice_in_each_round(story: Story):
    again = 2 * EACH_LEVEL + LAST_LEVEL
    shortest = update(OnCallPlan).values(level_2_after=EACH_LEVEL, level_3_after=2 * EACH_LEVEL, again_after=again)
    await story.company.do(lambda session: session.execute(shortest).close())
    await story.tap(story.company.at.dot)
    await story.pass_on(2 * again - 5)
    for begins in (0, again):
        rung = [at - begins for at, who, way in story.pages() if (who, way) == ("Vera", "ring") and at >= begins]
        assert rung[:2] == [2 * EACH_LEVEL + 60, 2 * EACH_LEVEL + 120]


async def test_what_a_dead_worker_held_is_not_sent_once_somebody_has_the_call(story: Story):
    call = await story.tap(story.company.at.dot)
    assert await story.company.do(sending_pages.claim)
    await story.company.do(answer, story.company.at.ben, call)
    await story.sleep(sending_pages.LEASE_SECONDS + 1)
    again = await story.company.do(sending_pages.claim)
    while again is not None and again.says != "page":
        again = await story.company.do(sending_pages.claim)
    assert again is not None and again.repeat
    assert not await story.company.read(sending_pages.may_go, again.id, again.token)
    assert await story.company.do(sending_pages.drop, again.id, again.token)
    assert not await story.company.do(sending_pages.drop, again.id, again.token)


async def test_what_a_provider_was_told_without_an_answer_goes_again_as_a_repeat(story: Story):
    await story.tap(story.company.at.dot)
    first = await story.company.do(sending_pages.claim)
    await story.company.do(sending_pages.failed, first.id, first.token, "ReadTimeout", for_good=False)
    await story.company.do(lambda session: session.execute(update(Page).values(due_at=Page.fired_at)).close())
    found = [await story.company.do(sending_pages.claim) for _ in range(3)]
    assert [page.repeat for page in found if page and page.id == first.id] == [True]


async def test_what_fails_after_an_answer_is_not_tried_again(story: Story):
    call = await story.tap(story.company.at.dot)
    page = await story.company.do(sending_pages.claim)
    await story.company.do(answer, story.company.at.asha, call)
    await story.company.do(sending_pages.failed, page.id, page.token, "trouble", for_good=False)
    await story.pass_on(120)
    assert story.sent == []


async def test_a_provider_that_comes_back_after_hours_brings_one_round_and_no_flood(story: Story):
    story.fails = lambda page: "once more"
    await story.tap(story.company.at.dot)
    await story.pass_on(4 * 3600, by=300)
    story.fails = lambda page: ""
    await story.pass_on(4 * 3600 + 20)
    assert {who for _, who, _ in story.pages()} == {"Asha", "Ben", "Vera"}
    assert len(story.pages()) <= MOST_OF_A_ROUND


async def test_where_nothing_that_is_sent_is_taken_the_catch_all_is_told(story: Story):
    await story.company.do(lambda session: session.execute(update(Site).values(catch_all="office@elm.example")).close())
    story.fails = lambda page: "once more" if page.kind != "email" else ""
    call = await story.tap(story.company.at.dot)
    await story.act()
    assert await state(story) in ("on_screens", "nobody_told"), "nobody is told that somebody is being told"
    await story.pass_on(190)
    assert (180, "catch-all", "email") in story.pages()
    assert "catch_all" in await story.told(call)


async def test_where_all_were_told_and_the_owner_does_not_come_they_are_told_again(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(400)
    await story.company.do(answer, story.company.at.asha, call)
    await story.pass_on(585)
    assert (580, "Ben", "push") in story.pages()
    assert {who for at, who, _ in story.pages(since=575)} == {"Ben"}


async def test_who_answers_after_the_first_did_not_come_has_the_call(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.company.do(answer, story.company.at.asha, call)
    await story.pass_on(185)
    assert (await story.company.do(answer, story.company.at.ben, call)).owner_id == story.company.at.ben.id
    await story.act()
    assert [(who, says) for _, who, _, says in story.sent if says == "taken"] == [("Asha", "taken")]
    room = (await story.incident(call)).help_room_id
    await story.company.do(wrote_in_help_room, room, story.company.at.ben.id)
    assert await state(story) == "here"
    assert (await story.company.do(answer, story.company.at.vera, call)).owner_id == story.company.at.ben.id


async def test_whoever_was_paged_in_any_round_is_told_once_that_it_is_taken(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(700)
    await story.company.do(answer, story.company.at.asha, call)
    await story.act()
    told = sorted(who for _, who, _, says in story.sent if says == "taken")
    assert told == ["Ben", "Vera"]
    await story.company.do(pass_on, story.company.at.asha, call, EVERY_LINE)
    await story.act()
    await story.company.do(answer, story.company.at.ben, call)
    await story.act()
    assert sorted(who for _, who, _, says in story.sent if says == "taken") == ["Asha", "Ben", "Vera"]


async def test_a_call_that_is_nobodys_again_is_told_as_being_told(story: Story):
    call = await story.tap(story.company.at.dot)
    await story.pass_on(300)
    await story.company.do(answer, story.company.at.asha, call)
    await story.company.do(pass_on, story.company.at.asha, call, EVERY_LINE)
    assert await state(story) == "telling"
    await story.pass_on(485)
    assert await state(story) == "no_answer"


async def test_looking_in_has_no_hurry_about_it(company: Company):
    await company.do(lambda session: session.execute(update(Site).values(catch_all="office@elm.example")).close())
    story = Story(company)
    call = await story.tap(company.at.dot)
    await company.do(lower, company.at.dot, "tablet")
    await company.do(answer, company.at.asha, call)
    await pass_time(company.database, hours=5)
    await story.act()
    assert story.pages() == []
    assert (await story.incident(call)).owner_id == company.at.asha.id
    assert await own_call(company, company.at.dot)
    assert (await company.read(lambda session: session.get_one(Incident, call))).closed_at is None


async def test_a_page_that_goes_out_late_leaves_the_next_way_at_its_time(story: Story):
    await story.tap(story.company.at.dot)
    await story.sleep(20)
    await story.pass_on(125)
    assert [at for at, who, way in story.pages() if who == "Asha" and way == "ring"] == [60, 120]


async def test_after_a_long_silence_the_ways_follow_one_after_the_other(story: Story):
    await story.tap(story.company.at.dot)
    await story.sleep(100)
    await story.pass_on(165)
    assert [at for at, who, way in story.pages() if who == "Asha" and way == "ring"] == [130, 160]


async def test_a_level_that_is_empty_when_the_engine_comes_late_leaves_the_first_pages_wanted(company: Company):
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, *PHONE)
    story = Story(company)
    await story.tap(company.at.dot)
    await story.sleep(365)
    await story.act()
    assert {(who, way) for _, who, way in story.pages()} == {("Asha", "push"), ("Asha", "text")}
