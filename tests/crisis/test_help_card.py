"""What stands on somebody's own help card: the truth, what they told us since, and what they are softly asked."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.crisis.answering import answer, pass_on
from app.crisis.answering_back import say_no, tell
from app.crisis.getting_on_call import get_on_call
from app.crisis.help_card import HelpCard, help_card
from app.crisis.lines import EVERY_LINE
from app.crisis.lowering import lower
from app.crisis.models import Incident, IncidentEvent
from app.crisis.on_call import OnCallPlan
from app.crisis.raising import raise_help
from app.crisis.screening import Screened
from app.crisis.worrying import worry
from app.foundation.announcements import Whisper
from app.foundation.clock import database_now
from app.foundation.sealing import Seals
from app.people.actors import Actor
from app.people.help_choices import choose_own
from app.people.help_sheet import keep_own
from app.problems import Invalid, NotFound
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

UTC = ZoneInfo("UTC")


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "sealing-keys")


async def card(company: Company, seals: Seals, who: Actor) -> HelpCard:
    return await company.read(help_card, who, seals, UTC)


async def write(company: Company, who: Actor, tier: str, category: str = "distress") -> None:
    found = Screened(tier, category, (), "1", whole=True)
    await company.do(worry, who.id, company.at.monday, new_ref(), found, "said", 1, EVERY_LINE)


async def at_night(company: Company) -> None:
    def say(session):
        session.get_one(OnCallPlan, 1).hours = "meetings"

    await company.do(say)


async def test_nothing_is_asked_of_who_neither_tapped_nor_wrote(company: Company, seals: Seals):
    assert await card(company, seals, company.at.rose) == HelpCard()


async def test_a_tap_can_be_lowered_and_words_that_raised_it_too_cannot(company: Company, seals: Seals):
    rose = company.at.rose
    await company.do(raise_help, rose, new_ref())
    mine = (await card(company, seals, rose)).call
    assert mine and (mine.tapped, mine.by_words, mine.may_lower) == (True, False, True)
    await write(company, rose, "emergency", "medical")
    mine = (await card(company, seals, rose)).call
    assert mine and not mine.may_lower
    await company.do(lower, rose, "mistake")
    mine = (await card(company, seals, rose)).call
    assert mine and mine.incident.tier == "emergency"


async def test_what_they_tell_us_reaches_who_has_it_and_the_last_answer_counts(company: Company, seals: Seals):
    rose = company.at.rose
    raised = await company.do(raise_help, rose, new_ref())
    await company.do(answer, company.at.asha, raised.incident_id)
    for what, said in (("at_home", "no"), ("at_home", "yes"), ("wants", "ring")):
        await company.do(tell, rose, what, said)
    mine = (await card(company, seals, rose)).call
    assert mine and (mine.home, mine.wants, mine.owner) == ("yes", "ring", "Asha")
    lines = select(IncidentEvent.what, IncidentEvent.details).where(IncidentEvent.who == rose.id)
    told = await company.read(lambda session: [tuple(row) for row in session.execute(lines)])
    assert ("wants", {"answer": "ring"}) in told
    for what, said in (("at_home", "perhaps"), ("colour", "red")):
        with pytest.raises(Invalid):
            await company.do(tell, rose, what, said)
    with pytest.raises(NotFound):
        await company.do(tell, company.at.harold, "at_home", "yes")


@pytest.mark.parametrize(("tier", "asks"), [("watch", ""), ("concern", "somebody"), ("emergency", "somebody")])
async def test_words_that_raise_something_ask_softly(company: Company, seals: Seals, tier: str, asks: str):
    rose = company.at.rose
    await write(company, rose, tier)
    assert (await card(company, seals, rose)).asks == asks
    assert (await card(company, seals, company.at.harold)).asks == ""
    whispered = [one for one in company.heard if isinstance(one, Whisper)]
    assert [one.person for one in whispered] == ([rose.id] if asks else [])


async def test_at_night_a_worry_asks_whether_they_would_like_somebody_tonight_and_yes_pages(
    company: Company, seals: Seals
):
    rose = company.at.rose
    await at_night(company)
    await write(company, rose, "concern")
    mine = await card(company, seals, rose)
    assert (mine.asks, mine.call) == ("tonight", None)
    await company.do(raise_help, rose, new_ref())
    mine = await card(company, seals, rose)
    assert mine.asks == "" and mine.call and mine.call.incident.tier == "emergency"


async def test_no_is_told_to_staff_lowers_nothing_and_new_words_ask_again(company: Company, seals: Seals):
    rose = company.at.rose
    await write(company, rose, "emergency", "suicide")
    await company.do(say_no, rose)
    mine = await card(company, seals, rose)
    assert mine.asks == "" and mine.call and mine.call.incident.tier == "emergency"
    await pass_time(company.database, seconds=5)
    await write(company, rose, "concern")
    assert (await card(company, seals, rose)).asks == "somebody"
    open_ones = select(Incident.closed_at)
    assert await company.read(lambda session: list(session.scalars(open_ones))) == [None]


async def test_who_has_somebody_with_them_is_asked_nothing(company: Company, seals: Seals):
    rose = company.at.rose
    await write(company, rose, "emergency", "suicide")
    incident = (await card(company, seals, rose)).call
    assert incident
    await company.do(answer, company.at.asha, incident.incident.id)
    assert (await card(company, seals, rose)).asks == ""


@pytest.mark.parametrize(("category", "quiet"), [("abuse_neglect", True), ("violence", True), ("suicide", False)])
async def test_the_card_is_quiet_where_somebody_may_read_along(
    company: Company, seals: Seals, category: str, quiet: bool
):
    await write(company, company.at.rose, "emergency", category)
    assert (await card(company, seals, company.at.rose)).quiet is quiet


async def test_the_card_is_quiet_for_who_chose_it_and_knows_a_tablet_that_cannot_ring(company: Company, seals: Seals):
    rose = company.at.rose
    await company.do(choose_own, rose, quiet=True, ask_first=True)
    await company.do(keep_own, rose, {"calls": "no"}, seals)
    mine = await card(company, seals, rose)
    assert (mine.quiet, mine.how.calls, mine.how.ask_first) == (True, "no", False)


async def test_after_the_owner_passed_it_on_somebody_is_told_anew(company: Company, seals: Seals):
    rose, asha = company.at.rose, company.at.asha
    raised = await company.do(raise_help, rose, new_ref())
    await pass_time(company.database, minutes=4)
    assert await state(company, seals) == "no_answer"
    await company.do(answer, asha, raised.incident_id)
    await company.do(pass_on, asha, raised.incident_id, EVERY_LINE)
    assert await state(company, seals) != "no_answer"
    await pass_time(company.database, minutes=4)
    assert await state(company, seals) == "no_answer"


async def test_a_tap_that_comes_late_is_not_called_unanswered_at_once(company: Company, seals: Seals):
    at = await company.read(database_now)
    await company.do(raise_help, company.at.rose, new_ref(), pressed_at=at - timedelta(minutes=10))
    assert await state(company, seals) == "nobody_told"


async def state(company: Company, seals: Seals) -> str:
    mine = (await card(company, seals, company.at.rose)).call
    assert mine
    return mine.truth.state


async def test_a_call_for_which_staff_asked_too_is_not_lowered(company: Company, seals: Seals):
    rose = company.at.rose
    await company.do(raise_help, rose, new_ref())
    await company.do(get_on_call, company.at.sam, await company.person(rose), "", EVERY_LINE)
    assert (await company.do(lower, rose, "mistake")).tier == "emergency"
    mine = (await card(company, seals, rose)).call
    assert mine and not mine.may_lower
