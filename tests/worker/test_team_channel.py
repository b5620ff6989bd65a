"""The channel of the whole team: told with everybody and with the catch-all, and never counted as somebody."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from app import paging_out, reminding_out
from app.crisis import duty_tests, escalation
from app.crisis.answering import answer
from app.crisis.lines import EVERY_LINE, TEAM, Lines, lines_of
from app.crisis.models import Incident, IncidentEvent, Page
from app.crisis.on_call import OnCallPlan
from app.crisis.raising import raise_help
from app.doctor import channel as look_at_channel
from app.foundation import due
from app.settings import Settings
from tests.crisis.paging_story import has_ways, on_the_rota, own_call
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time
from tests.support.team_channel import KEY, TeamChannel
from tests.worker.test_every_way_out import GOLDEN, HOUSE, called, holds_no_secret, outside

assert called and outside


@pytest.fixture
def channel() -> Iterator[TeamChannel]:
    with TeamChannel() as channel:
        yield channel


@pytest.fixture
def settings(outside, channel: TeamChannel) -> Settings:
    return outside.settings.model_copy(update={"apprise_urls": channel.address})


async def goes_on(called: Company, settings: Settings, seconds: int) -> None:
    await pass_time(called.database, seconds=seconds)
    while await paging_out.escalate_one(called.database, settings):
        pass
    while (await called.read(paging_out.anything_due))[1]:
        sending: set = set()
        await paging_out.send_due(called.database, settings, sending)
        for task in sending:
            await task


async def the_call(called: Company) -> Incident:
    return await called.read(lambda session: session.scalars(select(Incident)).one())


async def pages(called: Company) -> list[Page]:
    return await called.read(lambda session: list(session.scalars(select(Page).where(Page.kind == TEAM))))


async def test_it_is_told_with_everybody_in_the_same_words_once_a_round(called, channel, settings):
    with capture_logs() as lines:
        for seconds, times in ((0, 0), (100, 0), (100, 1), (100, 1)):
            await goes_on(called, settings, seconds)
            assert len(channel.told) == times, "nobody is on the second level, so everybody follows on the first"
    incident, [page] = await the_call(called), await pages(called)
    assert (page.state, page.person_id, page.level) == ("sent", "", 3)
    [told] = channel.told
    time, link = paging_out.clock(page.fired_at, settings, "en"), f"{HOUSE}/staff/calls/{incident.id}"
    assert told["message"] == GOLDEN["page"].format(tier="EMERGENCY", code=incident.code, time=time, link=link)
    assert told["title"] == "Elm House" and told["path"] == f"/{KEY}"
    holds_no_secret(*channel.told, *lines)
    assert KEY not in str(lines) and KEY not in repr(settings)


async def test_where_it_takes_nothing_it_is_tried_again(called, channel, settings):
    channel.says = 503
    with capture_logs() as lines:
        await goes_on(called, settings, 370)
        await goes_on(called, settings, 20)
    assert len(channel.told) == 2 and [page.state for page in await pages(called)] == ["waiting"]
    assert KEY not in str(lines)


async def test_nobody_counts_as_told_by_it(called, outside, channel, settings):
    """Nothing else is taken: behind everybody the catch-all is told, though the channel took its page."""
    for one in (outside.phones, outside.ntfy, outside.pushes):
        one.says = 503
    outside.letters.says = "450 later"
    await on_the_rota(called, 2, called.at.ben)
    await has_ways(called, called.at.ben, "text")
    for seconds, times in ((0, 0), (190, 1), (180, 2)):
        await goes_on(called, settings, seconds)
        assert len(channel.told) == times
    events = select(IncidentEvent.what).where(IncidentEvent.what == "catch_all")
    assert len(await called.read(lambda session: session.scalars(events).all())) == 2, "after the second, and the last"


async def test_where_nothing_but_the_channel_is_told_the_caller_reads_that_nobody_could_be_told(company: Company):
    lines = Lines(EVERY_LINE.zone, frozenset({"push", "ntfy", TEAM}))
    raised = await company.do(raise_help, company.at.rose, new_ref(), lines=lines)
    assert not raised.told and not raised.incident.told_somebody
    _, told = await own_call(company, company.at.rose)
    assert told.state == "nobody_told"
    assert [page.kind for page in await pages(company)] == [TEAM], "the channel itself has it"
    behind = select(IncidentEvent.details).where(IncidentEvent.what == "catch_all")
    assert await company.read(lambda session: session.scalars(behind).all()) == [{"pages": 0}]


async def test_it_is_told_with_everybody_too_where_whoever_answered_does_not_come(company: Company):
    lines = Lines(EVERY_LINE.zone, frozenset({"push", TEAM}))
    for one in (company.at.asha, company.at.ben):
        await has_ways(company, one, "push")
    await on_the_rota(company, 1, company.at.asha)
    call = (await company.do(raise_help, company.at.rose, new_ref(), lines=lines)).incident_id
    await company.do(answer, company.at.asha, call)
    assert await pages(company) == []
    await pass_time(company.database, seconds=190)
    while await company.do(escalation.step, lines):
        pass
    assert [(page.level, page.person_id) for page in await pages(company)] == [(3, "")]


async def test_without_addresses_there_is_no_such_way(called, outside):
    assert TEAM not in lines_of(outside.settings).kinds
    await goes_on(called, outside.settings, 370)
    assert await pages(called) == []


async def test_the_week_s_test_of_the_catch_all_goes_there_too(called, channel, settings):
    def a_telephone(session) -> None:
        session.get_one(OnCallPlan, 1).catch_all_phone = "+447700900999"

    await called.do(a_telephone)
    await called.do(duty_tests.ask_now, called.at.vera, duty_tests.CATCH_ALL)
    asked = await called.do(due.claim, [duty_tests.ASK])
    await called.do(duty_tests.begin, asked.id, asked.whom, lines_of(settings))
    while row := await called.do(due.claim, [duty_tests.SEND]):
        await reminding_out.send(called.database, settings, row)
        await called.do(due.done, row)
    assert [told["message"].partition(",")[0].split()[:3] for told in channel.told] == [["Elm", "House:", "TEST"]]
    newest = await called.read(duty_tests.newest_of_catch_all)
    assert newest.went == {"text": "", "ring": "", "team": ""}


def test_the_doctor_says_what_is_wrong_with_the_addresses_and_shows_none(settings: Settings):
    [well] = look_at_channel(settings)
    [odd] = look_at_channel(settings.model_copy(update={"apprise_urls": f"{settings.apprise_urls} odd://{KEY}"}))
    assert (well.well, odd.well) == (True, False)
    assert KEY not in well.sentence + odd.sentence
