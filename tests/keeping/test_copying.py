"""One person's own copy: all that is theirs, and nobody else's words."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.crisis.raising import raise_help
from app.foundation.audit import AuditLink
from app.foundation.clock import database_now, spoken
from app.foundation.database import Session
from app.keeping.copying import Copy, copy_of
from app.keeping.holdings import HOLDINGS
from app.messages.reacting import react
from app.messages.removing import remove
from app.people.actors import Actor
from app.people.models import Person
from app.people.signing_in import begin
from app.problems import NotAllowed, ProveAgain
from app.rooms.membership import hold_words, mute
from app.web.pages.staff.own_copy import HEADINGS
from tests.support.company import KEY, Company, new_ref


def take_out(session: Session, actor: Actor, whom: Actor) -> Copy:
    return copy_of(session, actor, session.get_one(Person, whom.id))


@pytest.fixture
async def told(company: Company) -> Company:
    at = company.at
    await company.say(at.harold, "Harold's own words")
    await company.say(at.rose, "I walk round the gardens", reply_to=1)
    await company.say(at.rose, "That was silly of me")
    await company.do(remove, at.fay, at.monday, 3, "asked for it")
    await company.do(react, at.rose, at.monday, 1, "hear_you", True)
    await company.do(hold_words, at.fay, at.monday, at.rose.id, True)
    await company.answer(at.rose, "This waits")
    await company.do(raise_help, at.rose, new_ref(), at.monday, "My knees gave way")
    await company.do(begin, await company.person(at.rose), KEY, device="iPad in the kitchen")
    return company


async def test_all_that_is_hers_is_in_it_by_the_names_of_rooms_and_people(told: Company):
    copy = await told.do(take_out, told.at.nora, told.at.rose)
    parts = copy.parts
    assert list(parts)[0] == "about_me" and parts["about_me"][0]["name"] == "Rose"
    assert [(row["room"], row["seq"], row["text"], row["reply_to"]) for row in parts["my_words"]] == [
        ("Monday Circle", 2, "I walk round the gardens", 1),
        ("Monday Circle", 3, "That was silly of me", None),
    ]
    assert parts["my_words"][1]["removed_at"]
    assert parts["my_words_that_waited"][0]["text"] == "This waits"
    assert parts["my_answers_in_phrases"] == [{"room": "Monday Circle", "seq": 1, "phrase": "hear_you"}]
    assert parts["what_i_wrote_with_calls"][0]["note"] == "My knees gave way"
    assert parts["my_tablets"][0]["device"] == "iPad in the kitchen"
    assert {row["room"] for row in parts["my_rooms"]} == {"Monday Circle", "Rose & Sam"}
    assert ("Fay", "remove_words") in {(row["who"], row["did"]) for row in parts["what_staff_did_and_looked_at"]}


async def test_nobody_elses_words_are_in_it_and_nothing_that_opens_a_door(told: Company):
    copy = await told.do(take_out, told.at.nora, told.at.rose)
    written = json.dumps(copy.parts)
    assert "Harold's own words" not in written
    assert not [word for word in ("seal", "token", "credential", "public_key", "secret") if word in written]


def test_no_column_that_opens_a_door_or_is_sealed_is_told():
    shut = ("seal", "secret", "token", "key", "credential", "proof")
    told = [f"{one.table}.{column}" for one in HOLDINGS for column in one.told]
    assert [name for name in told if any(word in name.partition(".")[2] for word in shut)] == []


async def test_harolds_copy_has_none_of_hers(told: Company):
    copy = await told.do(take_out, told.at.nora, told.at.harold)
    written = json.dumps(copy.parts)
    assert "Harold's own words" in written
    assert not [word for word in ("gardens", "silly", "This waits", "knees", "kitchen") if word in written]


async def test_taking_it_out_is_recorded_and_stands_in_the_next_copy(told: Company):
    at = told.at
    await told.do(take_out, at.nora, at.rose)
    links = select(AuditLink).where(AuditLink.did == "export_person")
    [link] = await told.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.whom, link.details) == (at.nora.id, at.rose.id, {})
    again = await told.do(take_out, at.nora, at.rose)
    acts = again.parts["what_staff_did_and_looked_at"]
    assert (acts[-1]["who"], acts[-1]["did"]) == ("Nora", "export_person")
    assert spoken(again.made_at) >= acts[-1]["at"]


async def test_reasons_that_staff_wrote_about_others_are_not_in_it(told: Company):
    await told.do(
        mute, told.at.fay, told.at.monday, told.at.harold.id, datetime(2030, 1, 1, tzinfo=UTC), "shouting at Ken"
    )
    copy = await told.do(take_out, told.at.nora, told.at.rose)
    assert "shouting" not in json.dumps(copy.parts)


@pytest.mark.parametrize("who", ["rose", "fay", "joan", "vera", "asha", "sam", "harold"])
async def test_only_an_administrator_takes_it_out(company: Company, who: str):
    with pytest.raises(NotAllowed):
        await company.do(take_out, getattr(company.at, who), company.at.dot)


async def test_nobody_takes_out_their_own_and_an_old_proof_is_asked_again(company: Company):
    at = company.at
    with pytest.raises(NotAllowed):
        await company.do(take_out, at.nora, at.nora)
    an_hour_ago = await company.read(database_now) - timedelta(hours=1)
    with pytest.raises(ProveAgain):
        await company.do(take_out, replace(at.nora, proved_at=an_hour_ago), at.rose)


def test_every_part_of_a_copy_has_its_heading():
    assert {one.called for one in HOLDINGS if one.told} <= set(HEADINGS)
