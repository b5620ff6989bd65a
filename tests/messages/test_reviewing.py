"""Words that wait: who sees them, how it ends, and what their ref answers from then on."""

import asyncio

import pytest
from sqlalchemy import select

from app.foundation.announcements import AlertsChanged, Change, Whisper
from app.foundation.audit import AuditLink
from app.foundation.database import Session
from app.messages.holding import MOST_WAITING
from app.messages.reading import history
from app.messages.refs import Held, Said, SentBack
from app.messages.removing import remove
from app.messages.reviewing import decline, look_at_waiting, release, withdraw
from app.people.actors import Actor
from app.problems import Declined, NotAllowed, NotFound, TooFast
from app.rooms.membership import hold_words, remove_member
from app.rooms.models import Room
from app.rooms.opening import close_room
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time

REF = new_ref()
WORDS = "Buy my boat, ring 555 0199"


@pytest.fixture
async def held(company: Company) -> Held:
    """What Ken was told when his words were kept."""
    await company.do(hold_words, company.at.fay, company.at.monday, company.at.ken.id, True, "Selling boats")
    company.heard.clear()
    held = await company.answer(company.at.ken, WORDS, ref=REF)
    assert isinstance(held, Held)
    return held


async def again(company: Company) -> object:
    """The same ref, sent once more."""
    return await company.answer(company.at.ken, WORDS, ref=REF)


async def waiting(company: Company, who: Actor, room: str = "") -> list[str]:
    return [one.text for one in await company.do(look_at_waiting, who, room or company.at.monday)]


async def book(company: Company) -> list[dict]:
    return (await company.read(history, company.at.rose, company.at.monday, None, 50)).entries


async def test_the_room_learns_nothing_of_words_that_wait(company: Company, held: Held):
    assert await book(company) == []
    assert company.heard == [AlertsChanged()]
    assert (await company.room(company.at.monday)).version == 0


async def test_only_their_author_and_who_reviews_them_see_them(company: Company, held: Held):
    assert await waiting(company, company.at.ken) == [WORDS]
    assert await waiting(company, company.at.fay) == [WORDS]
    assert await waiting(company, company.at.rose) == []
    for stranger in (company.at.sybil, company.at.mei, company.at.nora, company.at.vera):
        with pytest.raises(NotFound):
            await waiting(company, stranger)


async def test_a_look_at_anothers_waiting_words_is_recorded_and_at_ones_own_is_not(company: Company, held: Held):
    await waiting(company, company.at.ken)
    await waiting(company, company.at.rose)
    await waiting(company, company.at.fay)
    links = select(AuditLink).where(AuditLink.did == "look_at_waiting_words")
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.place) == (company.at.fay.id, company.at.monday)
    assert "boat" not in str(link.details)


async def test_a_retry_waits_the_same_and_not_twice(company: Company, held: Held):
    assert await again(company) == held
    assert await waiting(company, company.at.fay) == [WORDS]


async def test_what_waits_is_read_oldest_first(company: Company, held: Held):
    for text in ("second", "third"):
        await pass_time(company.database, seconds=1)
        await company.answer(company.at.ken, text)
    assert await waiting(company, company.at.gil) == [WORDS, "second", "third"]


async def test_released_words_stand_at_the_place_of_their_release(company: Company, held: Held):
    await company.say(company.at.rose, "Good morning")
    await pass_time(company.database, minutes=3)
    company.heard.clear()
    said = await company.do(release, company.at.fay, held.waiting)
    assert said == Said(2, 2)
    [_, entry] = await book(company)
    assert (entry["text"], entry["author"]["name"], entry["ref"]) == (WORDS, "Ken", REF)
    assert entry["data"]["written_at"] < entry["at"]
    assert [type(one) for one in company.heard] == [Change, AlertsChanged, Whisper]
    whisper = company.heard[-1]
    assert whisper.person == company.at.ken.id
    assert whisper.body == {"type": "said", "ref": REF, "room": company.at.monday, "seq": 2, "version": 2}


async def test_a_released_ref_is_said_from_then_on(company: Company, held: Held):
    said = await company.do(release, company.at.fay, held.waiting)
    assert await again(company) == said
    await company.do(remove, company.at.fay, company.at.monday, said.seq)
    assert await again(company) == said
    assert len(await book(company)) == 1


async def test_a_declined_ref_is_declined_from_then_on(company: Company, held: Held):
    await company.do(decline, company.at.fay, held.waiting)
    assert await again(company) == SentBack()
    assert await book(company) == []
    assert await waiting(company, company.at.fay) == []


async def test_its_author_is_told_and_nobody_else(company: Company, held: Held):
    company.heard.clear()
    await company.do(decline, company.at.fay, held.waiting)
    [whisper] = [one for one in company.heard if isinstance(one, Whisper)]
    assert whisper.person == company.at.ken.id
    assert (whisper.body["type"], whisper.body["ref"]) == ("declined", REF)
    assert WORDS not in str(company.heard)
    assert not [one for one in company.heard if isinstance(one, Change)]


async def test_a_withdrawn_ref_is_declined_too(company: Company, held: Held):
    await company.do(withdraw, company.at.ken, held.waiting)
    assert await again(company) == SentBack()
    assert await waiting(company, company.at.ken) == []


async def test_the_same_decision_twice_is_one(company: Company, held: Held):
    said = [await company.do(release, fac, held.waiting) for fac in (company.at.fay, company.at.gil)]
    assert said[0] == said[1]
    assert len(await book(company)) == 1


@pytest.mark.parametrize("first", [release, decline, withdraw])
async def test_what_was_decided_is_not_decided_otherwise(company: Company, held: Held, first):
    def by(decision) -> Actor:
        return company.at.ken if decision is withdraw else company.at.fay

    await company.do(first, by(first), held.waiting)
    before = await book(company)
    for second in (release, decline, withdraw):
        if second is not first:
            with pytest.raises(Declined):
                await company.do(second, by(second), held.waiting)
    await company.do(first, by(first), held.waiting)
    assert await book(company) == before


async def test_two_who_decide_at_once_decide_once(company: Company, held: Held):
    ends = await asyncio.gather(
        company.do(release, company.at.fay, held.waiting),
        company.do(decline, company.at.gil, held.waiting),
        company.do(withdraw, company.at.ken, held.waiting),
        return_exceptions=True,
    )
    assert sum(not isinstance(end, Exception) for end in ends) == 1
    assert len(await book(company)) == (0 if isinstance(ends[0], Exception) else 1)


@pytest.mark.parametrize("decision", [release, decline])
async def test_nobody_else_decides(company: Company, held: Held, decision):
    for who in ("rose", "ken", "sybil", "mei", "nora", "vera", "asha"):
        with pytest.raises(NotFound):
            await company.do(decision, getattr(company.at, who), held.waiting)
    with pytest.raises(NotFound):
        await company.do(decision, company.at.fay, "no-such-words")
    assert await again(company) == held


@pytest.mark.parametrize("decision", [release, decline])
async def test_a_facilitator_does_not_decide_about_their_own_words(company: Company, decision):
    await company.do(hold_words, company.at.gil, company.at.monday, company.at.fay.id, True)
    held = await company.answer(company.at.fay, "Mine")
    with pytest.raises(NotAllowed):
        await company.do(decision, company.at.fay, held.waiting)
    await company.do(decision, company.at.gil, held.waiting)


async def test_only_their_author_withdraws_them(company: Company, held: Held):
    for who in (company.at.fay, company.at.rose, company.at.sybil):
        with pytest.raises(NotFound):
            await company.do(withdraw, who, held.waiting)
    with pytest.raises(NotFound):
        await company.do(withdraw, company.at.ken, "no-such-words")


async def test_whoever_was_removed_may_still_withdraw_what_they_wrote(company: Company, held: Held):
    await company.do(remove_member, company.at.fay, company.at.monday, company.at.ken.id)
    await company.do(withdraw, company.at.ken, held.waiting)
    assert await waiting(company, company.at.fay) == []


async def test_words_of_a_room_that_was_closed_meanwhile_may_be_released(company: Company, held: Held):
    def close(session: Session) -> None:
        close_room(session, company.at.nora, session.get_one(Room, company.at.monday))

    await company.do(close)
    assert isinstance(await company.do(release, company.at.fay, held.waiting), Said)


async def test_the_end_of_a_hold_lets_new_words_through_and_leaves_the_old_waiting(company: Company, held: Held):
    await company.do(hold_words, company.at.fay, company.at.monday, company.at.ken.id, False)
    await company.say(company.at.ken, "Good morning")
    assert await again(company) == held


async def test_nobody_fills_the_desk_with_words(company: Company, held: Held):
    for number in range(1, MOST_WAITING):
        company.pace.spoken.clear()
        assert isinstance(await company.answer(company.at.ken, f"{number}"), Held)
    company.pace.spoken.clear()
    assert isinstance(await company.answer(company.at.ken, "one too many"), TooFast)
    assert len(await waiting(company, company.at.fay)) == MOST_WAITING
    assert await again(company) == held


async def test_what_was_decided_and_by_whom_is_recorded_without_the_words(company: Company, held: Held):
    await company.do(decline, company.at.fay, held.waiting)
    links = select(AuditLink).where(AuditLink.did.like("words_%"))
    [link] = await company.read(lambda session: list(session.scalars(links)))
    assert (link.who, link.did, link.whom, link.place) == (
        company.at.fay.id, "words_declined", company.at.ken.id, company.at.monday,
    )  # fmt: skip
    assert "boat" not in str(link.details)
