"""Away, paused, moved on, died: said by a named person, and what each of them stops."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.foundation.announcements import AccessChanged
from app.foundation.audit import AuditLink
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.messages.reading import history
from app.people import cards, tasks
from app.people.actors import Actor
from app.people.changing_standing import AFTER_A_DEATH, set_standing
from app.people.granting import give_role, take_role
from app.people.models import LEFT, Person
from app.people.roles import roles_of
from app.people.signing_in import actor_for, begin
from app.people.standing import STANDINGS, reachable_people, standing_at
from app.people.tasks import ask_for, finish, open_tasks
from app.problems import Invalid, NotAllowed
from tests.support.company import KEY, Company
from tests.support.databases import pass_time

STOPPED = [standing for standing in STANDINGS if standing != "joined"]


def say(session: Session, actor: Actor, whom: Actor, standing: str, days: int | None = None) -> None:
    until = database_now(session) + timedelta(days=days) if days is not None else None
    set_standing(session, actor, session.get_one(Person, whom.id), standing, until=until)


def a_card(session: Session, whom: Actor, by: Actor) -> str:
    return cards.issue(session, by, session.get_one(Person, whom.id), KEY).code


async def token_of(company: Company, who: Actor) -> str:
    return (await company.do(begin, await company.person(who), KEY)).token


async def kinds(company: Company, who: Actor) -> list[str]:
    return [task.kind for task in await company.read(open_tasks, who)]


async def test_who_said_so_and_when_is_kept_and_recorded(company: Company):
    at = company.at
    await company.do(say, at.joan, at.rose, "away", 7)
    rose = await company.person(at.rose)
    assert (rose.standing, rose.standing_by) == ("away", at.joan.id)
    assert rose.standing_at is not None and rose.standing_until is not None
    links = select(AuditLink).where(AuditLink.did == "set_standing")
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.whom, link.details) == (at.joan.id, at.rose.id, {"standing": "away"})


@pytest.mark.parametrize("who", ["rose", "harold", "sam", "fay", "sybil"])
async def test_others_say_it_of_nobody(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(say, getattr(company.at, who), company.at.dot, "away")


@pytest.mark.parametrize("who", ["joan", "vera", "nora"])
async def test_nobody_says_it_of_themselves(company: Company, who: str):
    person = getattr(company.at, who)
    with pytest.raises(NotAllowed):
        await company.do(say, person, person, "died")


@pytest.mark.parametrize("standing", STOPPED)
async def test_away_and_later_stops_whatever_would_go_out(company: Company, standing: str):
    at = company.at
    await company.do(say, at.nora, at.rose, standing)
    assert await company.read(reachable_people, {at.rose.id, at.dot.id}) == {at.dot.id}


async def test_who_was_away_is_back_on_that_day_by_itself(company: Company):
    at = company.at
    await company.do(say, at.joan, at.rose, "away", 7)
    await pass_time(company.database, days=7)
    assert await company.read(reachable_people, {at.rose.id}) == {at.rose.id}
    rose, now = await company.person(at.rose), await company.read(database_now)
    assert (standing_at(rose, now), standing_at(rose, now - timedelta(days=2))) == ("joined", "away")


async def test_a_day_gone_by_is_no_day_to_come_back(company: Company):
    with pytest.raises(Invalid):
        await company.do(say, company.at.joan, company.at.rose, "away", -1)
    with pytest.raises(Invalid):
        await company.do(say, company.at.joan, company.at.rose, "asleep")


@pytest.mark.parametrize("standing", ["away", "paused"])
async def test_reminders_rest_while_somebody_is_away_and_come_back_with_them(company: Company, standing: str):
    at = company.at
    await company.do(ask_for, "missed_you", at.rose.id, role="helper", while_here=True)
    await company.do(ask_for, "second_tablet", at.rose.id, role="helper")
    await company.do(say, at.nora, at.rose, standing)
    assert await kinds(company, at.joan) == ["second_tablet"]
    await company.do(say, at.nora, at.rose, "joined")
    assert sorted(await kinds(company, at.joan)) == ["missed_you", "second_tablet"]


@pytest.mark.parametrize("standing", ["away", "paused"])
async def test_somebody_away_may_still_come_in(company: Company, standing: str):
    at = company.at
    token, code = await token_of(company, at.rose), await company.do(a_card, at.rose, at.nora)
    await company.do(say, at.joan, at.rose, standing)
    assert await company.read(actor_for, token, KEY)
    assert (await company.do(cards.card_for, code, KEY))[1].id == at.rose.id


@pytest.mark.parametrize("standing", LEFT)
async def test_who_has_left_comes_in_by_nothing(company: Company, standing: str):
    at = company.at
    token = await token_of(company, at.harold)
    await company.do(a_card, at.harold, at.nora)
    company.heard.clear()
    await company.do(say, at.joan, at.harold, standing)
    assert {type(one) for one in company.heard} == {AccessChanged}
    assert await company.read(actor_for, token, KEY) is None
    assert await company.read(cards.live_cards, await company.person(at.harold)) == []
    for act in (a_card, lambda session, whom, by: give_role(session, by, session.get_one(Person, whom.id), "helper")):
        with pytest.raises(Invalid):
            await company.do(act, at.harold, at.nora)


async def test_a_sign_in_that_begins_at_the_same_moment_opens_nothing(company: Company):
    at = company.at
    harold = await company.person(at.harold)
    await company.do(say, at.joan, at.harold, "died")
    signed = await company.do(begin, harold, KEY)
    assert await company.read(actor_for, signed.token, KEY) is None


async def test_a_death_keeps_words_and_name_and_is_announced_to_nobody(company: Company):
    at = company.at
    await company.say(at.harold, "I walk down to the harbor.")
    company.heard.clear()
    await company.do(say, at.joan, at.harold, "died")
    assert {type(one) for one in company.heard} == {AccessChanged}
    [entry] = (await company.read(history, at.rose, at.monday, None, 50)).entries
    assert (entry["author"]["name"], entry["text"]) == ("Harold", "I walk down to the harbor.")


async def test_after_a_death_people_are_asked_and_nothing_else_is_asked_any_more(company: Company):
    at = company.at
    await company.do(ask_for, "second_tablet", at.harold.id, role="helper")
    await company.do(say, at.joan, at.harold, "died")
    asked = {who: await kinds(company, who) for who in (at.fay, at.nora, at.vera, at.joan)}
    assert sorted(sum(asked.values(), [])) == sorted(kind for kind, _ in AFTER_A_DEATH)
    assert asked[at.joan] == ["died_tablet"]
    [task] = await company.read(open_tasks, at.fay)
    await company.do(finish, at.fay, task.id, "Told at the meeting, and rang each of them.")
    assert await kinds(company, at.gil) == []


async def test_where_nobody_has_the_role_an_administrator_is_asked(company: Company):
    at = company.at
    vera = await company.person(at.vera)
    await company.do(take_role, at.nora, vera, "supervisor")
    await company.do(say, at.joan, at.harold, "died")
    assert "died_look_after" in await kinds(company, at.nora)


async def test_only_an_administrator_lets_staff_go_and_their_roles_end(company: Company):
    at = company.at
    with pytest.raises(NotAllowed):
        await company.do(say, at.joan, at.sam, "moved_on")
    await company.do(say, at.nora, at.sam, "moved_on")
    assert not await company.read(lambda session: roles_of(session, at.sam.id).staff)


async def test_whoever_comes_back_gets_a_new_card(company: Company):
    at = company.at
    await company.do(say, at.joan, at.harold, "moved_on")
    await company.do(say, at.joan, at.harold, "joined")
    code = await company.do(a_card, at.harold, at.joan)
    assert (await company.do(cards.card_for, code, KEY))[1].id == at.harold.id
    assert await company.do(tasks.ask_for, "second_tablet", at.harold.id, role="helper")


async def test_the_same_again_changes_nothing(company: Company):
    at = company.at
    for _ in range(2):
        await company.do(say, at.joan, at.harold, "died")
    count = select(AuditLink.number).where(AuditLink.did == "set_standing")
    assert len(await company.read(lambda session: session.scalars(count).all())) == 1
