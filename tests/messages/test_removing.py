"""Taking words back, removing others' words, and putting them back: by whom, and for how long."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.messages import removing
from app.messages.reading import history
from app.messages.refs import Said
from app.messages.removing import put_back, remove, removed_words
from app.people.actors import Actor
from app.problems import NotAllowed, NotFound
from app.rooms.entries import NewEntry, append_one, lock
from app.rooms.models import Entry
from tests.support.company import Company
from tests.support.databases import pass_time

WORDS = "My address is 5 Elm Road"
FIVE_MINUTES = timedelta(minutes=5)
MS = timedelta(milliseconds=1)

around_five_minutes = pytest.mark.parametrize(
    ("after", "may"), [(FIVE_MINUTES - MS, True), (FIVE_MINUTES, True), (FIVE_MINUTES + MS, False)]
)


@pytest.fixture
async def said(company: Company) -> Said:
    said = await company.say(company.at.rose, WORDS)
    company.heard.clear()
    return said


@pytest.fixture
def just_after(company: Company, monkeypatch: pytest.MonkeyPatch):
    """From now on it is, by the database's clock, so long after the words were said (or removed)."""

    def stop_the_clock(since: str, later: timedelta) -> None:
        def at_that_moment(session: Session, rooms: list[str]) -> dict:
            entry = session.scalars(select(Entry).where(Entry.room_id == company.at.monday)).first()
            now = getattr(entry, since) + later
            return {room: replace(book, now=now) for room, book in lock(session, rooms).items()}

        monkeypatch.setattr(removing.entries, "lock", at_that_moment)

    return stop_the_clock


async def shown(company: Company) -> dict:
    return (await company.read(history, company.at.harold, company.at.monday, None, 50)).entries[0]


async def take_back(company: Company, who: Actor) -> Said:
    return await company.do(remove, who, company.at.monday, 1)


async def show_again(company: Company, who: Actor) -> Said:
    return await company.do(put_back, who, company.at.monday, 1)


@pytest.mark.parametrize(
    ("after", "may"), [(FIVE_MINUTES - MS, True), (FIVE_MINUTES, True), (FIVE_MINUTES + MS, False)]
)
async def test_an_author_takes_words_back_for_exactly_five_minutes(company, said, just_after, after, may):
    just_after("at", after)
    if may:
        assert await take_back(company, company.at.rose) == Said(1, 2)
    else:
        with pytest.raises(NotAllowed):
            await take_back(company, company.at.rose)
    assert ((await shown(company))["text"] is None) is may


@pytest.mark.parametrize(
    ("after", "may"), [(FIVE_MINUTES - MS, True), (FIVE_MINUTES, True), (FIVE_MINUTES + MS, False)]
)
async def test_and_puts_them_back_for_exactly_five_minutes_after_that(company, said, just_after, after, may):
    await take_back(company, company.at.rose)
    just_after("removed_at", after)
    if may:
        assert await show_again(company, company.at.rose) == Said(1, 3)
    else:
        with pytest.raises(NotAllowed):
            await show_again(company, company.at.rose)
    assert ((await shown(company))["text"] == WORDS) is may


async def test_the_five_minutes_are_those_of_the_databases_clock(company: Company, said: Said):
    await pass_time(company.database, minutes=4)
    await take_back(company, company.at.rose)
    await show_again(company, company.at.rose)
    await pass_time(company.database, minutes=2)
    with pytest.raises(NotAllowed):
        await take_back(company, company.at.rose)


async def test_a_facilitator_removes_and_puts_back_at_any_time(company: Company, said: Said):
    await pass_time(company.database, days=400)
    assert await take_back(company, company.at.fay) == Said(1, 2)
    await pass_time(company.database, days=400)
    assert await show_again(company, company.at.gil) == Said(1, 3)
    assert (await shown(company))["text"] == WORDS


async def test_others_remove_nothing_and_put_nothing_back(company: Company, said: Said):
    with pytest.raises(NotAllowed):
        await take_back(company, company.at.harold)
    await take_back(company, company.at.fay)
    for who in (company.at.harold, company.at.rose):
        with pytest.raises(NotAllowed):
            await show_again(company, who)
    for stranger in (company.at.sybil, company.at.mei, company.at.nora):
        for act in (take_back, show_again):
            with pytest.raises(NotFound):
                await act(company, stranger)


async def test_removing_twice_is_once(company: Company, said: Said):
    first = await take_back(company, company.at.rose)
    company.heard.clear()
    assert await take_back(company, company.at.fay) == first
    assert await take_back(company, company.at.rose) == first
    assert {(one.version, one.hides, one.body["text"]) for one in company.heard} == {(2, True, None)}
    assert (await company.room(company.at.monday)).version == 2


async def test_putting_back_what_is_there_changes_nothing(company: Company, said: Said):
    assert await show_again(company, company.at.rose) == said
    assert await show_again(company, company.at.harold) == said
    assert (company.heard, (await company.room(company.at.monday)).version) == ([], 1)


async def test_removed_words_reach_nobody(company: Company, said: Said):
    await take_back(company, company.at.fay)
    [change] = company.heard
    assert change.hides
    assert WORDS not in str([change.body, await shown(company)])
    assert (change.body["state"], change.body["removed_by"]) == ("removed", "facilitator")


async def test_they_are_kept_for_who_moderates_and_the_look_is_recorded(company: Company, said: Said):
    await take_back(company, company.at.rose)
    entry = await company.do(removed_words, company.at.fay, company.at.monday, 1)
    assert entry.text == WORDS
    links = select(AuditLink).where(AuditLink.did == "look_at_removed_words")
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.whom, link.details["seq"]) == (company.at.fay.id, company.at.rose.id, 1)
    assert "Elm Road" not in str(link.details)


async def test_nobody_else_reads_them_again(company: Company, said: Said):
    with pytest.raises(NotFound):
        await company.do(removed_words, company.at.fay, company.at.monday, 1)
    await take_back(company, company.at.rose)
    for who in ("rose", "harold", "sybil", "mei", "nora", "vera"):
        with pytest.raises(NotFound):
            await company.do(removed_words, getattr(company.at, who), company.at.monday, 1)


async def test_removing_anothers_words_is_recorded_with_its_reason_and_taking_back_is_not(company: Company, said):
    await take_back(company, company.at.rose)
    await show_again(company, company.at.rose)
    await company.do(remove, company.at.fay, company.at.monday, 1, "an address")
    await show_again(company, company.at.fay)
    links = select(AuditLink).where(AuditLink.did.in_(["remove_words", "put_back_words"])).order_by(AuditLink.number)
    told = await company.read(lambda session: list(session.scalars(links)))
    assert [(link.who, link.did) for link in told] == [
        (company.at.fay.id, "remove_words"),
        (company.at.fay.id, "put_back_words"),
    ]
    assert told[0].details == {"seq": 1, "reason": "an address"}


async def test_what_a_facilitator_put_back_may_be_taken_back_by_its_author_in_their_five_minutes(company, said):
    await take_back(company, company.at.fay)
    await show_again(company, company.at.fay)
    assert await take_back(company, company.at.rose) == Said(1, 4)


async def test_a_notice_is_nobodys_to_remove(company: Company):
    notice = NewEntry(company.at.monday, company.at.fay.id, "Fay", "Fay opened the room.", kind="notice")
    await company.do(append_one, notice)
    for who in (company.at.fay, company.at.rose):
        with pytest.raises(NotFound):
            await take_back(company, who)


@pytest.mark.parametrize("seq", [0, -1, 2, 10**9])
async def test_words_that_are_not_there_are_not_found(company: Company, said: Said, seq: int):
    for verb in (remove, put_back, removed_words):
        with pytest.raises(NotFound):
            await company.do(verb, company.at.fay, company.at.monday, seq)


async def test_in_a_pair_each_takes_back_their_own_alone(company: Company):
    await company.say(company.at.rose, "Hello Sam", company.at.pair)
    with pytest.raises(NotAllowed):
        await company.do(remove, company.at.sam, company.at.pair, 1)
    assert await company.do(remove, company.at.rose, company.at.pair, 1) == Said(1, 2)
