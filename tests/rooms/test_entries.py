"""A room's book: places without a gap, a version for every change, and what changed since any of them."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.announcements import Change
from app.foundation.database import Session
from app.rooms import entries
from app.rooms.entries import MOST_BYTES, MOST_CHANGES, PAGE, NewEntry, Pages, Place
from tests.support.company import Company, new_ref


def write(session: Session, room_id: str, *texts: str) -> list[Place]:
    new = [NewEntry(room_id, "rose", "Rose", text, new_ref()) for text in texts]
    return entries.append(session, entries.lock(session, [room_id]), new)


def alter(session: Session, room_id: str, seq: int, **values: object) -> Place:
    return entries.change(session, entries.lock(session, [room_id])[room_id], seq, **values)


async def since(company: Company, after: int) -> Pages:
    return await company.read(entries.changes_since, company.at.monday, after)


def seqs(pages: Pages) -> list[int]:
    return [entry["seq"] for entry in pages.entries]


async def test_places_and_versions_count_from_one(company: Company):
    assert await company.do(write, company.at.monday, "a", "b") == [Place(1, 1), Place(2, 2)]
    assert await company.do(write, company.at.monday, "c") == [Place(3, 3)]
    assert await company.do(write, company.at.thursday, "a") == [Place(1, 1)]


async def test_a_change_takes_a_version_and_keeps_its_place(company: Company):
    await company.do(write, company.at.monday, "a", "b")
    assert await company.do(alter, company.at.monday, 1, reactions={"me_too": ["rose"]}) == Place(1, 3)
    assert await company.do(write, company.at.monday, "c") == [Place(3, 4)]


async def test_many_at_once_leave_no_gap_and_no_repeat(company: Company):
    places = await asyncio.gather(*(company.do(write, company.at.monday, str(n)) for n in range(20)))
    assert sorted(place.seq for [place] in places) == list(range(1, 21))
    assert sorted(place.version for [place] in places) == list(range(1, 21))
    assert seqs(await since(company, 0)) == list(range(1, 21))


async def test_what_was_not_committed_took_no_place(company: Company):
    def stumble(session: Session) -> None:
        write(session, company.at.monday, "a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await company.do(stumble)
    assert await company.do(write, company.at.monday, "b") == [Place(1, 1)]


async def test_each_entry_is_announced_as_it_is_told_in_the_order_of_versions(company: Company):
    await company.do(write, company.at.monday, "a", "b")
    await company.do(alter, company.at.monday, 1, reactions={"me_too": ["rose"]})
    assert [change.version for change in company.heard] == [1, 2, 3]
    told = {entry["version"]: entry for entry in (await since(company, 0)).entries}
    assert told == {change.version: change.body for change in company.heard[1:]}
    assert not any(change.hides for change in company.heard)


async def test_a_change_that_hides_is_marked_and_tells_no_words(company: Company):
    await company.do(write, company.at.monday, "my address")
    now = entries.now()
    await company.do(alter, company.at.monday, 1, hides=True, removed_at=now, removed_by="rose")
    change = company.heard[-1]
    assert isinstance(change, Change) and change.hides
    assert (change.body["text"], change.body["state"], change.body["removed_by"]) == (None, "removed", "author")
    assert "my address" not in str([change.body, (await since(company, 0)).entries])


async def test_removed_words_tell_no_reactions(company: Company):
    await company.do(write, company.at.monday, "a")
    await company.do(alter, company.at.monday, 1, reactions={"me_too": ["rose"]})
    await company.do(alter, company.at.monday, 1, removed_at=entries.now(), removed_by="fay")
    [entry] = (await since(company, 0)).entries
    assert (entry["reactions"], entry["removed_by"]) == ({}, "facilitator")


async def test_a_room_that_is_not_there_cannot_be_locked(company: Company):
    assert await company.do(entries.lock, ["no-such-room"]) == {}


async def test_rooms_are_locked_in_one_order_so_that_no_two_wait_for_each_other(company: Company):
    def both(session: Session, rooms: list[str]) -> None:
        books = entries.lock(session, rooms)
        entries.append(session, books, [NewEntry(room, "rose", "Rose", "a") for room in rooms])

    pair = [company.at.monday, company.at.thursday]
    await asyncio.gather(*(company.do(both, pair[:: 1 if n % 2 else -1]) for n in range(10)))
    assert [(await company.room(room)).last_seq for room in pair] == [10, 10]


async def test_a_notice_has_facts_and_no_ref(company: Company):
    def notice(session: Session) -> Place:
        facts = {"what": "opened", "by": "Fay"}
        return entries.append_one(
            session, NewEntry(company.at.monday, "fay", "Fay", "Fay opened the room.", kind="notice", data=facts)
        )

    await company.do(notice)
    [entry] = (await since(company, 0)).entries
    assert (entry["kind"], entry["data"], "ref" in entry) == ("notice", {"what": "opened", "by": "Fay"}, False)


async def test_the_newest_page_is_oldest_first_and_says_if_there_is_more(company: Company):
    await company.do(write, company.at.monday, *map(str, range(PAGE + 1)))
    page = await company.read(entries.newest, company.at.monday)
    assert (seqs(page), page.more, page.version) == (list(range(2, PAGE + 2)), True, PAGE + 1)
    before = await company.read(entries.newest, company.at.monday, before=2)
    assert (seqs(before), before.more) == ([1], False)
    nothing = await company.read(entries.newest, company.at.monday, before=1)
    assert (seqs(nothing), nothing.more) == ([], False)


async def test_a_book_of_exactly_one_page_has_no_more(company: Company):
    await company.do(write, company.at.monday, *map(str, range(PAGE)))
    page = await company.read(entries.newest, company.at.monday)
    assert (len(page.entries), page.more) == (PAGE, False)


async def test_a_page_of_long_words_is_cut_to_what_fits(company: Company):
    await company.do(write, company.at.monday, *(f"{n}{'é' * 3900}" for n in range(PAGE)))
    page = await company.read(entries.newest, company.at.monday)
    assert page.more
    assert seqs(page) == list(range(PAGE - len(page.entries) + 1, PAGE + 1))
    assert 25 < len(page.entries) < PAGE


async def test_changes_come_by_version_each_entry_once_as_it_is_now(company: Company):
    await company.do(write, company.at.monday, "a", "b", "c")
    await company.do(alter, company.at.monday, 1, reactions={"me_too": ["rose"]})
    await company.do(alter, company.at.monday, 1, reactions={})
    pages = await since(company, 1)
    assert [(entry["seq"], entry["version"]) for entry in pages.entries] == [(2, 2), (3, 3), (1, 5)]
    assert (pages.version, pages.more, pages.reset) == (5, False, False)


async def test_who_missed_nothing_is_told_nothing(company: Company):
    await company.do(write, company.at.monday, "a")
    pages = await since(company, 1)
    assert (pages.entries, pages.version, pages.reset) == ([], 1, False)


async def test_an_empty_book_is_told_as_such(company: Company):
    assert await since(company, 0) == Pages(0, [], more=False)


@pytest.mark.parametrize("after", [2, 10**9, -1])
async def test_a_version_that_was_never_given_starts_afresh(company: Company, after: int):
    await company.do(write, company.at.monday, "a")
    pages = await since(company, after)
    assert (seqs(pages), pages.version, pages.reset, pages.more) == ([1], 1, True, True)


@pytest.mark.parametrize(("written", "reset"), [(MOST_CHANGES, False), (MOST_CHANGES + 1, True)])
async def test_up_to_500_changes_are_told_and_past_that_the_room_starts_afresh(
    company: Company, written: int, reset: bool
):
    await company.do(write, company.at.monday, *map(str, range(written)))
    pages = await since(company, 0)
    assert pages.reset is reset
    assert len(pages.entries) == (PAGE if reset else MOST_CHANGES)
    assert seqs(pages) == sorted(seqs(pages))
    assert seqs(pages)[-1] == written


async def test_past_256_kib_of_changes_the_room_starts_afresh(company: Company):
    await company.do(write, company.at.monday, *("x" * 4000 for _ in range(40)))
    assert not (await since(company, 0)).reset
    await company.do(write, company.at.monday, *("é" * 4000 for _ in range(15)))
    pages = await since(company, 0)
    assert pages.reset
    assert seqs(pages)[-1] == 55
    assert not (await since(company, 40)).reset


@given(st.lists(st.integers(0, 300_000), max_size=12))
def test_what_fits_is_never_more_than_256_kib_and_is_cut_at_its_end(sizes: list[int]):
    told = [{"text": "x" * size} for size in sizes]
    fitting = entries._that_fit(told)
    assert fitting == told[: len(fitting)]
    assert sum(size + 12 for size in sizes[: len(fitting)]) <= MOST_BYTES
    assert len(fitting) == len(told) or sum(size + 12 for size in sizes[: len(fitting) + 1]) > MOST_BYTES
