"""*Get on-call* for somebody by name: who may, for whom, and what they learn of it."""

import pytest
from sqlalchemy import select

from app.crisis.answering import answer
from app.crisis.getting_on_call import get_on_call, what_i_asked
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident, Page
from app.crisis.raising import raise_help
from app.crisis.timeline import timeline_of
from app.people.actors import Actor
from app.problems import NotAllowed, NotFound
from app.rooms import presence
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.people.test_card_alone import with_a_card
from tests.support.company import Company, new_ref


async def ask(company: Company, who: Actor, whom: Actor, room: str = "") -> Incident:
    return await company.do(get_on_call, who, await company.person(whom), room, EVERY_LINE)


@pytest.mark.parametrize("who", ["sam", "joan", "fay", "vera"])
async def test_mentor_helper_facilitator_and_supervisor_get_on_call_for_rose(company: Company, who: str):
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "push")
    incident = await ask(company, getattr(company.at, who), company.at.rose)
    assert (incident.tier, incident.origin, incident.person_id) == ("emergency", "staff", company.at.rose.id)
    paged = select(Page.person_id).where(Page.incident_id == incident.id)
    assert await company.read(lambda session: list(session.scalars(paged))) == [company.at.asha.id]
    lines = await company.read(timeline_of, incident.id)
    assert [line.who for line in lines if line.what == "asked_by_staff"] == [getattr(company.at, who).id]


@pytest.mark.parametrize("who", ["sam", "fay", "joan"])
async def test_a_card_is_enough_where_they_share_a_room(company: Company, who: str):
    whole = getattr(company.at, who)
    card = await with_a_card(company, whole)
    if who == "joan":
        with pytest.raises(NotFound):
            await ask(company, card, company.at.rose)
    else:
        assert (await ask(company, card, company.at.rose)).tier == "emergency"


async def test_a_mentor_finds_only_those_they_share_a_room_with(company: Company):
    for whom in (company.at.dot, company.at.sybil):
        with pytest.raises(NotFound):
            await ask(company, company.at.sam, whom)


@pytest.mark.parametrize("who", ["harold", "asha", "sybil"])
async def test_others_do_not_know_of_it(company: Company, who: str):
    with pytest.raises(NotFound):
        await ask(company, getattr(company.at, who), company.at.rose)


async def test_for_oneself_there_is_the_red_button(company: Company):
    with pytest.raises(NotAllowed):
        await ask(company, company.at.fay, company.at.fay)


async def test_the_room_counts_only_where_both_belong_to_it(company: Company):
    at = company.at
    assert (await ask(company, at.fay, at.dot, at.monday)).room_id == at.monday
    assert (await ask(company, at.fay, at.harold, at.pair)).room_id == ""


async def test_an_open_call_is_joined_and_its_owner_hears_of_it(company: Company):
    call = (await company.do(raise_help, company.at.rose, new_ref())).incident_id
    await has_ways(company, company.at.asha, "push")
    await company.do(answer, company.at.asha, call)
    assert (await ask(company, company.at.sam, company.at.rose)).id == call
    told = select(Page.person_id).where(Page.says == "new_words")
    assert await company.read(lambda session: list(session.scalars(told))) == [company.at.asha.id]


async def test_who_asked_learns_who_comes_and_nobody_learns_that_rose_called_herself(company: Company):
    rose, sam = await company.person(company.at.rose), company.at.sam
    call = (await company.do(raise_help, company.at.rose, new_ref())).incident_id
    assert await company.read(what_i_asked, sam, rose) is None
    await ask(company, sam, company.at.rose)
    await company.do(answer, company.at.asha, call)
    incident, told = await company.read(what_i_asked, sam, rose)
    assert (incident.id, told.state, told.values) == (call, "coming", {"name": "Asha"})
    assert await company.read(what_i_asked, company.at.joan, rose) is None


async def test_what_they_are_told_is_so(company: Company):
    async def state(whom: Actor) -> str:
        await ask(company, company.at.fay, whom)
        _, told = await company.read(what_i_asked, company.at.fay, await company.person(whom))
        return told.state

    assert await state(company.at.rose) == "nobody_told"
    await company.do(presence.note, "a-process", {(company.at.back_room, company.at.asha.id)}, set())
    assert await state(company.at.dot) == "on_screens"
    await on_the_rota(company, 1, company.at.ben)
    await has_ways(company, company.at.ben, "push")
    assert await state(company.at.harold) == "telling"
