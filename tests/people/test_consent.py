"""What people agree to: in which version, with whom beside them, asked again, taken back."""

import asyncio

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.people import consent, enrolling
from app.people.actors import SYSTEM, Actor
from app.people.agreement.reading import agreement, newest_version
from app.people.consent import Consent, JoinFirst
from app.people.enrolling import answer, begin, begin_with, half_done, next_question, say_who_is_there
from app.people.joining import add_person
from app.people.models import Person
from app.people.tasks import open_tasks
from app.problems import Invalid, NotAllowed, NotFound
from app.rooms.withdrawing import take_back
from app.settings import Settings
from app.worker import do_one
from tests.support.company import Company, actor_of
from tests.support.databases import pass_time

QUESTIONS = [screen.key for screen in agreement(newest_version(), "en").screen]


async def newcomer(company: Company, name: str = "Luis", *roles: str) -> Actor:
    def come(session):
        return actor_of(session, add_person(session, SYSTEM, name, roles=roles or ("member",)))

    return await company.do(come)


async def go_through(company: Company, who: Actor, *, until: str = "", how: str = "alone") -> None:
    """Answer yes to one question after another, all of them or until one."""
    await company.do(say_who_is_there, who, how)
    for key in QUESTIONS:
        if key == until:
            return
        await company.do(answer, who, key, "yes")


async def kind_of(company: Company, who: Actor) -> str:
    return (await company.read(consent.state_of, who.id)).kind


async def test_a_newcomer_is_asked_before_the_first_room_and_never_after(company: Company):
    luis = await newcomer(company)
    with pytest.raises(JoinFirst):
        await company.read(consent.require_consent, luis)
    await go_through(company, luis)
    await company.read(consent.require_consent, luis)
    last = (await company.read(consent.state_of, luis.id)).last
    assert last is not None
    assert (last.version, last.language, last.how) == (newest_version(), "en", "alone")
    assert last.answers == dict.fromkeys(QUESTIONS, "yes")


async def test_staff_are_not_asked(company: Company):
    gil = await newcomer(company, "Gil", "facilitator")
    await company.read(consent.require_consent, gil)


async def test_what_was_left_half_done_is_found_again(company: Company):
    luis = await newcomer(company)
    await go_through(company, luis, until="sees")
    found = await company.read(half_done, luis.id)
    assert found is not None
    assert next_question(found, found.begun_at) == "sees"
    again = await company.do(begin, luis, await company.person(luis))
    assert (again.id, next_question(again, again.begun_at)) == (found.id, "sees")
    assert await kind_of(company, luis) == "never"


async def test_nobody_joins_past_a_question_without_an_answer(company: Company):
    luis = await newcomer(company)
    await go_through(company, luis, until="count")
    with pytest.raises(Invalid):
        await company.do(answer, luis, "agree", "yes")
    assert await kind_of(company, luis) == "never"


async def test_not_now_keeps_all_answers_and_joins_nobody(company: Company):
    luis = await newcomer(company)
    await go_through(company, luis, until="agree")
    await company.do(answer, luis, "agree", "no")
    assert await kind_of(company, luis) == "never"
    found = await company.read(half_done, luis.id)
    assert found is not None
    assert next_question(found, found.begun_at) == "agree"


async def test_what_may_be_refused_is_refused_and_they_come_all_the_same(company: Company):
    luis = await newcomer(company)
    await go_through(company, luis, until="ring")
    for key, said in (("ring", "no"), ("count", "yes"), ("leaving", "yes"), ("agree", "yes")):
        await company.do(answer, luis, key, said)
    assert await kind_of(company, luis) == "given"
    assert not await company.read(consent.may_ask, luis.id, "ring")
    assert await company.read(consent.may_ask, luis.id, "count")
    await company.do(consent.choose_again, luis, "ring", "yes")
    assert await company.read(consent.may_ask, luis.id, "ring")


@pytest.mark.parametrize(("key", "said"), [("software", "no"), ("ring", "perhaps"), ("what", "")])
async def test_an_answer_that_is_none_is_not_kept(company: Company, key: str, said: str):
    luis = await newcomer(company)
    with pytest.raises(Invalid):
        await company.do(answer, luis, key, said)


async def test_a_question_that_nobody_asks_is_not_found(company: Company):
    with pytest.raises(NotFound):
        await company.do(answer, await newcomer(company), "money", "yes")


@pytest.mark.parametrize("how", ["beside", "phone"])
async def test_a_helper_begins_it_and_is_kept_as_who_was_there(company: Company, how: str):
    luis = await newcomer(company)
    await company.do(begin_with, company.at.joan, await company.person(luis), how)
    for key in QUESTIONS:
        await company.do(answer, luis, key, "yes")
    last = (await company.read(consent.state_of, luis.id)).last
    assert last is not None
    assert (last.how, last.beside_id, last.beside_name) == (how, company.at.joan.id, "Joan")


async def test_who_goes_on_alone_later_is_not_kept_as_having_had_the_helper_there(company: Company):
    luis = await newcomer(company)
    await company.do(begin_with, company.at.joan, await company.person(luis), "beside")
    asked = await company.do(say_who_is_there, luis, "alone")
    assert (asked.how, asked.beside_id, asked.beside_name) == ("alone", "", "")
    asked = await company.do(say_who_is_there, luis, "beside", "My daughter Ana")
    assert (asked.how, asked.beside_id, asked.beside_name) == ("beside", "", "My daughter Ana")


async def test_on_another_day_it_is_asked_anew_who_is_there(company: Company):
    luis = await newcomer(company)
    await company.do(begin_with, company.at.joan, await company.person(luis), "beside")
    for key in QUESTIONS[:-1]:
        await company.do(answer, luis, key, "yes")
    await pass_time(company.database, hours=7)
    with pytest.raises(Invalid):
        await company.do(answer, luis, "agree", "yes")
    await company.do(say_who_is_there, luis, "alone")
    kept = await company.do(answer, luis, "agree", "yes")
    assert (kept.how, kept.beside_name) == ("alone", "")


async def test_who_has_joined_is_not_asked_again_before_it_is_time(company: Company):
    with pytest.raises(Invalid):
        await company.do(begin_with, company.at.joan, await company.person(company.at.rose), "beside")


async def test_only_who_helps_people_in_begins_it_for_others_and_nobody_for_themselves(company: Company):
    luis = await company.person(await newcomer(company))
    for who in (company.at.rose, company.at.fay, company.at.asha, company.at.vera):
        with pytest.raises(NotAllowed):
            await company.do(begin_with, who, luis, "beside")
    with pytest.raises(Invalid):
        await company.do(begin_with, company.at.joan, await company.person(company.at.joan), "beside")
    with pytest.raises(Invalid):
        await company.do(begin_with, company.at.joan, luis, "alone")


async def test_a_change_of_sense_asks_from_the_beginning_and_asks_everybody_again(company: Company, monkeypatch):
    luis = await newcomer(company)
    await go_through(company, luis, until="sees")
    monkeypatch.setattr(consent, "newest_version", lambda: "2027-01")
    monkeypatch.setattr(enrolling, "newest_version", lambda: "2027-01")
    monkeypatch.setattr(enrolling, "agreement", lambda version, language: agreement("2026-11", language))
    assert await kind_of(company, company.at.rose) == "again"
    again = await company.do(begin, luis, await company.person(luis))
    assert (again.version, again.answers) == ("2027-01", {})


async def test_after_a_year_it_is_asked_again_and_nothing_is_stopped(company: Company):
    rose = company.at.rose
    await pass_time(company.database, days=364)
    assert await kind_of(company, rose) == "given"
    await pass_time(company.database, days=2)
    assert await kind_of(company, rose) == "again"
    await company.read(consent.require_consent, rose)
    await company.say(rose, "Good morning, all the same")
    await go_through(company, rose)
    assert await kind_of(company, rose) == "given"


async def test_who_does_not_answer_the_yearly_question_is_asked_by_a_helper(company: Company):
    rose, harold = company.at.rose, company.at.harold
    for who in (rose, harold):
        await go_through(company, who)
    await pass_time(company.database, days=366)
    await go_through(company, harold)
    assert await to_be_asked(company) == []
    await pass_time(company.database, days=30)
    assert await to_be_asked(company) == [rose.id]
    await go_through(company, rose)
    assert await to_be_asked(company) == []


async def to_be_asked(company: Company) -> list[str]:
    while await do_one(company.database, Settings()):
        pass
    waiting = await company.read(open_tasks, company.at.joan)
    return [task.about_id for task in waiting if task.kind == consent.ASK_AGAIN]


async def test_who_takes_it_back_reads_on_and_writes_nowhere_by_any_door(company: Company):
    rose = company.at.rose
    await company.say(rose, "Before")
    await company.do(take_back, rose)
    assert await kind_of(company, rose) == "withdrawn"
    await company.read(consent.require_consent, rose)
    refused = await company.answer(rose, "After")
    assert isinstance(refused, NotAllowed)
    assert isinstance(await company.answer(rose, "To Sam", company.at.pair), NotAllowed)
    await company.say(company.at.harold, "Others go on")
    assert [task.about_id for task in await company.read(open_tasks, company.at.joan)] == [rose.id]


async def test_who_took_it_back_can_join_again_and_both_are_kept(company: Company):
    rose = company.at.rose
    await company.do(take_back, rose)
    with pytest.raises(NotFound):
        await company.do(take_back, rose)
    await pass_time(company.database, minutes=1)
    await go_through(company, rose)
    assert await kind_of(company, rose) == "given"
    await company.say(rose, "Here I am again")
    kept = await company.read(
        lambda session: session.scalars(select(Consent).where(Consent.person_id == rose.id)).all()
    )
    assert sorted((one.withdrawn_at is None, one.how) for one in kept) == [(False, "paper"), (True, "alone")]
    assert await company.read(open_tasks, company.at.joan) == []


async def test_on_paper_what_can_be_refused_counts_as_refused(company: Company):
    luis = await company.person(await newcomer(company))
    with pytest.raises(NotAllowed):
        await company.do(consent.agreed_on_paper, company.at.rose, luis)
    kept = await company.do(consent.agreed_on_paper, company.at.joan, luis)
    assert (kept.how, kept.beside_name) == ("paper", "Joan")
    assert [kept.answers[key] for key in ("ring", "count", "agree")] == ["no", "no", "yes"]
    assert (await company.read(consent.state_of, luis.id)).kind == "given"
    link = select(AuditLink.who).where(AuditLink.did == "agree", AuditLink.whom == luis.id)
    assert await company.read(lambda session: session.scalar(link)) == company.at.joan.id


async def test_two_who_begin_at_once_begin_one(company: Company):
    luis = await newcomer(company)
    person = await company.person(luis)
    first, second = await both(company, luis, person)
    assert first == second


async def both(company: Company, luis: Actor, person: Person) -> tuple[str, str]:
    one, other = await asyncio.gather(
        company.do(begin, luis, person), company.do(begin_with, company.at.joan, person, "phone")
    )
    return one.id, other.id
