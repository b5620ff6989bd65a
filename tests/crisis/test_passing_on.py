"""Passing a call on tells somebody else, and is not done unasked where there is nobody."""

from app.crisis.answering import answer
from app.crisis.lines import EVERY_LINE, Lines
from app.crisis.models import Incident
from app.crisis.passing_on import pass_on_unless_alone, told_instead
from app.people.models import Site
from tests.crisis.paging_story import Story
from tests.crisis.test_escalation import story

assert story


async def ashas(story: Story) -> str:
    call = await story.tap(story.company.at.dot)
    await story.act()
    await story.company.do(answer, story.company.at.asha, call)
    return call


async def pass_on(story: Story, call: str, lines: Lines = EVERY_LINE, *, sure: bool = False) -> bool:
    return await story.company.do(pass_on_unless_alone, story.company.at.asha, call, lines, sure=sure)


async def told(story: Story, call: str) -> tuple[str, str]:
    now = await story.company.read(
        lambda session: told_instead(session, story.company.at.asha, session.get_one(Incident, call))
    )
    return now.state, now.values.get("name", "")


async def test_somebody_else_is_told_at_once_and_not_who_passed_it_on_alone(story: Story):
    call = await ashas(story)
    before = story.seconds
    assert await pass_on(story, call)
    assert await told(story, call) == ("telling", "Ben")
    await story.act()
    assert {who for at, who, _ in story.pages() if at == before} >= {"Ben"}
    assert "again" not in await story.told(call)


async def test_where_no_line_reaches_anybody_it_stays_until_they_are_sure(story: Story):
    nothing = Lines(EVERY_LINE.zone, frozenset())
    call = await ashas(story)
    assert not await pass_on(story, call, nothing)
    assert (await story.incident(call)).owner_id == story.company.at.asha.id
    assert await pass_on(story, call, nothing, sure=True)
    assert (await story.incident(call)).owner_id == ""


async def test_the_staffed_place_is_somebody(story: Story):
    mail_alone = Lines(EVERY_LINE.zone, frozenset({"email"}))
    call = await ashas(story)
    assert not await pass_on(story, call, mail_alone)

    def kept(session):
        session.get_one(Site, 1).catch_all = "office@elm.example"

    await story.company.do(kept)
    assert await pass_on(story, call, mail_alone)
    assert (await told(story, call))[0] == "stand_ins"
